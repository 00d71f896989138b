// Which groups fit a partner, which partners fit a group, and what fits in a city: `/api/v1/matches`.
// Scores and reasons are those of the pages.
import { z } from 'zod';
import {
  type MatchEntry,
  type Matches,
  matchesOfCity,
  matchesOfGroup,
  matchesOfPartner,
} from '../../directory/matches.ts';
import { matchPartNames } from '../../domain/match.ts';
import { invalid } from '../../errors.ts';
import { partnerPath, paths } from '../../paths.ts';
import { matchReason } from '../../web/match-words.ts';
import { json, mediaTypes } from './answer.ts';
import { type Call, makeOperation, type Operation } from './operation.ts';
import { formed, whole } from './query.ts';
import * as fields from './records/fields.ts';
import { groupSchema, toGroupItem } from './records/group.ts';

const slugOf = (noun: string, gives: string) =>
  formed(/^[a-z0-9]+(-[a-z0-9]+)*$/, `must be the slug of a ${noun}`)
    .optional()
    .meta({
      description: `Slug of a ${noun}: ${gives}. One of partner, group and city is needed.`,
    });

const query = z.object({
  partner: slugOf('partner', 'the groups that fit it'),
  group: slugOf('group', 'the partners that fit it'),
  city: slugOf('city', 'each group that fits a partner there, with the one that it fits best'),
  limit: whole(1, 500).default(20).meta({ description: 'Matches given at most.' }),
});
type MatchQuery = z.output<typeof query>;

const partSchema = fields.named(
  'MatchPart',
  z.object({
    name: z.enum(matchPartNames),
    points: z.int().min(0).max(100),
    reason: z.string().meta({ description: 'Why so many points, in a sentence for people.' }),
  }),
);

const matchSchema = fields.named(
  'Match',
  z.object({
    partner: z.object({ slug: fields.slug, name: z.string(), url: fields.pageUrl }),
    group: groupSchema,
    distanceMiles: fields.miles.meta({
      description: 'Great-circle distance, to a tenth of a mile.',
    }),
    score: z
      .int()
      .min(0)
      .max(100)
      .meta({ description: 'The exact sum of the points of its parts.' }),
    parts: z.array(partSchema).meta({ description: 'Always all five, in one order.' }),
  }),
);

const listSchema = fields.named(
  'MatchList',
  z.object({
    items: z.array(matchSchema),
    total: z.int().nonnegative().meta({ description: 'Matches without the limit.' }),
    sampleData: fields.sampleData,
  }),
);

function toMatchItem(
  entry: MatchEntry,
  { directory, publicUrl }: Call,
): z.infer<typeof matchSchema> {
  const { partner, group, score, parts } = entry;
  const telling = { group, today: directory.today, listener: 'everybody' as const };
  return {
    partner: {
      slug: partner.slug,
      name: partner.name,
      url: publicUrl + partnerPath(partner.slug),
    },
    group: toGroupItem(group, publicUrl),
    distanceMiles: fields.roundMiles(entry.distanceMiles),
    score,
    parts: parts.map((part) => ({
      name: part.name,
      points: part.points,
      reason: matchReason(part, telling),
    })),
  };
}

const subjects = ['partner', 'group', 'city'] as const;

/** @throws Problem (invalid) unless exactly one of partner, group and city is given, and it is there */
function findMatches(asked: MatchQuery, { directory }: Call): Matches {
  const [subject, second] = subjects.filter((name) => asked[name] !== undefined);
  if (subject === undefined) {
    throw invalid('partner is missing: give a partner, a group or a city.', 'partner');
  }
  if (second !== undefined) {
    throw invalid(`${second} is given beside ${subject}; one of the two is meant.`, second);
  }
  const slug = asked[subject] ?? '';
  const { limit } = asked;
  if (subject === 'partner') {
    const partner = directory.findPartner(slug);
    if (partner) return matchesOfPartner(directory, partner, { limit });
  } else if (subject === 'group') {
    const group = directory.findGroup(slug);
    if (group) return matchesOfGroup(directory, group, { limit });
  } else {
    const city = directory.findCity(slug);
    if (city) return matchesOfCity(directory, city, { limit });
  }
  throw invalid(`${subject} does not know “${slug.slice(0, 40)}”.`, subject);
}

export const matchesOperation: Operation = makeOperation({
  path: paths.api.matches,
  id: 'findMatches',
  tag: 'matches',
  summary: 'Partners and groups that fit each other',
  description:
    'Best first; ties by distance, then name, then slug. Groups within twice the reach of the partner or in its city, without closed ones; former partners have none.',
  query,
  type: mediaTypes.json,
  schema: listSchema,
  problems: [400],
  answer: (asked, call) => {
    const { items, total } = findMatches(asked, call);
    return json({
      items: items.map((entry) => toMatchItem(entry, call)),
      total,
      ...fields.sampleMember(call.directory),
    } satisfies z.infer<typeof listSchema>);
  },
});
