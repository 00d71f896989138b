// Asks one source of a group and says how it ended: what to keep for the next time, and which signs follow.
// Writing is left to check-groups.ts.
import { type Day, dayOf } from '../domain/dates.ts';
import type { Group, Sign } from '../domain/records.ts';
import { nextPageMark, wasRead } from '../domain/signs.ts';
import type { CheckOutcome } from '../domain/words.ts';
import type { Answer, Fetched, Unanswered, Unchanged } from '../outside/answer.ts';
import type { Outside } from '../outside/outside.ts';
import type { KeptCheck } from '../store/group-checks.ts';
import { readSource, type Subject, signsOfDays } from './read-source.ts';
import type { WantedSource } from './sources-of.ts';

export interface SourceChecked {
  readonly outcome: CheckOutcome;
  /** What to keep in the place of what was known; null where the source asked to be left alone this time. */
  readonly check: KeptCheck | null;
  /** The signs that the source tells now; null where it told nothing, and those known stay. */
  readonly signs: readonly Sign[] | null;
}

/** After so many days everything is read again, even if its server says that nothing changed. */
const daysKept = 90;

export async function checkSource(
  outside: Outside,
  group: Group,
  wanted: WantedSource,
  kept: KeptCheck | undefined,
  now: Date,
): Promise<SourceChecked> {
  const [address] = wanted.addresses;
  // Another address is another source: nothing that was kept holds for it.
  const before = kept?.address === address ? kept : null;
  const today = dayOf(now);
  const subject: Subject = { group, source: wanted.source, address, today };
  const answer = await ask(outside, wanted, isRecent(before, now) ? before : null);
  const checkedAt = now.toISOString();
  if (answer.outcome === 'fetched') return afterReading(subject, answer, before, checkedAt);
  if (answer.outcome === 'unchanged') {
    return before ? afterNoChange(subject, answer, before, checkedAt) : never(subject);
  }
  return afterNoAnswer(subject, answer, before, checkedAt);
}

const never = ({ address }: Subject): never => {
  throw new Error(`${address} did not change since it was never asked.`);
};

const isRecent = (before: KeptCheck | null, now: Date): boolean =>
  before?.readAt != null && now.getTime() - Date.parse(before.readAt) < daysKept * 86_400_000;

/** One address after the other, the one that answered the last time first. */
async function ask(
  outside: Outside,
  { source, addresses }: WantedSource,
  before: KeptCheck | null,
): Promise<Answer> {
  const validators = before?.validators ?? null;
  const inTurn = [...addresses].sort(
    (one, other) => Number(other === validators?.address) - Number(one === validators?.address),
  );
  const isInterface = (address: string): boolean =>
    source === 'code' && address.startsWith('https://api.github.com/');
  let last: Unanswered | null = null;
  for (const address of inTurn) {
    const fetch = isInterface(address) ? outside.fetchInterface : outside.fetch;
    const answer = await fetch(address, validators);
    if (answer.outcome === 'fetched' || answer.outcome === 'unchanged') return answer;
    // "Later" says more than what the addresses after it say: they only stand in for it.
    if (last?.outcome !== 'later') last = answer;
  }
  if (last === null) throw new Error('A source has an address.');
  return last;
}

interface Base {
  readonly group: string;
  readonly source: WantedSource['source'];
  readonly address: string;
  readonly checkedAt: string;
}

const baseOf = ({ group, source, address }: Subject, checkedAt: string): Base => ({
  group: group.slug,
  source,
  address,
  checkedAt,
});

function afterReading(
  subject: Subject,
  answer: Fetched,
  before: KeptCheck | null,
  checkedAt: string,
): SourceChecked {
  const known = { days: before?.days ?? [], page: before?.page ?? null };
  const read = readSource(subject, answer, known);
  const isFine = wasRead(read.outcome);
  return {
    outcome: read.outcome,
    signs: isFine ? read.signs : null,
    check: {
      ...baseOf(subject, checkedAt),
      outcome: read.outcome,
      words: read.words,
      failingSince: isFine ? null : (before?.failingSince ?? checkedAt),
      failures: isFine ? 0 : (before?.failures ?? 0) + 1,
      readAt: checkedAt,
      // What could not be read is asked for whole the next time.
      validators: isFine ? answer.validators : null,
      days: read.days,
      page: read.page,
      leads: read.leads,
    },
  };
}

/** Its days are told again: today is another day than when it was read. */
function afterNoChange(
  subject: Subject,
  { validators }: Unchanged,
  before: KeptCheck,
  checkedAt: string,
): SourceChecked {
  const { today } = subject;
  const page = before.page ? nextPageMark(before.page, before.page.mark, today) : null;
  return {
    outcome: 'nothing-new',
    signs: before.days.length > 0 ? signsOfDays(subject, passedDays(before.days, today)) : null,
    check: {
      ...before,
      checkedAt,
      outcome: 'nothing-new',
      failingSince: null,
      failures: 0,
      validators,
      page,
    },
  };
}

const passedDays = (days: readonly Day[], today: Day): Day[] => [
  ...days.filter((day) => day < today).slice(-1),
  ...days.filter((day) => day >= today),
];

function afterNoAnswer(
  subject: Subject,
  { outcome, words }: Unanswered,
  before: KeptCheck | null,
  checkedAt: string,
): SourceChecked {
  if (outcome === 'later' && before) return { outcome, check: null, signs: null };
  const isLater = outcome === 'later';
  return {
    outcome,
    signs: null,
    check: {
      ...baseOf(subject, checkedAt),
      outcome,
      words,
      failingSince: isLater ? null : (before?.failingSince ?? checkedAt),
      failures: isLater ? 0 : (before?.failures ?? 0) + 1,
      readAt: before?.readAt ?? null,
      validators: before?.validators ?? null,
      days: before?.days ?? [],
      page: before?.page ?? null,
      leads: before?.leads ?? [],
    },
  };
}
