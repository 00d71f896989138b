// The groups nearest to a place: `/api/v1/near`. Closed groups are left out, as everywhere nearness is asked for.
import { z } from 'zod';
import type { Gazetteer, Place } from '../../directory/places/places.ts';
import type { Point } from '../../domain/records.ts';
import { invalid } from '../../errors.ts';
import { paths } from '../../paths.ts';
import { type Answer, json, mediaTypes, problem } from './answer.ts';
import { type Call, makeOperation, type Operation } from './operation.ts';
import { number, text, whole } from './query.ts';
import * as fields from './records/fields.ts';
import { groupSchema, toGroupItem } from './records/group.ts';

const query = z.object({
  place: text().optional().meta({
    description:
      'A ZIP code, "city, state", "city, country" or "lat, lng". Of several places of one name, the biggest.',
  }),
  lat: number(-90, 90).optional().meta({ description: 'With `lng`, in place of `place`.' }),
  lng: number(-180, 180).optional().meta({ description: 'With `lat`, in place of `place`.' }),
  within: number(0.1, 3000, 'miles').default(50).meta({ description: 'Miles around the place.' }),
  limit: whole(1, 500).default(20).meta({ description: 'Groups given at most.' }),
});
type NearQuery = z.output<typeof query>;

const nearSchema = fields.named(
  'Near',
  z.object({
    place: z.object({
      name: z.string().meta({ description: 'The place that was understood.' }),
      lat: fields.lat,
      lng: fields.lng,
    }),
    items: z.array(
      groupSchema.extend({
        distanceMiles: fields.miles.meta({
          description: 'Great-circle distance, to a tenth of a mile.',
        }),
      }),
    ),
    total: z.int().nonnegative().meta({ description: 'Groups within the distance.' }),
    sampleData: fields.sampleData,
  }),
);
type NamedPoint = Point & { readonly name: string };

/**
 * The point asked for, or what the gazetteer says of a place that it does not know.
 * @throws Problem (invalid) unless exactly one of place and coordinates is given
 */
function findPoint({ place, lat, lng }: NearQuery, places: Gazetteer): NamedPoint | UnknownPlace {
  if (place !== undefined) {
    if (lat !== undefined || lng !== undefined) {
      throw invalid('place is given beside lat and lng; one of the two is meant.', 'place');
    }
    const answer = places.find(place);
    return answer.kind === 'found' ? answer.place : { typed: place, ...answer };
  }
  if (lat === undefined && lng === undefined) {
    throw invalid('place is missing: give a place, or lat and lng.', 'place');
  }
  if (lat === undefined) throw invalid('lat is missing beside lng.', 'lat');
  if (lng === undefined) throw invalid('lng is missing beside lat.', 'lng');
  return { name: `${lat}, ${lng}`, lat, lng };
}

interface UnknownPlace {
  readonly typed: string;
  /** Near spellings, best first. */
  readonly suggestions: readonly Place[];
}

function sayUnknown({ typed, suggestions }: UnknownPlace, address: string): Answer {
  const names = suggestions.map(({ name }) => name);
  const perhaps =
    names.length === 0
      ? 'Try a ZIP code, or a city with its state or country.'
      : `Perhaps ${names.slice(0, 3).join(', or ')}?`;
  const detail = `We know no place called “${typed}”. ${perhaps}`;
  return problem({ status: 404, detail, field: 'place', suggestions: names }, address);
}

function answerNear(asked: NearQuery, call: Call): Answer {
  const point = findPoint(asked, call.places);
  if ('typed' in point) return sayUnknown(point, call.address);
  const near = call.directory.nearestGroups(point, { withinMiles: asked.within });
  const items: z.infer<typeof nearSchema>['items'] = near
    .slice(0, asked.limit)
    .map(({ group, distanceMiles }) => ({
      ...toGroupItem(group, call.publicUrl),
      distanceMiles: fields.roundMiles(distanceMiles),
    }));
  const { name, lat, lng } = point;
  return json({
    place: { name, lat, lng },
    items,
    total: near.length,
    ...fields.sampleMember(call.directory),
  });
}

export const nearOperation: Operation = makeOperation({
  path: paths.api.near,
  id: 'findNear',
  tag: 'near',
  summary: 'The groups nearest to a place',
  description:
    'Groups that are not closed, nearest first; ties by name. A place that nobody knows is a 404 with suggestions.',
  query,
  type: mediaTypes.json,
  schema: nearSchema,
  problems: [400, 404],
  answer: answerNear,
});
