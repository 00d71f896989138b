// What people send with these forms, parsed. What the fields of a group mean is read in server/suggestions.
import { z } from 'zod';
import { type Day, firstDay } from '../../domain/dates.ts';
import { fold } from '../../domain/fold.ts';
import { groupFields, type SuggestedTexts, suggestedFields } from '../../domain/suggested.ts';
import { mailAddress } from '../../mail/outbox.ts';
import { readList } from '../../suggestions/texts.ts';
import { type FieldError, formOf, typedList, typedText } from '../../web/form-fields.ts';
import { inOrderOf } from '../../web/word-choices.ts';

const longestShown = 2_000;
const longestWord = 300;
const mostContacts = 20;

const fields = z.object({
  ...(Object.fromEntries(groupFields.map((field) => [field, typedText])) as Record<
    (typeof groupFields)[number],
    typeof typedText
  >),
  pickedTopics: typedList,
  pickedNeeds: typedList,
  choice: typedText,
  contacts: typedText,
  shown: typedText,
});
const texts = z.partialRecord(z.enum(suggestedFields), z.string().max(longestShown));

export interface TypedGroup {
  readonly typed: SuggestedTexts;
  /** One of the places that were offered, or ''. */
  readonly choice: string;
  /** As typed; staff alone have this field. */
  readonly contacts: string;
  /** What the form showed; null where that cannot be read. */
  readonly shown: SuggestedTexts | null;
}

export function parseTypedGroup(body: unknown): TypedGroup {
  const { choice, contacts, shown, pickedTopics, pickedNeeds, ...own } = fields.parse(formOf(body));
  const before = readShown(shown);
  const typed = {
    ...own,
    topics: allWords(pickedTopics, own.topics, before?.topics),
    needs: allWords(pickedNeeds, own.needs, before?.needs),
  };
  return { typed, choice, contacts, shown: before };
}

/** What is ticked and what is typed, as one text. */
function allWords(picked: readonly string[], typed: string, before = ''): string {
  if (picked.length === 0) return typed;
  return inOrderOf(readList(before), [...picked, ...readList(typed)]).join(', ');
}

function readShown(json: string): SuggestedTexts | null {
  try {
    const parsed = texts.safeParse(JSON.parse(json));
    return parsed.success ? (parsed.data as SuggestedTexts) : null;
  } catch {
    return null;
  }
}

/** The contact addresses, one per line, each once; or what is wrong with them. */
export function readContacts(
  typed: string,
): { readonly contacts: readonly string[] } | { readonly error: FieldError } {
  const seen = new Map<string, string>();
  for (const line of typed.split(/[\s,;]+/)) {
    if (line !== '' && !seen.has(fold(line))) seen.set(fold(line), line);
  }
  const contacts = [...seen.values()];
  const isRight =
    contacts.length <= mostContacts && contacts.every((one) => mailAddress.safeParse(one).success);
  return isRight
    ? { contacts }
    : {
        error: {
          field: 'contacts',
          message: `Enter mail addresses, one per line, at most ${mostContacts}`,
        },
      };
}

export interface TypedStop {
  readonly word: string;
  readonly since: string;
}

const stop = z.object({ word: typedText, since: typedText });

export function parseStop(
  body: unknown,
  today: Day,
): { readonly typed: TypedStop; readonly errors: readonly FieldError[] } {
  const { word, since } = stop.parse(formOf(body));
  const typed = { word: word.replace(/\s+/g, ' '), since };
  const errors: FieldError[] = [];
  if (typed.word.length > longestWord) {
    const message = `The word has ${typed.word.length} characters. Shorten it to ${longestWord}`;
    errors.push({ field: 'word', message });
  }
  if (since !== '' && !isPastDate(since, today)) {
    const message = 'Enter a year or a day that is past, such as 2024 or 2024-05-31';
    errors.push({ field: 'since', message });
  }
  return { typed, errors };
}

const isPastDate = (text: string, today: Day): boolean =>
  /^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text) &&
  new Date(`${firstDay(text)}T00:00:00Z`).toISOString().startsWith(firstDay(text)) &&
  firstDay(text) <= today;

const address = z.object({ address: typedText });

/** The address as typed, and as it may be mailed to; null where it is none. */
export function parseAddress(body: unknown): {
  readonly typed: string;
  readonly address: string | null;
} {
  const typed = address.parse(formOf(body)).address;
  const parsed = mailAddress.safeParse(typed);
  return { typed, address: parsed.success ? parsed.data.toLowerCase() : null };
}
