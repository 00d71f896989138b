// The reasons of a match in sentences, said to the partner, to the group, or to anybody else.
// What counts and for how much is decided in domain/match.ts.
import type { GroupEntry } from '../directory/directory.ts';
import type { MatchPart, MatchPartName, SharedWord, Tie } from '../domain/match.ts';
import type { Level } from '../domain/words.ts';
import { formatDate, formatDistance, livenessText } from './format.ts';
import { groupPlace } from './place-words.ts';
import { formatSpan } from './span.ts';

/** Whom the sentence speaks to: `everybody` hears of "the partner" and "the group". */
export type Listener = 'partner' | 'group' | 'everybody';

export const matchPartLabels: Readonly<Record<MatchPartName, string>> = {
  distance: 'Distance',
  'shared-topics': 'Shared topics',
  'offers-meet-needs': 'Offers meet needs',
  liveness: 'Signs of life',
  'known-ties': 'Known ties',
};

export interface Telling {
  readonly group: GroupEntry;
  /** The directory's day. */
  readonly today: string;
  readonly listener: Listener;
}

interface Side {
  /** "the partner", "you", "they". */
  readonly name: string;
  readonly whose: string;
  /** Whether its verbs end in s. */
  readonly isOne: boolean;
}

const sides = {
  partner: { name: 'the partner', whose: 'the partner’s', isOne: true },
  group: { name: 'the group', whose: 'the group’s', isOne: true },
  you: { name: 'you', whose: 'your', isOne: false },
  they: { name: 'they', whose: 'their', isOne: false },
} as const satisfies Record<string, Side>;

const sidesFor = (listener: Listener): { readonly partner: Side; readonly group: Side } => {
  if (listener === 'partner') return { partner: sides.you, group: sides.they };
  if (listener === 'group') return { partner: sides.they, group: sides.you };
  return { partner: sides.partner, group: sides.group };
};

const list = new Intl.ListFormat('en-GB');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const verb = ({ name, isOne }: Side, one: string, many: string): string =>
  `${name} ${isOne ? one : many}`;

/** "on 12 March 2026", "in March 2026". */
const when = (date: string): string => `${date.length === 10 ? 'on' : 'in'} ${formatDate(date)}`;

/** "4 miles", as the places' centres are apart; below a mile that says nothing. */
const milesApart = (miles: number, country: string): string =>
  miles < 1 ? 'Less than a mile apart' : `${formatDistance(miles, country)} apart`;

function distanceReason(
  { isSameCity, distanceMiles }: Extract<MatchPart, { name: 'distance' }>,
  { group }: Telling,
): string {
  if (isSameCity) return 'In the same city';
  const apart = milesApart(distanceMiles, group.country);
  return group.city === null
    ? `${apart}, measured to where it is listed (${groupPlace(group)})`
    : apart;
}

function relatedWords(related: readonly SharedWord[], who: ReturnType<typeof sidesFor>): string {
  const said = related.slice(0, 2).map(({ partner, group }) => {
    const begin = who.partner.isOne ? 'the partner works on' : `${who.partner.name} work on`;
    return `${begin} ${partner}, ${who.group.name} on ${group}`;
  });
  return said.join('; ');
}

function topicsReason(
  { shared, known }: Extract<MatchPart, { name: 'shared-topics' }>,
  { listener }: Telling,
): string {
  const who = sidesFor(listener);
  const same = shared.flatMap(({ partner, isSame }) => (isSame ? partner : []));
  const related = shared.filter(({ isSame }) => !isSame);
  if (same.length > 0) {
    const both = listener === 'everybody' ? 'both work on' : 'you both work on';
    const most = same.length > 5 ? [...same.slice(0, 4), `${same.length - 4} more`] : same;
    return `${both} ${list.format(most)}`;
  }
  if (related.length > 0) return relatedWords(related, who);
  if (known.ofPartner && known.ofGroup) return 'no topic that both work on is known';
  if (known.ofPartner) return `nothing is known of ${who.group.whose} topics yet`;
  if (known.ofGroup) return `nothing is known of ${who.partner.whose} topics yet`;
  return 'nothing is known of either’s topics yet';
}

