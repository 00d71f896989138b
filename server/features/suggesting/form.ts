// What a visitor sends with the form, parsed: texts as typed, cut to what a person may write. Nothing is trusted;
// what the fields mean is read in server/suggestions.
import { z } from 'zod';
import { type SuggestedTexts, suggestedFields } from '../../domain/suggested.ts';
import { mailAddress } from '../../mail/outbox.ts';
import type { SuggestedRecord } from '../../store/suggestions.ts';

export type Body = Readonly<Record<string, unknown>> | undefined;

const longestText = 2_000;

/** The first text of that name, without control characters; '' where there is none. */
export function textOf(body: Body, name: string): string {
  const value = body?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string') return '';
  return (
    first
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
      .slice(0, longestText)
  );
}

export const typedFields = (body: Body): SuggestedTexts =>
  Object.fromEntries(suggestedFields.map((field) => [field, textOf(body, field)]));

export interface SuggestForm {
  readonly about: SuggestedRecord | null;
  readonly typed: SuggestedTexts;
  /** What the form showed when it was made; null where that cannot be read. */
  readonly shown: SuggestedTexts | null;
  readonly choice: string;
  readonly text: string;
  readonly known: string;
  /** As typed. */
  readonly sender: string;
  /** Slugs of the near doubles that the sender was shown. */
  readonly doubles: readonly string[];
  readonly stamp: string;
  /** True where a field is filled in that people do not see. */
  readonly isTrapped: boolean;
}

const texts = z.partialRecord(z.enum(suggestedFields), z.string().max(longestText));

function readShown(json: string): SuggestedTexts | null {
  try {
    const parsed = texts.safeParse(JSON.parse(json));
    return parsed.success ? (parsed.data as SuggestedTexts) : null;
  } catch {
    return null;
  }
}

/** Which record a correction is about, from the query of the form's address; null is a new group. */
export function readAbout(query: Body): SuggestedRecord | null {
  const [group, partner] = [textOf(query, 'group'), textOf(query, 'partner')];
  if (group !== '') return { record: 'group', slug: group };
  return partner === '' ? null : { record: 'partner', slug: partner };
}

export function parseSuggestForm(query: Body, body: Body): SuggestForm {
  return {
    about: readAbout(query),
    typed: typedFields(body),
    shown: readShown(typeof body?.['shown'] === 'string' ? body['shown'] : ''),
    choice: textOf(body, 'choice'),
    text: textOf(body, 'text').trim(),
    known: textOf(body, 'known').trim(),
    sender: textOf(body, 'sender').trim(),
    doubles: textOf(body, 'doubles').split(',').filter(Boolean),
    stamp: textOf(body, 'stamp'),
    isTrapped: textOf(body, trapField) !== '',
  };
}

/** The field that people do not see and programs fill in. */
export const trapField = 'nickname';

/** The sender's address as it may be mailed to; null where none was given, undefined where it is none. */
export function readSenderAddress(typed: string): string | null | undefined {
  if (typed === '') return null;
  const parsed = mailAddress.safeParse(typed);
  return parsed.success ? parsed.data : undefined;
}
