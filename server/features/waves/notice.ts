// What just happened, said once on the page that follows a step. It travels in the address as a word and a number,
// so that no text of somebody else's can be put into our mouth.
import { withQuery } from '../../paths.ts';
import { formatCount } from '../../web/format.ts';
import { firstText, type RawQuery } from '../../web/list.ts';

const sentences = {
  made: () => 'The wave is made. It is a draft: nobody was asked yet.',
  saved: () => 'Saved.',
  opened: (mails: number) =>
    `The wave is open. ${mails === 0 ? 'No invitation was left to send' : `${formatCount(mails, 'invitation is', 'invitations are')} on the way`}.`,
  reminded: (partners: number) =>
    `Reminded ${formatCount(partners, 'partner', 'partners')} that ${partners === 1 ? 'has' : 'have'} not answered.`,
  closed: () => 'The wave is closed, and its export is frozen.',
  corrected: (mails: number) =>
    mails === 0
      ? 'The addresses are saved.'
      : `The addresses are saved, and ${formatCount(mails, 'invitation is', 'invitations are')} on the way.`,
  renewed: (mails: number) =>
    `The link is replaced${mails === 0 ? '. It was not mailed' : `, and ${formatCount(mails, 'invitation is', 'invitations are')} on the way`}.`,
  revoked: () => 'The link is taken back. Its page says so.',
  again: () => 'The mail is sent again.',
} as const;

export type Happening = keyof typeof sentences;

/** The address of a page that says what happened. */
export const withNotice = (path: string, happened: Happening, count = 0): string =>
  withQuery(path, { done: happened, n: count > 0 ? count : null });

/** The sentence to say; '' where nothing happened. */
export function readNotice(raw: RawQuery): string {
  const happened = firstText(raw, 'done');
  const count = firstText(raw, 'n');
  if (!Object.hasOwn(sentences, happened)) return '';
  return sentences[happened as Happening](/^\d{1,4}$/.test(count) ? Number(count) : 0);
}
