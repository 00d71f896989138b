// Makes the bytes of one mail (RFC 5322, multipart/alternative) out of what was written. Who carries them is left to
// the transports. Names, addresses and subjects come in checked; nodemailer folds and encodes them once more.
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { WrittenMail } from './render.ts';

/** What stands in a mail and above it. */
export interface LetterParts {
  readonly from: string;
  readonly to: string;
  readonly written: WrittenMail;
  readonly messageId: string;
  readonly date: Date;
  readonly unsubscribe: string | null;
}

/** The same for every try of one mail, so that a receiver who gets it twice can tell; says nothing of the key. */
export function messageIdOf(key: string, publicUrl: string): string {
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 40);
  return `<${mark}@${new URL(publicUrl).hostname}>`;
}

/** The whole mail as it goes over the line. */
export function composeLetter(letter: LetterParts): Promise<Buffer> {
  const { written, unsubscribe } = letter;
  return new MailComposer({
    from: letter.from,
    to: { name: '', address: letter.to },
    ...(written.replyTo === undefined ? {} : { replyTo: { name: '', address: written.replyTo } }),
    subject: written.subject,
    messageId: letter.messageId,
    date: letter.date,
    text: toTextPart(written.text),
    html: written.html,
    headers: {
      // What a person wrote and is to be answered is not the work of a machine (RFC 3834, section 5).
      ...(written.replyTo === undefined ? { 'Auto-Submitted': 'auto-generated' } : {}),
      ...(unsubscribe === null
        ? {}
        : {
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

const isPlainAscii = (text: string): boolean => /^[\n\x20-\x7e]*$/.test(text);
const longestLine = (text: string): number =>
  Math.max(...text.split('\n').map((line) => line.length));

/**
 * Plain ASCII goes as it is: links stay whole in the mail folder's files too. RFC 5322 allows 998 characters
 * to a line; nodemailer would break lines of more than 76 with quoted-printable.
 */
function toTextPart(text: string): string | { raw: string } {
  if (!isPlainAscii(text) || longestLine(text) > 900) return text;
  return {
    raw: `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${text.replaceAll('\n', '\r\n')}`,
  };
}
