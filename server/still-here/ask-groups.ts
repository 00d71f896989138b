// The daily round: groups that are due are asked, who has not answered is reminded once, a second missed request in a
// row closes the group. Each step is noted before its mails are posted and again after, and each mail has a key of its
// own: a run that is cut off anywhere, or two at once, do every step once.
import type { Directory, GroupEntry } from '../directory/directory.ts';
import { dayOf } from '../domain/dates.ts';
import {
  closedReason,
  hasSignSince,
  missedBefore,
  nextStep,
  reasonToAsk,
  waitsForAnswer,
} from '../domain/still-here.ts';
import type { Services } from '../services.ts';
import {
  addTokens,
  beginReminder,
  type Confirmation,
  makeConfirmation,
  noteMailed,
  readConfirmations,
  settleConfirmation,
} from '../store/confirmations.ts';
import { findMailsAbout } from '../store/mails.ts';
import { hashOf } from '../survey/personal-link.ts';
import { changeGroup } from './change-group.ts';
import { confirmationToken } from './links.ts';
import { keyStart, requestMail } from './request-mail.ts';
import { type AddressBook, openAddressBook } from './who-is-asked.ts';

export type AskingServices = Pick<
  Services,
  'store' | 'directory' | 'mail' | 'config' | 'secret' | 'clock'
>;

/** How many groups each step was taken with. */
export interface AskingOutcome {
  readonly asked: number;
  readonly reminded: number;
  readonly missed: number;
  readonly closed: number;
  readonly withdrawn: number;
}

interface Run {
  readonly services: AskingServices;
  readonly directory: Directory;
  readonly book: AddressBook;
  readonly today: string;
  readonly counts: Record<keyof AskingOutcome, number>;
}

/** Does the day's work with all groups; stops between two groups soon after the signal. */
export async function askGroups(
  services: AskingServices,
  signal: AbortSignal = new AbortController().signal,
): Promise<AskingOutcome> {
  const directory = await services.directory.refresh();
  const book = await openAddressBook(services);
  const counts = { asked: 0, reminded: 0, missed: 0, closed: 0, withdrawn: 0 };
  const run = { services, directory, book, today: dayOf(services.clock()), counts };
  const requests = byGroup(await readConfirmations(services.store));
  for (const group of directory.groups) {
    if (signal.aborted) break;
    await takeStep(run, group, requests.get(group.slug) ?? []);
  }
  return counts;
}

function byGroup(requests: readonly Confirmation[]): ReadonlyMap<string, Confirmation[]> {
  const groups = new Map<string, Confirmation[]>();
  for (const request of requests) {
    const those = groups.get(request.group);
    if (those) those.push(request);
    else groups.set(request.group, [request]);
  }
  return groups;
}

async function takeStep(
  run: Run,
  group: GroupEntry,
  requests: readonly Confirmation[],
): Promise<void> {
  const waiting = requests.find(waitsForAnswer);
  if (waiting) return goOn(run, group, requests, waiting);
  if (reasonToAsk(group, requests, run.today) === null) return;
  const addresses = run.book.askedAt(group);
  if (addresses.length === 0) return;
  const { store, clock } = run.services;
  const round = Math.max(0, ...requests.map((request) => request.round)) + 1;
  const tokenHashes = hashesOf(run, { group: group.slug, round }, addresses);
  const made = await makeConfirmation(store, { group: group.slug, round, tokenHashes }, clock());
  if (made.mailed) return;
  await postMails(run, group, [...requests, made], made);
  run.counts.asked += 1;
}

async function goOn(
  run: Run,
  group: GroupEntry,
  requests: readonly Confirmation[],
  request: Confirmation,
): Promise<void> {
  // A run before this one was cut off among the mails: those that are in the outbox stay there once.
  if (!request.mailed) await postMails(run, group, requests, request);
  const { store, clock } = run.services;
  const facts = {
    group,
    hasAddress: run.book.askedAt(group).length > 0,
    arrived: await hasArrived(run.services, request),
  };
  const next = nextStep(request, facts, run.today);
  if (next.step === 'remind') {
    const begun = await beginReminder(store, request, clock());
    if (!begun) return;
    await postMails(run, group, requests, begun);
    run.counts.reminded += 1;
  }
  if (next.step === 'miss') await miss(run, group, requests, request);
  if (next.step === 'withdraw') await withdraw(run, group, request, next.why);
}

/** A request that was cut off between closing its group and being noted was missed, not overtaken by the closing. */
async function withdraw(
  run: Run,
  group: GroupEntry,
  request: Confirmation,
  why: 'alive' | 'unreachable' | 'closed',
): Promise<void> {
  const { store, clock } = run.services;
  if (why === 'closed' && group.closed?.reason === closedReason) {
    const settlement = { state: 'missed', closedGroup: true } as const;
    if (await settleConfirmation(store, request, settlement, clock())) run.counts.missed += 1;
    return;
  }
  const settled = await settleConfirmation(store, request, { state: 'withdrawn', why }, clock());
  if (settled) run.counts.withdrawn += 1;
}

/** The group first: a stop before the note finds it closed, and notes the same. */
async function miss(
  run: Run,
  group: GroupEntry,
  requests: readonly Confirmation[],
  request: Confirmation,
): Promise<void> {
  const { services, today } = run;
  const closes = missedBefore(group, requests, request, today) !== null;
  if (closes) {
    const closed = { date: today, reason: closedReason };
    // As it stands at this moment: a sign that came in since the run began keeps it open.
    const before = await changeGroup(
      services,
      group.slug,
      (now) =>
        now.closed || hasSignSince(now, request.askedAt.slice(0, 10), today)
          ? null
          : { ...now, closed },
      { by: null, origin: 'check' },
    );
    if (before && hasSignSince(before, request.askedAt.slice(0, 10), today)) return;
    run.counts.closed += 1;
  }
  const settlement = { state: 'missed', closedGroup: closes } as const;
  const settled = await settleConfirmation(services.store, request, settlement, services.clock());
  if (settled) run.counts.missed += 1;
}

const hashesOf = (
  { services }: Run,
  request: Pick<Confirmation, 'group' | 'round'>,
  addresses: readonly string[],
): string[] =>
  addresses.map((address) => hashOf(confirmationToken(services.secret, request, address)));

/** Posts the mails of the request's present step; the outbox knows those that it has. */
async function postMails(
  run: Run,
  group: GroupEntry,
  requests: readonly Confirmation[],
  request: Confirmation,
): Promise<void> {
  const { services, book, today } = run;
  const addresses = book.askedAt(group);
  await addTokens(services.store, request, hashesOf(run, request, addresses));
  const isLastCall = missedBefore(group, requests, request, today) !== null;
  for (const address of addresses) {
    const to = { address, today, isLastCall };
    await services.mail.post(requestMail(services, request, group, to));
  }
  await noteMailed(services.store, request);
}

/**
 * Whether a mail server took one of the request's mails. Mails that are written to the mail folder reached nobody
 * that Crosswalk knows of: such a request is never missed.
 */
async function hasArrived(
  { store, config }: AskingServices,
  request: Confirmation,
): Promise<boolean> {
  if (config.smtpUrl === null || request.state !== 'reminded') return false;
  const mails = await findMailsAbout(store, { kind: 'group', slug: request.group });
  return mails.some(({ key, state }) => state === 'sent' && key.startsWith(keyStart(request)));
}
