// The groups nearest to a place: `/api/v1/near`. Closed groups are left out, as everywhere nearness is asked for.
import { z } from 'zod';
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import type { Gazetteer, Place } from '../../directory/places/places.ts';
import type { Point } from '../../domain/records.ts';
import { invalid } from '../../errors.ts';
import { paths } from '../../paths.ts';
import { type Answer, jsonText, mediaTypes, problem } from './answer.ts';
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

/** Texts kept at most per snapshot: some 20 MB. */
const mostTexts = 20_000;

/**
 * A group's JSON is the same in every answer but for the distance, which is put in place of its last bracket:
 * made once, as the bytes that are sent. As text it would be copied twice and encoded for each answer.
 */
function keepTexts(publicUrl: string): (directory: Directory) => (group: GroupEntry) => Buffer {
  const kept = new WeakMap<Directory, Map<GroupEntry, Buffer>>();
  return (directory) => {
    const texts = kept.get(directory) ?? new Map<GroupEntry, Buffer>();
    if (texts.size >= mostTexts) texts.clear();
    kept.set(directory, texts);
    return (group) => {
      let text = texts.get(group);
      if (text === undefined) {
        text = Buffer.from(JSON.stringify(toGroupItem(group, publicUrl)).slice(0, -1));
        texts.set(group, text);
      }
      return text;
    };
  };
}

/** Letters of the longest distance and its name, with some to spare. */
const distanceRoom = 50;

/** Puts the bytes of an answer together in one place, without a copy of their own for the distances. */
function join(
  open: string,
  items: readonly { readonly text: Buffer; readonly miles: number }[],
  close: string,
): Buffer {
  const room = items.reduce((sum, { text }) => sum + text.length + distanceRoom, 0);
  const bytes = Buffer.allocUnsafe(Buffer.byteLength(open) + room + Buffer.byteLength(close));
  let at = bytes.write(open);
  for (const [number, { text, miles }] of items.entries()) {
    if (number > 0) at += bytes.write(',', at);
    at += text.copy(bytes, at);
    at += bytes.write(`,"distanceMiles":${miles}}`, at, 'latin1');
  }
  at += bytes.write(close, at);
  return bytes.subarray(0, at);
}

/** @param publicUrl the site's address, without a slash at the end */
export function nearOperation(publicUrl: string): Operation {
  const textsOf = keepTexts(publicUrl);

  const answerNear = (asked: NearQuery, call: Call): Answer => {
    const { directory } = call;
    const point = findPoint(asked, call.places);
    if ('typed' in point) return sayUnknown(point, call.address);
    const { within, limit } = asked;
    const found = directory.nearestGroups(point, { withinMiles: within, limit });
    const textOf = textsOf(directory);
    const items = found.map(({ group, distanceMiles }) => ({
      text: textOf(group),
      miles: fields.roundMiles(distanceMiles),
    }));
    const total = found.length < limit ? found.length : directory.countGroups(point, within);
    const place = JSON.stringify({ name: point.name, lat: point.lat, lng: point.lng });
    const sample = directory.sampleData ? ',"sampleData":true' : '';
    return jsonText(join(`{"place":${place},"items":[`, items, `],"total":${total}${sample}}`));
  };

  return makeOperation({
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
}
