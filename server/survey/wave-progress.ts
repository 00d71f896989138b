// How far each partner of a wave has come: whom it asks, what became of the mails, who opened the form and who
// answered. Pure but for `readProgress`, which fetches what it is made from.

import { hasProblem } from '../domain/mail-delivery.ts';
import type { Partner, Report, Wave } from '../domain/records.ts';
import { newestFirst } from '../domain/reports.ts';
import { type Invitation, readInvitations } from '../store/invitations.ts';
import { type Mail, readMailsOfWave } from '../store/mails.ts';
import { readPartners } from '../store/partners.ts';
import { readReports } from '../store/reports.ts';
import type { Store } from '../store/store.ts';
import { isSameAddress, issueIn, usableAddresses } from './wave-mail.ts';

/** Where a partner stands, the furthest first. `to-ask`: the wave is a draft that would ask it. */
export const progressStates = [
  'answered',
  'opened',
  'asked',
  'waiting',
  'problem',
  'no-address',
  'revoked',
  'to-ask',
] as const;
export type ProgressState = (typeof progressStates)[number];

export interface Progress {
  readonly partner: Partner;
  readonly state: ProgressState;
  readonly addresses: readonly string[];
  readonly invitation: Invitation | null;
  /** The newest answer; null while there is none. */
  readonly answer: Report | null;
  /** When the first invitation left; null while none has. */
  readonly askedAt: Date | null;
  /** The invitations and reminders of this wave to this partner, oldest first. */
  readonly mails: readonly Mail[];
  /** The addresses that an invitation or reminder has left for, and that did not refuse the newest one. */
  readonly reached: readonly string[];
  /** What a person should look at: the newest mail to an address that is still the partner's did not arrive. */
  readonly problem: { readonly to: string; readonly mail: Mail } | null;
}

export interface ProgressFacts {
  readonly wave: Wave;
  readonly partners: readonly Partner[];
  readonly reports: readonly Report[];
  readonly invitations: readonly Invitation[];
  readonly mails: readonly Mail[];
}

/** The partners that a wave asks: those it asked, or, while it is a draft, all that are not former. */
export const partnersOf = (wave: Wave, partners: readonly Partner[]): readonly Partner[] =>
  partners.filter((partner) =>
    wave.state === 'draft' ? partner.status !== 'former' : wave.asked.includes(partner.slug),
  );

/** The answers of a wave: the newest of each partner counts. */
export function answersTo(wave: string, reports: readonly Report[]): ReadonlyMap<string, Report> {
  const answers = new Map<string, Report>();
  for (const report of reports.filter((one) => one.wave === wave && one.origin === 'answer')) {
    const known = answers.get(report.partner);
    if (!known || newestFirst(report, known) < 0) answers.set(report.partner, report);
  }
  return answers;
}

/** One entry for each partner that the wave asks, by slug. */
export function toProgress(facts: ProgressFacts): readonly Progress[] {
  const { wave, invitations, mails } = facts;
  const answers = answersTo(wave.slug, facts.reports);
  return partnersOf(wave, facts.partners).map((partner) => {
    const invitation = invitations.find((one) => one.partner === partner.slug) ?? null;
    const own = mails.filter(
      ({ about, key }) =>
        about?.kind === 'partner' && about.slug === partner.slug && issueIn(key) !== null,
    );
    const addresses = usableAddresses(partner);
    const newest = addresses.flatMap((address) => newestTo(address, own, invitation) ?? []);
    const troubled = newest.find(({ state }) => hasProblem(state));
    const parts = {
      partner,
      addresses,
      invitation,
      answer: answers.get(partner.slug) ?? null,
      askedAt: own.find(({ sentAt }) => sentAt !== null)?.sentAt ?? null,
      mails: own,
      reached: addresses.filter((address) => isReached(address, own, newest)),
      problem: troubled ? { to: troubled.to, mail: troubled } : null,
    };
    return { ...parts, state: stateOf(wave, parts) };
  });
}

/** The newest mail to an address that carries the link as it is now. */
const newestTo = (
  address: string,
  mails: readonly Mail[],
  invitation: Invitation | null,
): Mail | undefined =>
  mails.findLast(
    ({ to, key }) => isSameAddress(to, address) && issueIn(key) === (invitation?.issue ?? 1),
  );

function isReached(address: string, mails: readonly Mail[], newest: readonly Mail[]): boolean {
  const hasLeft = mails.some(({ to, state }) => state === 'sent' && isSameAddress(to, address));
  const refused = newest.some(({ to, state }) => state === 'bounced' && isSameAddress(to, address));
  return hasLeft && !refused;
}

function stateOf(wave: Wave, progress: Omit<Progress, 'state'>): ProgressState {
  const { invitation, addresses, reached, problem } = progress;
  if (wave.state === 'draft') return addresses.length > 0 ? 'to-ask' : 'no-address';
  if (progress.answer) return 'answered';
  if (invitation?.revokedAt) return 'revoked';
  if (invitation?.openedAt) return 'opened';
  if (addresses.length === 0) return 'no-address';
  if (reached.length > 0) return 'asked';
  return problem ? 'problem' : 'waiting';
}

/** The progress of a wave as the store has it now. */
export async function readProgress(store: Store, wave: Wave): Promise<readonly Progress[]> {
  const [partners, reports, invitations, mails] = await Promise.all([
    readPartners(store),
    readReports(store),
    readInvitations(store, wave.slug),
    readMailsOfWave(store, wave.slug),
  ]);
  return toProgress({ wave, partners, reports, invitations, mails });
}
