// The pictures of cities: what is drawn, where a city stands in its state, and what happens when nothing can paint.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { drawCity, pictureSize } from '../../server/features/pictures/drawing.ts';
import { drawOutline } from '../../server/features/pictures/outline.ts';
import { openPainter } from '../../server/features/pictures/paint.ts';
import { widthOf, wrapText } from '../../server/features/pictures/wrap-text.ts';
import { aCity, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const quiet = pino({ level: 'silent' });
const box = { x: 100, y: 50, width: 300, height: 200 };
const tulsa = { state: 'OK', country: 'US', lat: 36.154, lng: -95.993 };

function cityNamed(name: string) {
  const directory = aDirectory({ cities: [aCity({ name })], partners: [aPartner()] });
  const city = directory.cities.find((one) => one.name === name);
  if (!city) throw new Error('The city is not there.');
  return city;
}

describe('the outline of a state', () => {
  it('holds the city within the box', () => {
    const outline = drawOutline(tulsa, box);

    expect(outline?.path).toMatch(/^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+Z/);
    // Tulsa lies in the north-east of Oklahoma.
    expect(outline?.city.x).toBeGreaterThan(box.x + box.width / 2);
    expect(outline?.city.y).toBeLessThan(box.y + box.height / 2);
  });

  it.each([
    ['Alaska', { state: 'AK', country: 'US', lat: 61.2, lng: -149.9 }],
    ['Hawaii', { state: 'HI', country: 'US', lat: 21.3, lng: -157.86 }],
    ['Poland', { state: '', country: 'PL', lat: 52.2, lng: 21 }],
  ])('is drawn for %s within the box', (_name, city) => {
    const numbers = [...(drawOutline(city, box)?.path.matchAll(/([\d.]+) ([\d.]+)/g) ?? [])];
    const xs = numbers.map(([, x]) => Number(x));
    const ys = numbers.map(([, , y]) => Number(y));

    expect(Math.min(...xs)).toBeGreaterThanOrEqual(box.x);
    expect(Math.max(...xs)).toBeLessThanOrEqual(box.x + box.width);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(box.y);
    expect(Math.max(...ys)).toBeLessThanOrEqual(box.y + box.height);
  });

  it('is left out in the middle of an ocean', () => {
    expect(drawOutline({ state: '', country: 'XX', lat: 0, lng: -150 }, box)).toBeUndefined();
  });
});

describe('the lines of a text', () => {
  it('fit their width and their number, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 4 }), (text, most) => {
        const lines = wrapText(text, 30, 400, most);

        expect(lines.length).toBeLessThanOrEqual(most);
        expect(lines.filter((line) => widthOf(line, 30) > 400 && [...line].length > 2)).toEqual([]);
      }),
    );
  });
});

describe('the picture of a city', () => {
  it('says its name, its flag and what is in reach, as a PNG of the size that is promised', async () => {
    const city = cityNamed('Tulsa');
    const svg = drawCity(city, false);
    const picture = await openPainter(quiet).paint(svg);

    expect(svg).toContain('Tulsa, OK');
    expect(svg).toContain('No group in reach');
    expect(svg).not.toContain('Sample data');
    expect(picture?.png.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.png.readUInt32BE(16)).toBe(pictureSize.width);
    expect(picture?.png.readUInt32BE(20)).toBe(pictureSize.height);
  });

  it('says so where the data is invented', () => {
    expect(drawCity(cityNamed('Tulsa'), true)).toContain('Sample data');
  });

  it('is drawn from any name, and lets none of it become markup', () => {
    const tulsaEntry = cityNamed('Tulsa');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
        const svg = drawCity({ ...tulsaEntry, name: `${name}<script>&"` }, false);

        expect(svg).not.toContain('<script');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids is what is looked for
        expect(svg).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the painter', () => {
  it('paints one at a time, and the same drawing once', async () => {
    let running = 0;
    let most = 0;
    let painted = 0;
    const painter = openPainter(quiet, async () => async (svg) => {
      running += 1;
      most = Math.max(most, running);
      painted += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return Buffer.from(svg);
    });
    const pictures = await Promise.all(['a', 'b', 'a', 'c', 'b'].map((svg) => painter.paint(svg)));

    expect(pictures.map((picture) => picture?.png.toString())).toEqual(['a', 'b', 'a', 'c', 'b']);
    expect({ most, painted }).toEqual({ most: 1, painted: 3 });
  });

  it('turns away who comes when too many wait, and paints for them later', async () => {
    const painter = openPainter(quiet, async () => async (svg) => Buffer.from(svg));
    const many = Array.from({ length: 40 }, (_, index) => String(index));
    const first = await Promise.all(many.map((svg) => painter.paint(svg)));

    expect(first.filter((picture) => picture === undefined).length).toBeGreaterThan(20);
    expect(await painter.paint('39')).toBeDefined();
  });

  it('paints nothing, and fails nobody, where there is no program to paint with', async () => {
    const painter = openPainter(quiet, () => Promise.reject(new Error('no such binary')));

    expect(await painter.paint('<svg/>')).toBeUndefined();
    expect(await painter.paint('<svg/>')).toBeUndefined();
  });
});
