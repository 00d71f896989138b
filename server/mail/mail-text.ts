// What every mail's words are made of: checked data, one line here, paragraphs there. The mails themselves are in
// texts.ts and beside it.
import { z } from 'zod';

export const oneLine = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(1));
export const day = z.iso.date();
/** A web address without anything that could end a header or a line. */
export const webAddress = z.url({ protocol: /^https?$/ }).regex(/^[^\s<>"']+$/);

/** What a template prints besides the parts of its own. */
export interface MailWords {
  readonly subject: string;
  /** Ends the sentence "You get this mail because …". */
  readonly reason: string;
  /** Where answers go, where that is not where the mail comes from. */
  readonly replyTo?: string;
  readonly [name: string]: unknown;
}

/** @throws ZodError when the data lacks something, from `toWords`. */
interface MailText<Data extends z.ZodType> {
  readonly data: Data;
  toWords(data: unknown): MailWords;
}

export const mailText = <Data extends z.ZodType>(
  data: Data,
  words: (filled: z.output<Data>) => MailWords,
): MailText<Data> => ({ data, toWords: (filled) => words(data.parse(filled)) });

export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
