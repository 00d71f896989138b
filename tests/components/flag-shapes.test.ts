// The sprite draws every flag and the mark of a group, each in a shape of its own and in the colour around it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { flags } from '../../server/domain/words.ts';
import { root } from '../../server/root.ts';

const $ = load(readFileSync(join(root, 'public/images/flags.svg'), 'utf8'), { xml: true });
const drawing = (id: string): string => $(`symbol[id="${id}"]`).html() ?? '';

describe('the sprite of flag shapes', () => {
  it.each([...flags, 'group'])('draws %s in the colour of its surroundings', (id) => {
    expect(drawing(id)).toContain('currentColor');
    expect(drawing(id)).not.toMatch(/#[0-9a-f]{3,6}/i);
  });

  it('draws every shape differently', () => {
    const drawings = [...flags, 'group'].map(drawing);

    expect(new Set(drawings).size).toBe(drawings.length);
  });
});
