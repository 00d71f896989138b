// The mails that Crosswalk writes: what each is filled with, its subject, and why somebody gets it.
// The wording of the bodies is in views/mail/<template>.text.ejs and .html.ejs.
import { z } from 'zod';
import { formatCount, formatDate } from '../web/format.ts';
import {
  introduction,
  introductionAccepted,
  introductionEnded,
  introductionOnBehalf,
} from './introduction-texts.ts';
import { day, mailText, oneLine, paragraphsOf, webAddress } from './mail-text.ts';
import { addressChanged, newAddress, yourData } from './privacy-texts.ts';
import { bringBack, stillHere } from './still-here-texts.ts';
import { subscriptionConfirm, subscriptionNews } from './subscription-texts.ts';

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

const welcome = mailText(
  z.object({
    /** The page to sign in at. */
    link: webAddress,
    /** What the person can do, each ending the sentence "You can ...". */
    roles: z.array(oneLine).min(1),
  }),
  ({ link, roles }) => ({
    subject: 'You are invited to Crosswalk',
    reason: 'NNIP staff invited you to Crosswalk with this address.',
    link,
    roles,
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

const suggestionReason =
  'this address was given with a suggestion for the directory. It is used for nothing else.';

const suggestionReceived = mailText(
  z.object({ link: webAddress, /** The day it came in. */ sent: day }),
  ({ link, sent }) => ({
    subject: 'Your suggestion came in',
    reason: suggestionReason,
    link,
    sent: formatDate(sent),
  }),
);

const suggestionDecided = mailText(
  z.object({
    link: webAddress,
    sent: day,
    outcome: z.enum(['accepted', 'in-part', 'declined']),
    /** Name of the group or partner that it is about; told of accepted ones alone. */
    name: oneLine.nullable(),
    /** The staff's word; an empty line parts paragraphs, and '' is none. */
    word: z.string(),
  }),
  ({ link, sent, outcome, name, word }) => ({
    subject:
      outcome === 'declined' ? 'Your suggestion was looked at' : 'Your suggestion was accepted',
    reason: suggestionReason,
    link,
    outcome: decidedWords[outcome](formatDate(sent), name ?? 'the directory'),
    word: paragraphsOf(word),
  }),
);

const decidedWords = {
  accepted: (sent: string, name: string) =>
    `Your suggestion of ${sent} was accepted: it stands in the directory now, under ${name}.`,
  'in-part': (sent: string, name: string) =>
    `Your suggestion of ${sent} was accepted in part: it stands in the directory now, under ${name}.`,
  declined: (sent: string) =>
    `We looked at your suggestion of ${sent} and did not take it into the directory.`,
} as const;

const message = mailText(
  z.object({
    subject: oneLine,
    /** As typed: an empty line parts paragraphs, a line break stays one. */
    body: z.string().trim().min(1),
    /** The address of the person who wrote it. */
    replyTo: z.email(),
    /** The partner or group whose contact address it goes to. */
    recipientName: oneLine,
  }),
  ({ subject, body, replyTo, recipientName }) => ({
    subject,
    replyTo,
    reason: `somebody of NNIP wrote to ${recipientName}, whose contact address this is. Your answer goes to the person who wrote.`,
    lines: body.split('\n'),
    paragraphs: body.split(/\n\s*\n/).map((paragraph) => paragraph.split('\n')),
  }),
);

/** Every template, by its name. */
export const mailTexts = {
  welcome,
  'sign-in': signIn,
  invitation,
  reminder,
  thanks,
  'suggestion-received': suggestionReceived,
  'suggestion-decided': suggestionDecided,
  message,
  introduction,
  'introduction-accepted': introductionAccepted,
  'introduction-ended': introductionEnded,
  'introduction-on-behalf': introductionOnBehalf,
  'subscription-confirm': subscriptionConfirm,
  'subscription-news': subscriptionNews,
  'still-here': stillHere,
  'bring-back': bringBack,
  'your-data': yourData,
  'new-address': newAddress,
  'address-changed': addressChanged,
} as const;

export type MailTemplate = keyof typeof mailTexts;

/** What a template is filled with. */
export type MailData<Template extends MailTemplate> = z.input<(typeof mailTexts)[Template]['data']>;

export const isMailTemplate = (name: string): name is MailTemplate =>
  Object.hasOwn(mailTexts, name);
