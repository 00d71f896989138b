// schema.org data of cities, partners and groups; public fields alone. Printed safely by web/structured-data.ts.
import type { CityEntry, GroupEntry, PartnerEntry } from '../../directory/directory.ts';
import type { Point } from '../../domain/records.ts';
import { cityPath, groupPath, partnerPath } from '../../paths.ts';
import { toWebLink } from '../../web/record-words.ts';

type StructuredData = Readonly<Record<string, unknown>>;

interface Locality {
  readonly name: string;
  readonly state: string;
  readonly country: string;
}

const geoOf = ({ lat, lng }: Point): StructuredData => ({
  '@type': 'GeoCoordinates',
  latitude: lat,
  longitude: lng,
});

const addressOf = (place: Locality | null, state: string, country: string): StructuredData => ({
  '@type': 'PostalAddress',
  ...(place ? { addressLocality: place.name } : {}),
  ...(state === '' ? {} : { addressRegion: state }),
  addressCountry: country,
});

/** Links of a record that are web addresses. */
const sameAs = (...urls: readonly (string | null)[]): StructuredData => {
  const links = urls.map(toWebLink).filter((url) => url !== null);
  return links.length === 0 ? {} : { sameAs: links };
};

export const cityData = (city: CityEntry, publicUrl: string): StructuredData => ({
  '@type': 'City',
  name: city.name,
  url: publicUrl + cityPath(city.slug),
  geo: geoOf(city),
  address: addressOf(city, city.state, city.country),
});

/** An organization with a place where it stands. */
function organizationData(
  name: string,
  url: string,
  location: { readonly point: Point; readonly address: StructuredData },
): StructuredData {
  return {
    '@type': 'Organization',
    name,
    url,
    address: location.address,
    location: { '@type': 'Place', geo: geoOf(location.point), address: location.address },
  };
}

export const partnerData = (partner: PartnerEntry, publicUrl: string): StructuredData => {
  const { cityEntry: city } = partner;
  return {
    ...organizationData(partner.name, publicUrl + partnerPath(partner.slug), {
      point: partner,
      address: addressOf(city, city.state, city.country),
    }),
    ...sameAs(partner.website),
    parentOrganization: { '@type': 'Organization', name: partner.hostInstitution },
    memberOf: {
      '@type': 'Organization',
      name: 'National Neighborhood Indicators Partnership',
    },
  };
};

export const groupData = (group: GroupEntry, publicUrl: string): StructuredData => ({
  ...organizationData(group.name, publicUrl + groupPath(group.slug), {
    point: group,
    address: addressOf(group.cityEntry, group.state, group.country),
  }),
  ...sameAs(group.website, group.codeUrl, group.eventsUrl),
  ...(group.previousNames.length === 0 ? {} : { alternateName: group.previousNames }),
  ...(group.founded === null ? {} : { foundingDate: group.founded }),
  ...(group.closed === null ? {} : { dissolutionDate: group.closed.date }),
});
