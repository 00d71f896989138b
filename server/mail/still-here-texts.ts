// The mails to groups: whether they are still there, and the link that brings a closed one back.
// The wording of the bodies is in views/mail.
import { z } from 'zod';
import { formatDate } from '../web/format.ts';
import { day, mailText, oneLine, webAddress } from './mail-text.ts';

export const stillHere = mailText(
  z.object({
    groupName: oneLine,
    /** "Tulsa, OK", "All of Ohio". */
    place: oneLine,
    /** What finders read of it now: "no sign since 2023". */
    liveness: oneLine,
    /** Its page in the directory. */
    page: webAddress,
    active: webAddress,
    changed: webAddress,
    stopped: webAddress,
    /** The last day on which the links work. */
    until: day,
    isReminder: z.boolean(),
    /** True where finders see the group as closed if this stays unanswered. */
    isLastCall: z.boolean(),
  }),
  ({ groupName, until, isReminder, ...rest }) => ({
    ...rest,
    subject: isReminder
      ? `Once more: is ${groupName} still active?`
      : `Is ${groupName} still active?`,
    reason: `this is a contact address of ${groupName}, which is listed in Crosswalk. We ask once a year.`,
    groupName,
    isReminder,
    until: formatDate(until),
  }),
);

export const bringBack = mailText(
  z.object({
    groupName: oneLine,
    link: webAddress,
    /** The last day on which the link works. */
    until: day,
  }),
  ({ groupName, link, until }) => ({
    subject: `Bring ${groupName} back in Crosswalk`,
    reason: `somebody, most likely you, gave this address to say that ${groupName} is active again. It is used for nothing else.`,
    groupName,
    link,
    until: formatDate(until),
  }),
);
