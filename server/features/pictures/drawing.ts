// The pictures that stand beside a link to this site, as SVG: 1200 by 630, in the colours of the light pages.
// How they become PNG is paint.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CityEntry } from '../../directory/directory.ts';
import type { Flag } from '../../domain/words.ts';
import { root } from '../../root.ts';
import { cityLabel, flagLabel, flagSentence, formatCount } from '../../web/format.ts';
import { drawOutline } from './outline.ts';
import { wrapText } from './wrap-text.ts';

export const pictureSize = { width: 1200, height: 630 } as const;

/** The colours of public/styles/_tokens.scss, light. */
const colours = {
  paper: '#fbf9f4',
  land: '#efeae0',
  border: '#cfc7b8',
  ink: '#14213d',
  muted: '#4a5468',
  accent: '#b4460f',
} as const;

const flagColours: Readonly<Record<Flag, string>> = {
  leads: '#0b6b4c',
  extensive: '#14707f',
  some: '#3f5fb0',
  'no-contact': '#b42318',
  'not-aware': '#a84e08',
  'no-group': '#7a2a9a',
  dormant: '#6f5a2f',
  'not-reported': '#565f6e',
  'no-partner': '#7d8694',
};

let sprite: string | undefined;

/** What stands within a symbol of the sprite that the pages use, so that a shape looks the same everywhere. */
function symbol(id: string): string {
  sprite ??= readFileSync(join(root, 'public/images/flags.svg'), 'utf8');
  return new RegExp(`<symbol id="${id}"[^>]*>(.*?)</symbol>`, 's').exec(sprite)?.[1] ?? '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** Letters that XML does not allow at all are left out. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);

interface TextStyle {
  readonly size: number;
  readonly face: 'Merriweather' | 'Public Sans';
  readonly weight: 400 | 700;
  readonly colour: string;
}

/** Lines under each other, the first one's foot at `y`. */
const texts = (lines: readonly string[], x: number, y: number, style: TextStyle, step: number) =>
  lines
    .map(
      (line, index) =>
        `<text x="${x}" y="${y + index * step}" font-family="${style.face}" font-weight="${style.weight}" font-size="${style.size}" fill="${style.colour}">${escapeXml(line)}</text>`,
    )
    .join('');

const mark = (id: string, x: number, y: number, scale: number, colour: string): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})" color="${colour}">${symbol(id)}</g>`;

const frame = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${pictureSize.width}" height="${pictureSize.height}" viewBox="0 0 ${pictureSize.width} ${pictureSize.height}">` +
  `<rect width="${pictureSize.width}" height="${pictureSize.height}" fill="${colours.paper}"/>` +
  `<rect width="${pictureSize.width}" height="12" fill="${colours.ink}"/>${content}</svg>`;

const siteName = (y: number, sampleData: boolean): string =>
  mark('crosswalk', 72, y - 29, 1.5, colours.ink) +
  texts(
    ['Crosswalk'],
    136,
    y,
    { size: 34, face: 'Merriweather', weight: 700, colour: colours.ink },
    0,
  ) +
  (sampleData
    ? texts(
        ['Sample data'],
        340,
        y,
        { size: 28, face: 'Public Sans', weight: 700, colour: colours.accent },
        0,
      )
    : '');

/** What the picture of a city says, in words. */
export function cityPictureWords(city: CityEntry) {
  const partners = city.partners.filter(({ status }) => status !== 'former').length;
  return {
    title: cityLabel(city),
    flag: flagLabel(city.flag),
    sentence: flagSentence(city),
    counts: [
      ...(partners > 0 ? [formatCount(partners, 'NNIP partner', 'NNIP partners')] : []),
      `${formatCount(city.countInReach, 'civic tech group', 'civic tech groups')} in reach`,
    ].join(' · '),
  };
}

const column = { x: 72, width: 640 } as const;
const mapBox = { x: 760, y: 110, width: 368, height: 410 } as const;

export function drawCity(city: CityEntry, sampleData: boolean): string {
  const words = cityPictureWords(city);
  const titleSize = words.title.length > 22 ? 58 : 70;
  const title = wrapText(words.title, titleSize, column.width, 2);
  const titleStep = titleSize * 1.2;
  const flagY = 210 + (title.length - 1) * titleStep + 84;
  const colour = flagColours[city.flag];
  const sentence = wrapText(words.sentence, 32, column.width, 3);
  const outline = drawOutline(city, mapBox);
  return frame(
    siteName(96, sampleData) +
      texts(
        title,
        column.x,
        210,
        { size: titleSize, face: 'Merriweather', weight: 700, colour: colours.ink },
        titleStep,
      ) +
      mark(city.flag, column.x, flagY - 34, 2.6, colour) +
      texts(
        [words.flag],
        column.x + 58,
        flagY,
        {
          size: 40,
          face: 'Public Sans',
          weight: 700,
          // The quiet mark's own colour is too light for words.
          colour: city.flag === 'no-partner' ? colours.muted : colour,
        },
        0,
      ) +
      texts(
        sentence,
        column.x,
        flagY + 60,
        { size: 32, face: 'Public Sans', weight: 400, colour: colours.ink },
        44,
      ) +
      texts(
        [words.counts],
        column.x,
        572,
        { size: 28, face: 'Public Sans', weight: 400, colour: colours.muted },
        0,
      ) +
      (outline
        ? `<path d="${outline.path}" fill="${colours.land}" stroke="${colours.border}" stroke-width="2" stroke-linejoin="round"/>` +
          `<circle cx="${outline.city.x}" cy="${outline.city.y}" r="26" fill="${colours.paper}" stroke="${colours.border}" stroke-width="2"/>` +
          mark(city.flag, outline.city.x - 16, outline.city.y - 16, 2, colour)
        : mark(city.flag, mapBox.x + 60, mapBox.y + 80, 15, colour)),
  );
}

/** For every page without a picture of its own; drawn once, into public/images/picture.png. */
export const drawDefault = (): string =>
  frame(
    mark('crosswalk', 72, 120, 6, colours.ink) +
      texts(
        ['Crosswalk'],
        72,
        392,
        { size: 96, face: 'Merriweather', weight: 700, colour: colours.ink },
        0,
      ) +
      texts(
        ['Where neighborhood data meets civic tech,', 'city by city'],
        72,
        472,
        { size: 42, face: 'Public Sans', weight: 400, colour: colours.muted },
        56,
      ),
  );
