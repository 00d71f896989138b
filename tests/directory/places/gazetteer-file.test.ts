// The gazetteer as a file: written, read back the same, and refused where it is damaged or missing.
// Looking up places in the real one is in find-place.test.ts.
import { describe, expect, it } from '@jest/globals';
import { findPlaces } from '../../../server/directory/places/find-place.ts';
import { readTables, writeTables } from '../../../server/directory/places/gazetteer-file.ts';
import type { SourcePlace } from '../../../server/directory/places/gazetteer-source.ts';
import { loadGazetteer } from '../../../server/directory/places/load-gazetteer.ts';
import { packTables } from '../../../server/directory/places/pack-tables.ts';
import { placeKey } from '../../../server/directory/places/place-key.ts';

const aPlace = (name: string, over: Partial<SourcePlace> = {}): SourcePlace => ({
  name,
  key: placeKey(name),
  country: 'US',
  region: 'OK',
  population: 1000,
  lat: 36.15398,
  lng: -95.99277,
  ...over,
});
const tulsa = aPlace('Tulsa', { population: 403505 });
const zurich = aPlace('Zürich', { country: 'CH', region: '', lat: 47.36667, lng: 8.55 });
const whole = writeTables(
  packTables([zurich, tulsa], [{ zip: '04101', lat: 36.1, lng: -96, place: tulsa }]),
);

describe('the gazetteer file', () => {
  it('gives back what was written into it', () => {
    const gazetteer = findPlaces(readTables(whole));

    expect(gazetteer.centreOf('tulsa', 'OK', 'US')).toEqual({
      name: 'Tulsa, OK',
      kind: 'city',
      state: 'OK',
      country: 'US',
      population: 403505,
      lat: 36.15398,
      lng: -95.99277,
    });
    expect(gazetteer.complete('zur', 5).map(({ name }) => name)).toEqual(['Zürich, Switzerland']);
    expect(gazetteer.complete('0410', 5).map(({ name }) => name)).toEqual(['04101 Tulsa, OK']);
  });

  it('is read wherever it lies in memory', () => {
    const shifted = Buffer.concat([Buffer.alloc(1), whole]).subarray(1);

    expect(readTables(shifted).keyPlace).toEqual(readTables(whole).keyPlace);
  });

  it('is the same for the same places in any order', () => {
    expect(writeTables(packTables([tulsa, zurich], []))).toEqual(
      writeTables(packTables([zurich, tulsa], [])),
    );
  });

  it('is refused when it is something else or cut short', () => {
    expect(() => readTables(Buffer.from('something else'))).toThrow('not a gazetteer');
    expect(() => readTables(whole.subarray(0, whole.length - 4))).toThrow('cut short');
  });

  it('is missed in words that name it', async () => {
    await expect(loadGazetteer('/no/such/folder')).rejects.toThrow('/no/such/folder/gazetteer.bin');
  });
});
