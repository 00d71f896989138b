// What the answer of one source tells: signs, days of meetings, other sources. Parsing is left to sources/.
// What strangers wrote is parsed under a limit of time.
import type { Day } from '../domain/dates.ts';
import type { Group, Sign } from '../domain/records.ts';
import {
  eventSigns,
  isTrustedDay,
  keepDays,
  nextPageMark,
  type PageMark,
  websiteDay,
} from '../domain/signs.ts';
import type { CheckOutcome, CheckSource } from '../domain/words.ts';
import type { Fetched } from '../outside/answer.ts';
import type { Lead } from '../store/group-checks.ts';
import { siteOf } from './site-of.ts';
import { isCalendar, readCalendar } from './sources/calendar.ts';
import { readCode } from './sources/code.ts';
import { readFeed } from './sources/feed.ts';
import { readPage } from './sources/page.ts';
import { withinTime } from './within-time.ts';

/** How a sign names its source, after "said by". */
export const sourceWords: Readonly<Record<CheckSource, string>> = {
  calendar: 'its calendar',
  meetup: 'its Meetup page',
  'events-page': 'its events page',
  feed: 'its news feed',
  code: 'its GitHub page',
  website: 'its website',
};

export interface SourceRead {
  readonly outcome: CheckOutcome;
  readonly words: string;
  readonly signs: readonly Sign[];
  readonly days: readonly Day[];
  readonly page: PageMark | null;
  readonly leads: readonly Lead[];
}

export interface Known {
  readonly days: readonly Day[];
  readonly page: PageMark | null;
}

export interface Subject {
  readonly group: Group;
  readonly source: CheckSource;
  /** As the record or another source names it. */
  readonly address: string;
  readonly today: Day;
}

const longestParsing = 1_500;

const unreadable = (words: string, { days, page }: Known): SourceRead => ({
  outcome: 'unreadable',
  words,
  signs: [],
  days,
  page,
  leads: [],
});

const unreadableWords: Readonly<Record<CheckSource, string>> = {
  calendar: 'it is not a calendar that can be read',
  meetup: 'it is not a calendar that can be read',
  'events-page': 'it is not a page that can be read',
  feed: 'it is not a feed that can be read',
  code: 'its answer cannot be read',
  website: 'it is not a page that can be read',
};

/** Never throws for what the text says. */
export function readSource(subject: Subject, answer: Fetched, known: Known): SourceRead {
  try {
    return withinTime(longestParsing, () => readAs(subject, answer, known));
  } catch {
    return unreadable(unreadableWords[subject.source], known);
  }
}

function readAs(subject: Subject, answer: Fetched, known: Known): SourceRead {
  if (isCalendar(answer.text)) return fromCalendar(subject, answer, known);
  switch (subject.source) {
    case 'calendar':
      return fromCalendar(subject, answer, known);
    case 'meetup':
    case 'feed':
      return fromFeed(subject, answer, known);
    case 'code':
      return /^\s*[[{]/.test(answer.text)
        ? fromCode(subject, answer, known)
        : fromFeed(subject, answer, known);
    case 'events-page':
    case 'website':
      return fromPage(subject, answer, known);
  }
}

const withSigns = (
  signs: readonly Sign[],
  rest: Omit<SourceRead, 'outcome' | 'words' | 'signs'>,
): SourceRead => ({ outcome: signs.length > 0 ? 'signs' : 'no-sign', words: '', signs, ...rest });

/** The signs of days of meetings that are known already. */
export const signsOfDays = (subject: Subject, days: readonly Day[]): Sign[] =>
  eventSigns(days, subject.today, {
    source: sourceWords[subject.source],
    url: pageFor(subject),
  });

/** Where a person sees what the source says. */
function pageFor({ group, source, address }: Subject): string {
  if (source !== 'meetup') return address;
  return group.eventsUrl?.includes('meetup.com') ? group.eventsUrl : (group.website ?? address);
}

function fromCalendar(subject: Subject, { text }: Fetched, known: Known): SourceRead {
  const { today, group } = subject;
  const days = keepDays(readCalendar(text, { today, lng: group.lng }), known.days, today);
  return withSigns(signsOfDays(subject, days), { days, page: null, leads: [] });
}

function fromFeed(subject: Subject, { text }: Fetched, { days, page }: Known): SourceRead {
  const newest = readFeed(text, subject.today);
  const kind = subject.source === 'code' ? 'last-push' : 'last-post';
  const signs: Sign[] = newest
    ? [
        {
          kind,
          date: newest.day,
          source: sourceWords[subject.source],
          url: newest.url ?? pageFor(subject),
        },
      ]
    : [];
  return withSigns(signs, { days, page, leads: [] });
}

function fromCode(subject: Subject, { text }: Fetched, { days, page }: Known): SourceRead {
  const push = readCode(text, subject.today);
  const signs: Sign[] = push
    ? [{ kind: 'last-push', date: push.day, source: sourceWords.code, url: push.url }]
    : [];
  return withSigns(signs, { days, page, leads: [] });
}

function fromPage(subject: Subject, answer: Fetched, known: Known): SourceRead {
  const { source, group, today, address } = subject;
  const from = new URL(address).hostname;
  const to = new URL(answer.address).hostname;
  const nothing = { signs: [], leads: [], days: known.days, page: known.page };
  if (siteOf(from) !== siteOf(to)) {
    return { ...nothing, outcome: 'moved', words: `it leads to ${to} now` };
  }
  const read = readPage(answer.text, answer.address);
  if (read.isParked) {
    return {
      ...nothing,
      outcome: 'parked',
      words: 'nobody but a host or a seller of names is there',
    };
  }
  const days = keepDays(read.eventDays, known.days, today);
  const leads = leadsOf(read);
  const events = signsOfDays(subject, days);
  if (source !== 'website') return withSigns(events, { days, page: null, leads });

  const isTheirs = read.names([group.name, ...group.previousNames]);
  const changed = isTheirs
    ? websiteDay(known.page, { mark: read.mark, changed: changedOn(answer, today) }, today)
    : null;
  const signs: Sign[] = changed
    ? [{ kind: 'website-answers', date: changed, source: sourceWords.website, url: answer.address }]
    : [];
  return {
    ...withSigns([...events, ...signs], {
      days,
      page: nextPageMark(known.page, read.mark, today),
      leads: isTheirs ? leads : [],
    }),
    words: isTheirs ? '' : 'it answers, but does not name the group',
  };
}

function leadsOf({
  feeds,
  calendars,
}: {
  readonly feeds: readonly string[];
  readonly calendars: readonly string[];
}): Lead[] {
  return [
    ...calendars.slice(0, 1).map((address) => ({ source: 'calendar' as const, address })),
    ...feeds.slice(0, 1).map((address) => ({ source: 'feed' as const, address })),
  ];
}

function changedOn({ validators }: Fetched, today: Day): Day | null {
  const moment = new Date(validators?.lastModified ?? '');
  if (Number.isNaN(moment.getTime())) return null;
  const day = moment.toISOString().slice(0, 10);
  return isTrustedDay(day, today) ? day : null;
}
