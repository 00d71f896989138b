// Places for typing ahead: `/api/v1/places?q=`. What a whole place name means is `near`.
import { z } from 'zod';
import { paths } from '../../paths.ts';
import { json, mediaTypes } from './answer.ts';
import { makeOperation, type Operation } from './operation.ts';
import { text } from './query.ts';
import * as fields from './records/fields.ts';

const most = 10;

const placesSchema = fields.named(
  'PlaceList',
  z.object({
    items: z
      .array(
        z.object({
          name: z.string(),
          lat: fields.lat,
          lng: fields.lng,
          kind: z.enum(['zip', 'city', 'coordinates']),
        }),
      )
      .max(most),
  }),
);
type Items = z.infer<typeof placesSchema>['items'];

export const placesOperation: Operation = makeOperation({
  path: paths.api.places,
  id: 'completePlace',
  tag: 'near',
  summary: 'Places that begin with what was typed',
  description: `ZIP codes and cities, biggest first, at most ${most}; none where nothing was typed.`,
  query: z.object({ q: text().optional().meta({ description: 'What was typed so far.' }) }),
  type: mediaTypes.json,
  schema: placesSchema,
  problems: [400],
  answer: ({ q }, { places }) => {
    const found = q === undefined ? [] : places.complete(q, most);
    const items: Items = found.map(({ name, lat, lng, kind }) => ({ name, lat, lng, kind }));
    return json({ items });
  },
});
