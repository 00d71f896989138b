// Every address of the API in one list: routes, index and description are made from it.
import { z } from 'zod';
import { paths } from '../../paths.ts';
import { json, jsonText, mediaTypes } from './answer.ts';
import { collections } from './collections.ts';
import { matchesOperation } from './matches.ts';
import { nearOperation } from './near.ts';
import { describeApi } from './openapi.ts';
import { makeOperation, type Operation } from './operation.ts';
import { placesOperation } from './places.ts';
import * as fields from './records/fields.ts';
import { waveAnswerOperations } from './wave-answers.ts';

const indexSchema = fields.named(
  'Index',
  z.object({
    name: z.string(),
    version: z.literal('1'),
    revision: z.int().meta({ description: 'Goes up with every change of the directory.' }),
    today: z.iso.date().meta({ description: 'The day that flags are worked out for.' }),
    description: z.url(),
    documentation: z.url(),
    addresses: z.array(
      z.object({
        url: z.string().meta({ description: 'Absolute; `{slug}` stands for a record.' }),
        type: z.string(),
        summary: z.string(),
      }),
    ),
  }),
);
type Index = z.infer<typeof indexSchema>;

const anyObject = z.record(z.string(), z.unknown());
const nothing = z.object({});

/** @param publicUrl the site's address, without a slash at the end */
export function makeOperations(publicUrl: string): readonly Operation[] {
  const records = [
    ...collections.flatMap(({ operationsOf }) => operationsOf(publicUrl)),
    ...waveAnswerOperations,
    nearOperation(publicUrl),
    matchesOperation,
    placesOperation,
  ];
  const addresses = records.map(({ path, type, summary }) => ({
    url: publicUrl + path,
    type,
    summary,
  }));

  const index = makeOperation({
    path: paths.api.root,
    id: 'readIndex',
    tag: 'about',
    summary: 'What this API has',
    description: 'The addresses of the API and the revision of the directory.',
    query: nothing,
    type: mediaTypes.json,
    schema: indexSchema,
    problems: [400],
    answer: (_query, { directory }) =>
      json(
        {
          name: 'Crosswalk',
          version: '1',
          revision: directory.revision,
          today: directory.today,
          description: publicUrl + paths.api.openapi,
          documentation: publicUrl + paths.data,
          addresses,
        } satisfies Index,
        { link: `<${publicUrl}${paths.api.openapi}>; rel="service-desc"` },
      ),
  });

  let document: string | undefined;
  const description: Operation = makeOperation({
    path: paths.api.openapi,
    id: 'readDescription',
    tag: 'about',
    summary: 'This description',
    description: 'OpenAPI 3.1.',
    query: nothing,
    type: mediaTypes.json,
    schema: anyObject,
    problems: [400],
    answer: () => {
      document ??= JSON.stringify(describeApi(operations, publicUrl));
      return jsonText(document);
    },
  });

  const operations: readonly Operation[] = [index, description, ...records];
  return operations;
}
