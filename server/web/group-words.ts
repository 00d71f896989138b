// Parts of a group's record as staff and visitors read them alike: signs of life, its standing in a list, how it was
// closed, and where its facts come from. Records of the past in the change log may be of another shape: those are left.
import { z } from 'zod';
import type { Group, Sign, Source } from '../domain/records.ts';
import { listingMarks, type SignKind, signKinds } from '../domain/words.ts';
import { formatDate } from './format.ts';

export const signWords: Readonly<Record<SignKind, string>> = {
  'next-event': 'Next meeting announced',
  'last-event': 'Last meeting',
  confirmed: 'Confirmed by a person',
  'last-post': 'Last news posted',
  'last-push': 'Last code published',
  'website-answers': 'Website changed',
};

type Listing = NonNullable<Group['listing']>;

const markWords: Readonly<Record<Listing['mark'], string>> = {
  active: ', marked as active',
  inactive: ', marked as inactive',
  unknown: '',
  gone: '',
};

/** "Listed in the Brigade list, marked as active". */
export const listingWords = ({ list, mark }: Pick<Listing, 'list' | 'mark'>): string =>
  mark === 'gone' ? `No longer listed in ${list}` : `Listed in ${list}${markWords[mark]}`;

/** "Last meeting (its calendar)". */
export const signTitle = ({ kind, source }: Pick<Sign, 'kind' | 'source'>): string =>
  `${signWords[kind]} (${source})`;

const signLine = (sign: Pick<Sign, 'kind' | 'source' | 'date'>): string =>
  `${signTitle(sign)}: ${formatDate(sign.date)}`;

const sourceLine = ({ note, url, date, verified }: Source): string =>
  [
    `${note}${date === null ? '' : ` (${formatDate(date)})`}`,
    ...(url === null ? [] : [url]),
    verified ? 'checked' : 'not checked yet',
  ].join(', ');

const day = z.string();
const part = <Value>(shape: z.ZodType<Value>, words: (value: Value) => string) => {
  return (value: unknown): string | null => {
    const read = shape.safeParse(value);
    return read.success ? words(read.data) : null;
  };
};

const parts: Readonly<Record<string, (value: unknown) => string | null>> = {
  signs: part(z.object({ kind: z.enum(signKinds), source: z.string(), date: day }), signLine),
  listing: part(
    z.object({ list: z.string(), mark: z.enum(listingMarks), date: day }),
    (listing) => `${listingWords(listing)}, ${formatDate(listing.date)}`,
  ),
  closed: part(
    z.object({ date: day, reason: z.string() }),
    ({ date, reason }) => `Since ${formatDate(date)}${reason === '' ? '' : `: ${reason}`}`,
  ),
  source: part(
    z.object({
      ...{ note: z.string(), url: z.string().nullable() },
      ...{ date: day.nullable(), verified: z.boolean() },
    }),
    sourceLine,
  ),
};

/** What a field that is a record of its own says, or one entry of it; null where it is none of these. */
export const partWords = (field: string, value: unknown): string | null =>
  Object.hasOwn(parts, field) ? (parts[field]?.(value) ?? null) : null;
