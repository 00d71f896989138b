// What stands beside a group's form for its organizers and staff: the buttons, and for staff what was asked and heard.
import type { GroupEntry } from '../../directory/directory.ts';
import type { RequestState, Withdrawal } from '../../domain/still-here.ts';
import { groupConfirmPath, groupReturnPath, groupStopPath, mergeGroupsPath } from '../../paths.ts';
import type { Confirmation } from '../../store/confirmations.ts';
import type { GroupReturn } from '../../store/group-returns.ts';
import { formatDate } from '../../web/format.ts';
import { groupPlace } from '../../web/place-words.ts';

export interface OwnView {
  readonly title: string;
  readonly confirm: { readonly action: string; readonly button: string };
  /** Null for a group that is closed already. */
  readonly stop: string | null;
  /** For staff alone; null for organizers. */
  readonly history: readonly HistoryLine[] | null;
  /** For staff alone: records that may be the same group, and where the two are merged. */
  readonly doubles: readonly {
    readonly name: string;
    readonly place: string;
    readonly merge: string;
  }[];
}

export interface HistoryLine {
  readonly date: string;
  readonly text: string;
  /** What staff may do about it; null where nothing waits for them. */
  readonly look: {
    readonly action: string;
    readonly keep: string;
    readonly undo: string;
  } | null;
}

export function ownView(
  group: GroupEntry,
  known: {
    readonly requests: readonly Confirmation[];
    readonly returns: readonly GroupReturn[];
    readonly doubles: readonly GroupEntry[];
  } | null,
): OwnView {
  const isClosed = group.liveness.state === 'closed';
  return {
    title: isClosed ? 'Is the group active again?' : 'Is the group still active?',
    confirm: {
      action: groupConfirmPath(group.slug),
      button: isClosed ? 'Yes, bring it back' : 'Yes, it is still active',
    },
    stop: isClosed ? null : groupStopPath(group.slug),
    history: known && historyOf(known.requests, known.returns),
    doubles: (known?.doubles ?? []).map((other) => ({
      name: other.name,
      place: groupPlace(other),
      merge: mergeGroupsPath(group.slug, other.slug),
    })),
  };
}

const withdrawn: Readonly<Record<Withdrawal, string>> = {
  alive: 'no answer came, but a sign of life did',
  unreachable: 'the question reached nobody',
  closed: 'the group was closed meanwhile',
};
const became: Readonly<Record<RequestState, string>> = {
  asked: 'no answer yet',
  reminded: 'reminded, no answer yet',
  confirmed: 'still active',
  changed: 'brought up to date',
  stopped: 'has stopped',
  missed: 'not answered',
  withdrawn: 'no answer needed',
};

export const requestText = ({ state, why, closedGroup }: Confirmation): string =>
  `${(state === 'withdrawn' && why ? withdrawn[why] : null) ?? became[state]}${closedGroup ? ', which closed the group' : ''}`;

const day = (stamp: string): string => formatDate(stamp.slice(0, 10));

function historyOf(
  requests: readonly Confirmation[],
  returns: readonly GroupReturn[],
): readonly HistoryLine[] {
  const asked = requests.map((request) => ({
    at: request.askedAt,
    date: day(request.askedAt),
    text: `Asked whether it is still there: ${requestText(request)}.`,
    look: null,
  }));
  const came = returns.flatMap((one) =>
    one.usedAt === null
      ? []
      : [{ at: one.usedAt, date: day(one.usedAt), text: returnText(one), look: lookAt(one) }],
  );
  return [...asked, ...came]
    .sort((one, other) => (one.at < other.at ? 1 : -1))
    .map(({ date, text, look }) => ({ date, text, look }));
}

function returnText({ state, known, address }: GroupReturn): string {
  const who = known ? 'one of its known addresses' : 'somebody whose address we did not know';
  const from = address === null ? '' : ` (${address})`;
  if (state === 'waiting') return `Said to be active again by ${who}${from}. It waits for you.`;
  return state === 'undone'
    ? `Brought back by ${who}${from}; undone by staff.`
    : `Brought back by ${who}${from}.`;
}

const lookAt = ({ id, state, seenAt }: GroupReturn): HistoryLine['look'] =>
  seenAt !== null
    ? null
    : {
        action: groupReturnPath(id),
        keep: state === 'waiting' ? 'Bring it back' : 'That is right',
        undo: state === 'waiting' ? 'Leave it closed' : 'Undo: it is closed',
      };
