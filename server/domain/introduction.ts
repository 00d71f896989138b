// The rules of introductions: who may ask for one with whom, how often, and what becomes of it with time.
// No clock and no store: today and the history are arguments. Sentences are in server/introductions/words.ts.
import { addDays, addMonths, type Day } from './dates.ts';

/** What two parties an introduction brings together; the side that asks is one of them. */
export const sides = ['partner', 'group'] as const;
export type Side = (typeof sides)[number];

export const otherSide = (side: Side): Side => (side === 'partner' ? 'group' : 'partner');

/**
 * `asked` waits for the other side. `expired`: nobody answered in time. `withdrawn`: the asker thought otherwise.
 * `could-not-be-sent`: no address is known, or none took the mail; staff may try again.
 */
export const introductionStates = [
  'asked',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'could-not-be-sent',
] as const;
export type IntroductionState = (typeof introductionStates)[number];

/** Days after which the other side is reminded, once. */
export const reminderDays = 10;
/** Days after which it is no longer asked. */
export const expiryDays = 30;
/** Introductions that one person may ask for on one day. */
export const mostPerDay = 5;
/** Introductions that one organization is asked for within seven days, whoever asks. */
export const mostPerWeek = 3;
/** Months for which a declined pair rests. */
export const restMonths = 6;

/** Of one introduction what the rules look at. */
export interface IntroductionFacts {
  /** Slugs. */
  readonly partner: string;
  readonly group: string;
  /** The side that asks. */
  readonly from: Side;
  readonly state: IntroductionState;
  /** Identifier of the person who asked. */
  readonly by: string;
  readonly askedOn: Day;
  readonly remindedOn: Day | null;
  /** When it left `asked`, null while it is there. */
  readonly endedOn: Day | null;
}

const moves: Readonly<Record<IntroductionState, readonly IntroductionState[]>> = {
  asked: ['accepted', 'declined', 'expired', 'withdrawn', 'could-not-be-sent'],
  'could-not-be-sent': ['asked', 'withdrawn'],
  accepted: [],
  declined: [],
  expired: [],
  withdrawn: [],
};

/** What was accepted, declined, withdrawn or ran out stays so. */
export const mayMove = (from: IntroductionState, to: IntroductionState): boolean =>
  moves[from].includes(to);

/** The last day on which it can be answered. */
export const lastDayToAnswer = ({ askedOn }: Pick<IntroductionFacts, 'askedOn'>): Day =>
  addDays(askedOn, expiryDays);

/** The state as it is on that day, whether or not anybody has noted yet that it ran out. */
export const stateOn = (
  facts: Pick<IntroductionFacts, 'state' | 'askedOn'>,
  today: Day,
): IntroductionState =>
  facts.state === 'asked' && today > lastDayToAnswer(facts) ? 'expired' : facts.state;

/** What time asks for: to let it end, to remind once, or nothing. */
export function dueStep(
  facts: Pick<IntroductionFacts, 'state' | 'askedOn' | 'remindedOn'>,
  today: Day,
): 'expire' | 'remind' | null {
  if (facts.state !== 'asked') return null;
  if (stateOn(facts, today) === 'expired') return 'expire';
  const isTime = today >= addDays(facts.askedOn, reminderDays);
  return isTime && facts.remindedOn === null ? 'remind' : null;
}

/** Who asks: what a person may speak for. */
export interface Asker {
  readonly staff: boolean;
  readonly partners: readonly string[];
  readonly groups: readonly string[];
}

export interface Pair {
  readonly partner: string;
  readonly group: string;
}

/** The sides of a pair for which somebody speaks as their own; staff speak for others. */
export const ownSides = (asker: Asker, { partner, group }: Pair): readonly Side[] => [
  ...(asker.partners.includes(partner) ? (['partner'] as const) : []),
  ...(asker.groups.includes(group) ? (['group'] as const) : []),
];

/** The sides in whose name somebody may ask. Nobody is introduced to themselves. */
export function askingSides(asker: Asker, pair: Pair): readonly Side[] {
  const own = ownSides(asker, pair);
  if (own.length === 1) return own;
  return asker.staff && own.length === 0 ? sides : [];
}

/** Why an introduction is not asked for; `on` is the day from which it may be. */
export type Refusal =
  | { readonly kind: 'not-theirs' }
  | { readonly kind: 'both-theirs' }
  | { readonly kind: 'open'; readonly from: Side }
  | { readonly kind: 'introduced'; readonly since: Day }
  | { readonly kind: 'resting'; readonly on: Day }
  | { readonly kind: 'person-limit' }
  | { readonly kind: 'recipient-limit'; readonly on: Day };

/** The first day after the last of so many asks left the last seven days. */
const weekEnds = (days: readonly Day[]): Day => addDays([...days].sort().at(-mostPerWeek) ?? '', 7);

const isOf = (pair: Pair) => (one: Pair) =>
  one.partner === pair.partner && one.group === pair.group;

/**
 * Null when this person may ask today.
 * @param history every earlier introduction of the pair, of the person today, and of the other side this week
 */
export function refusalOf(
  ask: Pair & { readonly from: Side; readonly by: string; readonly asker: Asker },
  history: readonly IntroductionFacts[],
  today: Day,
): Refusal | null {
  if (ownSides(ask.asker, ask).length > 1) return { kind: 'both-theirs' };
  if (!askingSides(ask.asker, ask).includes(ask.from)) return { kind: 'not-theirs' };
  return pairRefusal(ask, history.filter(isOf(ask)), today) ?? limitRefusal(ask, history, today);
}

function pairRefusal(
  ask: { readonly from: Side },
  history: readonly IntroductionFacts[],
  today: Day,
): Refusal | null {
  const open = history.find((one) => stateOn(one, today) === 'asked');
  if (open) return { kind: 'open', from: open.from };
  const rests = history.flatMap(({ state, from, endedOn }): Refusal[] => {
    if (endedOn === null) return [];
    const on = addMonths(endedOn, restMonths);
    if (on <= today) return [];
    if (state === 'accepted') return [{ kind: 'introduced', since: endedOn }];
    // Whoever declined may think otherwise at any time, and ask.
    return state === 'declined' && from === ask.from ? [{ kind: 'resting', on }] : [];
  });
  return rests[0] ?? null;
}

function limitRefusal(
  ask: Pair & { readonly from: Side; readonly by: string },
  history: readonly IntroductionFacts[],
  today: Day,
): Refusal | null {
  const byPerson = history.filter(({ by, askedOn }) => by === ask.by && askedOn === today);
  if (byPerson.length >= mostPerDay) return { kind: 'person-limit' };
  const asked = otherSide(ask.from);
  const ofRecipient = history.filter(
    (one) =>
      one.from === ask.from &&
      one[asked] === ask[asked] &&
      one.state !== 'could-not-be-sent' &&
      one.askedOn > addDays(today, -7),
  );
  return ofRecipient.length >= mostPerWeek
    ? { kind: 'recipient-limit', on: weekEnds(ofRecipient.map(({ askedOn }) => askedOn)) }
    : null;
}

/** Addresses are exchanged when both agree, so none stands in what is written before. */
export const holdsAddress = (text: string): boolean =>
  /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/.test(text);
