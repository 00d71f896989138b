// GeoJSON, RFC 7946: longitude first, one feature for each record, its properties flat as map programs want them.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Point } from '../../domain/records.ts';
import { type Answer, mediaTypes } from './answer.ts';
import { lat, lng, sampleData as sampleDataField } from './records/fields.ts';

/** The schema of a collection of features whose properties have the given schema. */
export const featuresOf = (properties: z.ZodType) =>
  z.object({
    type: z.literal('FeatureCollection'),
    sampleData: sampleDataField,
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string().meta({ description: 'The slug.' }),
        geometry: z.object({
          type: z.literal('Point'),
          coordinates: z.tuple([lng, lat]).meta({ description: 'Longitude first.' }),
        }),
        properties,
      }),
    ),
  });

export const toFeatureText = (point: Point & { readonly slug: string }, properties: object) =>
  JSON.stringify({
    type: 'Feature',
    id: point.slug,
    geometry: { type: 'Point', coordinates: [point.lng, point.lat] },
    properties,
  });

export const toFeaturesText = (
  { sampleData }: Pick<Directory, 'sampleData'>,
  features: readonly string[],
): string =>
  `{"type":"FeatureCollection",${sampleData ? '"sampleData":true,' : ''}"features":[${features.join(',')}]}`;

export const geojsonAnswer = (
  directory: Pick<Directory, 'sampleData'>,
  features: readonly string[],
): Answer => ({
  status: 200,
  type: mediaTypes.geojson,
  body: toFeaturesText(directory, features),
  headers: {},
});
