// The words and rules of the directory, explained with the numbers that this one runs with.
// The rules themselves are in server/domain; a change there is a change here.
import type { Directory } from '../../directory/directory.ts';
import {
  type MatchPartName,
  matchPartNames,
  matchWeights,
  mostPoints,
} from '../../domain/match.ts';
import { topics } from '../../domain/topics.ts';
import { type Flag, flags, gapFlags, type LivenessState } from '../../domain/words.ts';
import { paths, withQuery } from '../../paths.ts';
import { flagLabel, formatCount, livenessLabel } from '../../web/format.ts';
import { matchPartLabels } from '../../web/match-words.ts';
import type { PageHead } from '../../web/render.ts';

export interface AboutPage {
  readonly head: PageHead;
  readonly reach: string;
  readonly fresh: string;
  readonly flags: readonly {
    readonly flag: Flag;
    readonly label: string;
    readonly meaning: string;
    readonly isGap: boolean;
    /** "30 of 33", as a link to these cities. */
    readonly count: string;
    readonly href: string;
  }[];
  readonly liveness: readonly {
    readonly state: LivenessState;
    readonly label: string;
    readonly meaning: string;
  }[];
  /** The parts of a match, from the constants of the rule. */
  readonly match: readonly {
    readonly name: MatchPartName;
    readonly label: string;
    readonly most: number;
    readonly meaning: string;
  }[];
  /** The list of topics, each wider one with its narrower ones. */
  readonly topics: readonly { readonly label: string; readonly narrower: string }[];
  readonly counts: {
    readonly partners: string;
    readonly groups: string;
    readonly partnerCities: string;
  };
}

interface AboutSettings {
  readonly reachMiles: number;
  readonly freshMonths: number;
}

export function aboutPage(directory: Directory, settings: AboutSettings): AboutPage {
  const noPartner = directory.cities.filter((city) => city.flag === 'no-partner').length;
  return {
    head: {
      title: 'About Crosswalk and its rules',
      description:
        'What Crosswalk is, who it is for, what each flag of a city means, and by which rules it is chosen.',
      canonical: paths.about,
      section: 'about',
      structuredData: null,
    },
    reach: formatCount(settings.reachMiles, 'mile', 'miles'),
    fresh: formatCount(settings.freshMonths, 'month', 'months'),
    flags: flags.map((flag) => ({
      flag,
      label: flagLabel(flag),
      meaning: flagMeanings[flag],
      isGap: gapFlags.some((gap) => gap === flag),
      count:
        flag === 'no-partner'
          ? `${noPartner} more`
          : `${directory.flagCounts[flag]} of ${directory.partnerCityCount}`,
      href: withQuery(paths.home, { flag, show: flag === 'no-partner' ? 'all' : null }),
    })),
    liveness: livenessRows.map(({ state, meaning }) => ({
      state,
      label: livenessLabel(state),
      meaning,
    })),
    match: matchPartNames.map((name) => ({
      name,
      label: matchPartLabels[name],
      most: mostPoints[name],
      meaning: matchMeanings[name],
    })),
    topics: topicList,
    counts: {
      partners: formatCount(directory.partners.length, 'NNIP partner', 'NNIP partners'),
      groups: formatCount(directory.groups.length, 'civic tech group', 'civic tech groups'),
      partnerCities: formatCount(directory.partnerCityCount, 'partner city', 'partner cities'),
    },
  };
}

const { distance, distanceReaches, sharedTopics, offersMeetNeeds, liveness, knownTies } =
  matchWeights;
const half = matchWeights.related === 0.5 ? 'half' : `${matchWeights.related} times`;
const numbers = (some: readonly number[]): string =>
  new Intl.ListFormat('en-GB').format(some.map(String));
const times = distanceReaches === 2 ? 'twice' : `${distanceReaches} times`;

/** The rule of server/domain/match.ts in plain words, with its numbers. */
const matchMeanings: Readonly<Record<MatchPartName, string>> = {
  distance: `${distance} in the same city; elsewhere it falls evenly with the distance, to 0 at ${times} the reach of the partner. What is farther is not matched.`,
  'shared-topics': `For the first topic that both have, the second and so on: ${numbers(sharedTopics)}. A wider topic and a narrower one, such as housing and eviction, count ${half} as much. One more topic never lowers the score.`,
  'offers-meet-needs': `For the first need of the group that the partner’s offers meet, the second and the third: ${numbers(offersMeetNeeds)}. A wider offer for a narrower need, such as data for parcel data, counts ${half} as much.`,
  liveness: `${liveness.live} for a live group, ${liveness.quiet} for a quiet one, ${liveness['no-signal']} where no sign of life is known. Closed groups are not matched.`,
  'known-ties': `${knownTies.report} for a report of the partner about the group that the group does not dispute, ${knownTies.collaboration} for a collaboration, ${knownTies.convening} for an event where both were; together at most ${knownTies.most}.`,
};

const topicList: AboutPage['topics'] = topics.terms
  .filter(({ parent }) => parent === null)
  .map(({ slug, label }) => ({
    label,
    narrower: topics.terms
      .filter(({ parent }) => parent === slug)
      .map((term) => term.label)
      .join(', '),
  }));

/** Section 2 of the design in plain words. */
const flagMeanings: Readonly<Record<Flag, string>> = {
  leads: 'A partner told us that it leads a group, or has led one.',
  extensive: 'A partner told us that it works closely with a group.',
  some: 'A partner told us that it has some contact with a group.',
  'no-contact': 'The partner told us that it has no contact with any group.',
  'not-aware': 'The partner told us that it knows of no group nearby.',
  'no-group': 'No recent report, and no group that is not closed within reach of the partner.',
  dormant: 'No recent report, and every group within reach is quiet or closed.',
  'not-reported': 'There is a group within reach, and the partner has not told us yet.',
  'no-partner': 'There are groups, but no NNIP partner. Shown on request.',
};

const livenessRows: readonly { readonly state: LivenessState; readonly meaning: string }[] = [
  {
    state: 'live',
    meaning:
      'A sign of life within 12 months: a meeting held or announced, code published, a website that answers, or a person who confirmed it.',
  },
  {
    state: 'quiet',
    meaning: 'Only older signs, or the list it stands in marks it as inactive.',
  },
  {
    state: 'no-signal',
    meaning:
      'Nothing is known. Standing in a list is not a sign of life; we show when it was listed and that nobody has checked since.',
  },
  {
    state: 'closed',
    meaning:
      'A person told us, or two requests to confirm went without an answer. Any new sign of life opens it again.',
  },
];
