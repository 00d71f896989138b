// Markup in everything that a mail is filled with, read in both its parts and in its headers: of every template.
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { composeLetter } from '../../server/mail/compose.ts';
import { openMailTemplates } from '../../server/mail/render.ts';
import { mailTexts } from '../../server/mail/texts.ts';
import { readMailParts } from '../support/mail-parts.ts';
import { planted } from './plant.ts';
import { liveIn } from './reading.ts';

const publicUrl = 'https://crosswalk.example';
const render = openMailTemplates({ publicUrl, production: false });

interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
}

/** Something that the schema takes: markup wherever it takes markup. */
function fill(schema: z.ZodType, name: string): unknown {
  const { type, shape, element, innerType } = schema._zod.def as unknown as Def;
  if (type === 'object' && shape) {
    return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, fill(field, key)]));
  }
  if (type === 'array' && element) return [fill(element, name), fill(element, name)];
  if (innerType) return fill(innerType, name);
  const values = (schema as { readonly options?: readonly unknown[] }).options ?? [];
  const candidates = [
    planted(name),
    ...values,
    true,
    2,
    '2026-07-01',
    `${publicUrl}/x`,
    'ana@x.example',
  ];
  return candidates.find((one) => schema.safeParse(one).success);
}

describe.each(Object.keys(mailTexts) as (keyof typeof mailTexts)[])('the mail %s', (template) => {
  it('shows markup as text, and keeps its headers to itself', async () => {
    const data = fill(mailTexts[template].data, template);
    const written = await render({ template, data, unsubscribe: `${publicUrl}/stop/x` });
    const raw = await composeLetter({
      from: 'crosswalk@crosswalk.example',
      to: 'ana@partner.example',
      written,
      messageId: '<1@crosswalk.example>',
      date: new Date('2026-07-01T00:00:00Z'),
      unsubscribe: `${publicUrl}/stop/x`,
    });
    const mail = readMailParts(raw.toString());

    expect(liveIn(mail.html, { mail: true })).toEqual([]);
    expect(mail.headerNames.filter((header) => /bcc|location|planted|begin/.test(header))).toEqual(
      [],
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(mail.subject).not.toMatch(/[\u0000-\u001f\u2028]/);
    expect(mail.headers.get('to')).toBe('ana@partner.example');
  });
});
