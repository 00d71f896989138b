// Writes a mail out of its template: subject, text part and HTML part. Wording is in texts.ts and views/mail.
import { join } from 'node:path';
import ejs from 'ejs';
import type { Config } from '../config.ts';
import { root } from '../root.ts';
import { isMailTemplate, mailTexts } from './texts.ts';

/** What a sealed mail holds. */
export interface MailContent {
  readonly template: string;
  readonly data: unknown;
  /** Address of the page that ends mails of this kind; null where there is none. */
  readonly unsubscribe: string | null;
}

export interface WrittenMail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where answers go, where that is not where it comes from. */
  readonly replyTo?: string;
}

/** @throws when there is no such template, or it is filled wrongly. */
export type RenderMail = (content: MailContent) => Promise<WrittenMail>;

const views = join(root, 'views');
const longestSubject = 200;
const textWidth = 72;
/** Parts the foot from the mail; the space at its end belongs to it (RFC 3676, section 4.3). */
const signatureMark = '-- ';

/** Writes with the templates in views/mail, each given `mail`: its words, `site` and `unsubscribe`. */
export function openMailTemplates(config: Pick<Config, 'publicUrl' | 'production'>): RenderMail {
  const site = { name: 'Crosswalk', url: config.publicUrl };
  const options = { views: [views], cache: config.production };
  return async ({ template, data, unsubscribe }) => {
    if (!isMailTemplate(template)) throw new Error(`There is no mail template ${template}.`);
    const words = mailTexts[template].toWords(data);
    const mail = { ...words, subject: toSubject(words.subject), site, unsubscribe };
    const file = join(views, 'mail', template);
    const [text, html] = await Promise.all([
      // The text part is plain text: nothing in it is markup, so nothing is escaped.
      ejs.renderFile(`${file}.text.ejs`, { mail }, { ...options, escape: String }),
      ejs.renderFile(`${file}.html.ejs`, { mail }, options),
    ]);
    return {
      subject: mail.subject,
      text: toText(text),
      html: html.trim(),
      ...(words.replyTo === undefined ? {} : { replyTo: words.replyTo }),
    };
  };
}

/** One line of printable text: what is not cannot begin another header. */
export function toSubject(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  const letters = [...line];
  return letters.length > longestSubject
    ? `${letters.slice(0, longestSubject - 1).join('')}…`
    : line;
}

/** Lines of 72 characters at most, broken at spaces only, so that every address stays whole; no two empty lines in a row. */
export function toText(text: string): string {
  const lines = text
    .split('\n')
    .flatMap((line) => wrap(line === signatureMark ? line : line.trimEnd()));
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > textWidth) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
