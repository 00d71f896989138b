// The flags of the starting directory, which the whole product is shown with.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Directory } from '../../server/directory/directory.ts';
import { seedDirectory } from '../support/directory.ts';

let directory: Directory;

beforeAll(async () => {
  directory = await seedDirectory();
});

describe('the flags of the starting directory', () => {
  const slugsWith = (flag: string) =>
    directory.cities.filter((city) => city.flag === flag).map((city) => city.slug);

  it('has 33 partner cities: 2 without a group, 1 dormant, 30 not reported', () => {
    expect(directory.partnerCityCount).toBe(33);
    expect(directory.flagCounts).toMatchObject({
      'no-group': 2,
      dormant: 1,
      'not-reported': 30,
      'no-partner': 0,
    });
  });

  it('has no group in reach of Memphis and New Haven', () => {
    expect(slugsWith('no-group')).toEqual(['memphis-tn', 'new-haven-ct']);
  });

  it('has only groups that look asleep in reach of Grand Rapids', () => {
    expect(slugsWith('dormant')).toEqual(['grand-rapids-mi']);
  });

  it('knows older ties without making a city green', () => {
    const stLouis = directory.findCity('st-louis-mo');

    expect(stLouis?.lastKnown).toMatchObject({ level: 'extensive', date: '2017' });
    expect(stLouis?.flag).toBe('not-reported');
  });

  it('names the nearest group of each gap', () => {
    const gaps = directory.cities.filter((city) => city.isGap);

    expect(gaps).toHaveLength(33);
    expect(gaps.filter((city) => city.nearestGroup === null)).toEqual([]);
    expect(directory.findCity('new-haven-ct')?.nearestGroup?.group.name).toBe(
      'Code for Connecticut',
    );
  });
});