function needsReason(
  { met, known }: Extract<MatchPart, { name: 'offers-meet-needs' }>,
  { listener }: Telling,
): string {
  const { partner, group } = sidesFor(listener);
  if (met.length > 0) {
    const offers = list.format([...new Set(met.map(({ offer }) => offer))].slice(0, 4));
    const needs = list.format([...new Set(met.map(({ need }) => need))].slice(0, 4));
    return `${verb(partner, 'offers', 'offer')} ${offers}; ${verb(group, 'looks', 'look')} for ${needs}`;
  }
  const offered = `what ${verb(partner, 'offers', 'offer')}`;
  const needed = `what ${verb(group, 'needs', 'need')}`;
  if (known.ofPartner && known.ofGroup) return `${offered} is not ${needed}, as far as is known`;
  if (known.ofPartner) return `nothing is known of ${needed} yet`;
  if (known.ofGroup) return `nothing is known of ${offered} yet`;
  return 'nothing is known of offers and needs yet';
}

const tieVerbs: Readonly<Record<Level, readonly [one: string, many: string]>> = {
  leads: ['leads', 'lead'],
  led: ['has led', 'have led'],
  extensive: ['works closely with', 'work closely with'],
  some: ['has some contact with', 'have some contact with'],
  none: ['has no contact with', 'have no contact with'],
  unaware: ['knew nothing of', 'knew nothing of'],
};

/** The group as the object of a sentence. */
const objects: Readonly<Record<Listener, string>> = {
  partner: 'them',
  group: 'you',
  everybody: 'the group',
};

const groupAsPlace: Readonly<Record<Listener, string>> = { ...objects, group: 'your group' };

function tieReason(tie: Tie, { today, listener }: Telling): string {
  const { partner } = sidesFor(listener);
  const object = objects[listener];
  if (tie.kind === 'collaboration') {
    return `worked together on “${tie.title}”, ${formatSpan(tie.from, tie.to)}`;
  }
  if (tie.kind === 'convening') {
    const { name, start, end } = tie;
    const isOneDate = end === null || end === start;
    const date = isOneDate ? when(start) : formatSpan(start, end);
    if ((end ?? start) > today) return `both go to ${name}, ${date}`;
    return isOneDate ? `met ${date} at ${name}` : `met at ${name}, ${date}`;
  }
  if (tie.gave.includes('staff-member')) {
    const staff = `one of ${partner.whose} staff is active`;
    return `${staff} ${listener === 'partner' ? 'with' : 'in'} ${groupAsPlace[listener]}, reported ${when(tie.date)}`;
  }
  const [one, many] = tieVerbs[tie.level];
  return `${verb(partner, one, many)} ${object}, reported ${when(tie.date)}`;
}

/** The newest of each kind. */
function tiesReason(
  { ties }: Extract<MatchPart, { name: 'known-ties' }>,
  telling: Telling,
): string {
  const newest = new Map<Tie['kind'], Tie>();
  for (const tie of ties) if (!newest.has(tie.kind)) newest.set(tie.kind, tie);
  const said = [...newest.values()].map((tie) => tieReason(tie, telling));
  if (said.length > 0) return said.join('; ');
  return telling.listener === 'everybody'
    ? 'nothing is known of them having met'
    : 'nothing is known of you having met';
}

/** Why a part has its points: a sentence with a capital and without a full stop. */
export function matchReason(part: MatchPart, telling: Telling): string {
  if (part.name === 'distance') return capital(distanceReason(part, telling));
  if (part.name === 'shared-topics') return capital(topicsReason(part, telling));
  if (part.name === 'offers-meet-needs') return capital(needsReason(part, telling));
  if (part.name === 'liveness') return capital(livenessText(telling.group, telling.today));
  return capital(tiesReason(part, telling));
}
