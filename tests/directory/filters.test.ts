// Filters of cities, groups and partners: read from any query without failing, and what each of them selects.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  filterCities,
  filterGroups,
  filterPartners,
  parseCityFilter,
  parseGroupFilter,
  parsePartnerFilter,
} from '../../server/directory/filters.ts';
import { anyRecords } from '../support/arbitraries.ts';
import { aCity, aGroup, aPartner, aReport } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

describe('reading a filter', () => {
  it('takes words repeated or separated by commas, each once, in their own order', () => {
    const { filter, unknown } = parseCityFilter({ flag: ['dormant,no-group', 'dormant'] });

    expect(filter.flag).toEqual(['no-group', 'dormant']);
    expect(unknown).toEqual([]);
  });

  it.each([
    ['flag', 'green'],
    ['state', 'Pennsylvania!'],
    ['country', 'Mars'],
    ['country', 'XX'],
    ['show', 'some'],
  ])('drops and reports an unknown %s', (field, value) => {
    const { filter, unknown } = parseCityFilter({ [field]: value });

    expect(filter).toEqual(parseCityFilter({}).filter);
    expect(unknown).toEqual([{ field, value }]);
  });

  it('takes the first of several where one is meant, and reports the others', () => {
    const { filter, unknown } = parseGroupFilter({ state: ['pa', 'oh'] });

    expect(filter.state).toBe('PA');
    expect(unknown).toEqual([{ field: 'state', value: 'oh' }]);
  });

  it('shows partner cities unless told otherwise', () => {
    expect(parseCityFilter({}).filter.includeNoPartner).toBe(false);
    expect(parseCityFilter({}, 'all').filter.includeNoPartner).toBe(true);
    expect(parseCityFilter({ show: 'partner' }, 'all').filter.includeNoPartner).toBe(false);
  });

  it('reads any query without failing', () => {
    const fields = [
      'flag',
      'state',
      'country',
      'topic',
      'q',
      'show',
      'kind',
      'liveness',
      'city',
      'status',
    ];
    const anyQuery = fc.dictionary(
      fc.oneof(fc.constantFrom(...fields), fc.string()),
      fc.oneof(fc.string(), fc.array(fc.string()), fc.anything()),
    );
    const directory = aDirectory({ partners: [aPartner()], groups: [aGroup()] });
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(() => {
          filterCities(directory, parseCityFilter(query).filter);
          filterGroups(directory, parseGroupFilter(query).filter);
          filterPartners(directory, parsePartnerFilter(query).filter);
        }).not.toThrow();
      }),
    );
  });
});

describe('filtering', () => {
  const directory = aDirectory({
    cities: [aCity({ slug: 'toronto-canada', name: 'Toronto', country: 'CA' })],
    partners: [
      aPartner({ slug: 'tulsa', topics: ['Housing'] }),
      aPartner({ slug: 'gone', city: 'hartford-ct', status: 'former', lat: 41.76, lng: -72.69 }),
    ],
    groups: [
      aGroup({ name: 'Code for Tulsa', topics: ['transit'] }),
      aGroup({
        name: 'Open Hartford',
        city: 'hartford-ct',
        lat: 41.76,
        lng: -72.69,
        kind: 'meetup',
      }),
      aGroup({
        name: 'Civic Tech Toronto',
        city: 'toronto-canada',
        state: 'ON',
        country: 'CA',
        lat: 43.7,
        lng: -79.4,
      }),
      aGroup({
        name: 'Code for Curitiba',
        city: null,
        state: 'PR',
        country: 'BR',
        lat: -25,
        lng: -49,
      }),
    ],
    reports: [aReport({ partner: 'tulsa', level: 'none' })],
  });
  const cities = (query: Record<string, unknown>) =>
    filterCities(directory, parseCityFilter(query).filter).map(({ slug }) => slug);
  const groups = (query: Record<string, unknown>) =>
    filterGroups(directory, parseGroupFilter(query).filter).map(({ slug }) => slug);
  const partners = (query: Record<string, unknown>) =>
    filterPartners(directory, parsePartnerFilter(query).filter).map(({ slug }) => slug);

  it.each([
    [{}, ['tulsa-ok']],
    [{ show: 'all' }, ['hartford-ct', 'toronto-canada', 'tulsa-ok']],
    [{ flag: 'no-partner' }, ['hartford-ct', 'toronto-canada']],
    [{ flag: 'no-contact,dormant' }, ['tulsa-ok']],
    [{ flag: 'dormant' }, []],
    [{ show: 'all', state: 'ct' }, ['hartford-ct']],
    [{ show: 'all', country: 'ca' }, ['toronto-canada']],
    [{ topic: 'housing' }, ['tulsa-ok']],
    [{ topic: 'transit' }, ['tulsa-ok']],
    [{ show: 'all', q: 'hart' }, ['hartford-ct']],
    [{ show: 'all', q: 'ford' }, []],
  ])('cities by %j', (query, slugs) => {
    expect(cities(query)).toEqual(slugs);
  });

  it.each([
    [{}, ['civic-tech-toronto', 'code-for-curitiba', 'code-for-tulsa', 'open-hartford']],
    [{ kind: 'meetup' }, ['open-hartford']],
    [{ city: 'tulsa-ok' }, ['code-for-tulsa']],
    [{ state: 'ON' }, ['civic-tech-toronto']],
    [{ state: 'PR' }, []],
    [{ state: 'PR', country: 'BR' }, ['code-for-curitiba']],
    [{ liveness: 'no-signal', topic: 'Transit' }, ['code-for-tulsa']],
    [{ liveness: 'live' }, []],
    [{ q: 'code tul' }, ['code-for-tulsa']],
  ])('groups by %j', (query, slugs) => {
    expect(groups(query)).toEqual(slugs);
  });

  it.each([
    [{}, ['gone', 'tulsa']],
    [{ status: 'former' }, ['gone']],
    [{ flag: 'no-contact' }, ['tulsa']],
    [{ state: 'CT' }, ['gone']],
    [{ topic: 'housing', q: 'data' }, ['tulsa']],
  ])('partners by %j', (query, slugs) => {
    expect(partners(query).toSorted()).toEqual(slugs);
  });

  it('keeps the directory’s order, and each flag has as many as the legend counts', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const some = aDirectory(records);
        const all = filterCities(some, parseCityFilter({ show: 'all' }).filter);
        const dormant = filterCities(some, parseCityFilter({ flag: 'dormant' }).filter);

        expect(all).toEqual(some.cities);
        expect(dormant).toHaveLength(some.flagCounts.dormant);
        expect(filterCities(some, parseCityFilter({}).filter)).toHaveLength(some.partnerCityCount);
      }),
    );
  });
});
