// On what terms the data may be used: one wording for the page, the ZIP and schema.org.

export const licence = {
  name: 'Creative Commons Attribution 4.0 International',
  url: 'https://creativecommons.org/licenses/by/4.0/',
} as const;
