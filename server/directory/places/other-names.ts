// Names that people use for big cities of the United States and that GeoNames does not give, as keys (see place-key.ts).

const otherNames: readonly {
  readonly key: string;
  readonly region: string;
  readonly others: readonly string[];
}[] = [
  { key: 'new york city', region: 'NY', others: ['new york', 'nyc'] },
  { key: 'washington d c', region: 'DC', others: ['washington', 'washington dc', 'dc'] },
  { key: 'los angeles', region: 'CA', others: ['la'] },
  { key: 'san francisco', region: 'CA', others: ['sf', 'san fran'] },
  { key: 'philadelphia', region: 'PA', others: ['philly'] },
  { key: 'new orleans', region: 'LA', others: ['nola'] },
  { key: 'las vegas', region: 'NV', others: ['vegas'] },
  { key: 'salt lake city', region: 'UT', others: ['slc'] },
  { key: 'indianapolis', region: 'IN', others: ['indy'] },
];

/** The other keys of a city. */
export const otherKeysOf = (key: string, region: string): readonly string[] =>
  otherNames.find((city) => city.key === key && city.region === region)?.others ?? [];

/** The key under which a city is filed: `new york` in NY gives `new york city`. */
export const mainKeyOf = (key: string, region: string): string =>
  otherNames.find((city) => city.region === region && city.others.includes(key))?.key ?? key;
