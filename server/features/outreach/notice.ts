// What just happened, said once on the page that follows a step. It travels in the address as a word and a number,
// so that no text of somebody else's can be put into our mouth.
import { withQuery } from '../../paths.ts';
import { formatCount } from '../../web/format.ts';
import { firstText, type RawQuery } from '../../web/list.ts';

const sentences = {
  saved: () => 'Saved.',
  noted: () => 'Noted in the log.',
  sent: (mails: number) =>
    `${formatCount(mails, 'message is', 'messages are')} on the way, and in the log.`,
  repeated: () => 'This message was sent before. It was not sent once more.',
  assigned: (gaps: number) =>
    gaps === 0
      ? 'They had this owner already.'
      : `${formatCount(gaps, 'gap has', 'gaps have')} a new owner.`,
  snoozed: () => 'Snoozed. It comes back on the day that you chose.',
  back: () => 'It is back in the list.',
} as const;

export type Happening = keyof typeof sentences;

/** An address of our own, with or without a query, that says what happened. */
export function withNotice(address: string, happened: Happening, count = 0): string {
  const { pathname, searchParams } = new URL(address, 'http://here.invalid');
  const query = Object.fromEntries(searchParams);
  return withQuery(pathname, { ...query, done: happened, n: count > 0 ? count : null });
}

/** The sentence to say; '' where nothing happened. */
export function readNotice(raw: RawQuery): string {
  const happened = firstText(raw, 'done');
  const count = firstText(raw, 'n');
  if (!Object.hasOwn(sentences, happened)) return '';
  return sentences[happened as Happening](/^\d{1,4}$/.test(count) ? Number(count) : 0);
}
