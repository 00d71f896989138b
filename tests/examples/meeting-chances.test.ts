// Where a convening could bring a partner and a group of a gap city together.
import { describe, expect, it } from '@jest/globals';
import { buildDirectory } from '../../server/directory/build-directory.ts';
import { findMeetingChances } from '../../server/directory/meeting-chances.ts';
import type { Convening, DirectoryRecords } from '../../server/domain/records.ts';
import { aConvening, aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';

const tulsa = { city: 'tulsa-ok', lat: 36.154, lng: -95.993 };
/** 13 miles from Tulsa. */
const broken = { city: 'broken-arrow-ok', lat: 36.06, lng: -95.79 };
const memphis = { city: 'memphis-tn', lat: 35.1, lng: -90 };

const partners = [
  aPartner({ slug: 'of-tulsa', name: 'Of Tulsa', ...tulsa }),
  aPartner({ slug: 'of-memphis', name: 'Of Memphis', ...memphis }),
];
const groups = [
  aGroup({ slug: 'tulsa-group', name: 'Tulsa group', ...tulsa }),
  aGroup({ slug: 'memphis-group', name: 'Memphis group', ...memphis }),
];

function chancesAt(convening: Partial<Convening>, over: Partial<DirectoryRecords> = {}) {
  const one = aConvening({ city: 'tulsa-ok', ...convening });
  const directory = buildDirectory(
    someRecords({ partners, groups, convenings: [one], ...over }),
    { reachMiles: 25, freshMonths: 24 },
    '2026-11-22',
    '2026-11-22T12:00:00.000Z',
  );
  return findMeetingChances(directory, one).map((chance) => ({
    city: chance.city.slug,
    partners: chance.partners.map(({ partner, standing }) => `${partner.slug} ${standing}`),
    groups: chance.groups.map(({ group, standing }) => `${group.slug} ${standing}`),
    bothGo: chance.bothGo,
  }));
}

describe('a gap city is listed for a convening', () => {
  it('in that city, even where nobody goes yet: both could be asked', () => {
    expect(chancesAt({})).toEqual([
      {
        city: 'tulsa-ok',
        partners: ['of-tulsa could-be-asked'],
        groups: ['tulsa-group could-be-asked'],
        bothGo: false,
      },
    ]);
  });

  it('within the partner’s reach', () => {
    const near = [aPartner({ slug: 'near', name: 'Near', ...broken })];

    expect(chancesAt({}, { partners: near }).map(({ city }) => city)).toEqual(['broken-arrow-ok']);
    const short = [aPartner({ slug: 'near', name: 'Near', ...broken, reachMiles: 5 })];
    expect(chancesAt({}, { partners: short })).toEqual([]);
  });

  it('anywhere, when its partner goes: groups near it could be asked along', () => {
    expect(chancesAt({ partners: ['of-memphis'] }).at(0)).toEqual({
      city: 'memphis-tn',
      partners: ['of-memphis goes'],
      groups: ['memphis-group could-be-asked'],
      bothGo: false,
    });
  });

  it('first where both go', () => {
    const chances = chancesAt({ partners: ['of-tulsa'], groups: ['tulsa-group'] });

    expect(chances.at(0)).toMatchObject({ city: 'tulsa-ok', bothGo: true });
  });

  it('that has no one place, only by those who go', () => {
    expect(chancesAt({ city: null })).toEqual([]);
    expect(chancesAt({ city: null, partners: ['of-memphis'] })).toHaveLength(1);
  });
});

describe('a city is not listed', () => {
  it('when it has no gap', () => {
    const reports = [aReport({ partner: 'of-tulsa', level: 'some', date: '2026-06-01' })];

    expect(chancesAt({}, { reports })).toEqual([]);
  });

  it('when no group is in reach of its partner', () => {
    expect(chancesAt({ partners: ['of-memphis'] }, { groups: [] })).toEqual([]);
  });

  it('when only its group goes, and the partner neither goes nor is near', () => {
    const chances = chancesAt({ groups: ['memphis-group'] });

    expect(chances.map(({ city }) => city)).toEqual(['tulsa-ok']);
  });

  it('for a former partner, or a closed group', () => {
    const former = partners.map((partner) => ({ ...partner, status: 'former' as const }));
    const closed = groups.map((group) => ({
      ...group,
      closed: { date: '2024', reason: 'nobody left' },
    }));

    expect(chancesAt({ partners: ['of-tulsa'] }, { partners: former })).toEqual([]);
    expect(chancesAt({ partners: ['of-tulsa'] }, { groups: closed })).toEqual([]);
  });
});

describe('the groups to be asked', () => {
  it('are the three nearest, after all who go', () => {
    const many = Array.from({ length: 6 }, (_, number) =>
      aGroup({ ...tulsa, slug: `g${number}`, name: `G${number}`, lat: tulsa.lat + number / 100 }),
    );

    const [chance] = chancesAt({ groups: ['g5'] }, { groups: many });

    expect(chance?.groups).toEqual([
      'g5 goes',
      'g0 could-be-asked',
      'g1 could-be-asked',
      'g2 could-be-asked',
    ]);
  });
});
