// The words of the mails about what is kept of an address.
import { z } from 'zod';
import { formatCount } from '../web/format.ts';
import { mailText, webAddress } from './mail-text.ts';

const validFor = (hours: number): string => formatCount(hours, 'hour', 'hours');

const linked = z.object({ link: webAddress, hours: z.int().positive() });

/** Leads to what is kept of the address. */
export const yourData = mailText(linked, ({ link, hours }) => ({
  subject: 'What Crosswalk keeps of this address',
  reason:
    'somebody, most likely you, asked what Crosswalk keeps of this address. It is kept for that link alone.',
  link,
  validFor: validFor(hours),
}));

/** Asks the owner of an address whether it is to be that of an account. */
export const newAddress = mailText(linked, ({ link, hours }) => ({
  subject: 'Confirm your new address for Crosswalk',
  reason: 'somebody, most likely you, wants to sign in to Crosswalk with this address.',
  link,
  validFor: validFor(hours),
}));

/** Tells the address before, so that nobody loses an account unnoticed. */
export const addressChanged = mailText(z.object({ link: webAddress }), ({ link }) => ({
  subject: 'Your address for Crosswalk was changed',
  reason: 'this was the address of an account on Crosswalk until now.',
  link,
}));
