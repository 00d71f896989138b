// The mails that Crosswalk writes: what each is filled with, its subject, and why somebody gets it.
// The wording of the bodies is in views/mail/<template>.text.ejs and .html.ejs.
import { z } from 'zod';
import { formatCount, formatDate } from '../web/format.ts';

const oneLine = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(1));
const day = z.iso.date();
/** A web address without anything that could end a header or a line. */
export const webAddress = z.url({ protocol: /^https?$/ }).regex(/^[^\s<>"']+$/);

/** What a template prints besides the parts of its own. */
export interface MailWords {
  readonly subject: string;
  /** Ends the sentence "You get this mail because …". */
  readonly reason: string;
  readonly [name: string]: unknown;
}

/** @throws ZodError when the data lacks something, from `toWords`. */
interface MailText<Data extends z.ZodType> {
  readonly data: Data;
  toWords(data: unknown): MailWords;
}

const mailText = <Data extends z.ZodType>(
  data: Data,
  words: (filled: z.output<Data>) => MailWords,
): MailText<Data> => ({ data, toWords: (filled) => words(data.parse(filled)) });

const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');

const contactOf = (partner: string): string =>
  `${partner} is a partner of the National Neighborhood Indicators Partnership (NNIP), and this is its contact address.`;

const signIn = mailText(
  z.object({ link: webAddress, minutes: z.int().positive() }),
  ({ link, minutes }) => ({
    subject: 'Your link to sign in to Crosswalk',
    reason:
      'somebody, most likely you, asked for a link to sign in to Crosswalk with this address.',
    link,
    validFor: formatCount(minutes, 'minute', 'minutes'),
  }),
);

const survey = z.object({
  partnerName: oneLine,
  waveName: oneLine,
  link: webAddress,
  /** The last day on which answers are taken. */
  closes: day,
});

const invitation = mailText(
  survey.extend({
    /** The wave's words of introduction; an empty line parts paragraphs, and '' is none. */
    introduction: z.string(),
  }),
  ({ partnerName, waveName, link, closes, introduction }) => ({
    subject: `${waveName}: a minute for ${partnerName}`,
    reason: contactOf(partnerName),
    partnerName,
    waveName,
    link,
    closes: formatDate(closes),
    introduction: paragraphsOf(introduction),
  }),
);

const reminder = mailText(survey, ({ partnerName, waveName, link, closes }) => ({
  subject: `${waveName}: open until ${formatDate(closes)}`,
  reason: contactOf(partnerName),
  partnerName,
  waveName,
  link,
  closes: formatDate(closes),
}));

const thanks = mailText(
  survey.extend({
    /** What was answered, in the words of the form. */
    answers: z.array(z.object({ question: oneLine, answer: z.string() })),
  }),
  ({ partnerName, waveName, link, closes, answers }) => ({
    subject: `Thank you: the answer of ${partnerName}`,
    reason: `somebody answered "${waveName}" for ${partnerName}, and this is its contact address.`,
    partnerName,
    waveName,
    link,
    closes: formatDate(closes),
    answers: answers.map(({ question, answer }) => ({
      question,
      answer: answer.replace(/\s+/g, ' ').trim() || 'nothing said',
    })),
  }),
);

/** Every template, by its name. */
export const mailTexts = { 'sign-in': signIn, invitation, reminder, thanks } as const;

export type MailTemplate = keyof typeof mailTexts;

/** What a template is filled with. */
export type MailData<Template extends MailTemplate> = z.input<(typeof mailTexts)[Template]['data']>;

export const isMailTemplate = (name: string): name is MailTemplate =>
  Object.hasOwn(mailTexts, name);
