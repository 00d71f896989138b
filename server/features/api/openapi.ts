// The description of the API, OpenAPI 3.1, made from the same table that answers requests,
// so that the two cannot disagree.
import { z } from 'zod';
import { mediaTypes } from './answer.ts';
import type { Operation } from './operation.ts';
import { components, named } from './records/fields.ts';

type Json = Readonly<Record<string, unknown>>;

named(
  'Problem',
  z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string().meta({ description: 'What is wrong, in words for people.' }),
      instance: z.string().meta({ format: 'uri-reference' }),
      field: z.string().optional().meta({ description: 'The parameter that is wrong.' }),
      reference: z.string().optional().meta({ description: 'Of an error that is ours.' }),
      suggestions: z
        .array(z.string())
        .optional()
        .meta({ description: 'Places that were perhaps meant.' }),
    })
    .meta({ description: 'RFC 9457 problem details.' }),
);

const refTo = (id: string): string => `#/components/schemas/${id}`;

/** JSON Schema without the two members that have no place inside a description. */
function bare({ $schema: _dialect, $id: _id, ...schema }: Json): Json {
  return schema;
}

function describeSchemas(): Json {
  const { schemas } = z.toJSONSchema(components, { uri: refTo });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, bare(schema as Json)]),
  );
}

function describeQuery(query: z.ZodObject): readonly Json[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...rest } = bare(z.toJSONSchema(schema as z.ZodType) as Json);
    const required = !(schema as z.ZodType).safeParse(undefined).success;
    return {
      name,
      in: 'query',
      required,
      ...(description === undefined ? {} : { description }),
      ...(rest['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: rest,
    };
  });
}

const slugParameter: Json = {
  name: 'slug',
  in: 'path',
  required: true,
  description: 'The slug of the record.',
  schema: { type: 'string' },
};

const headers: Json = {
  ETag: {
    description: 'Changes with the directory; send it as If-None-Match.',
    schema: { type: 'string' },
  },
  'Crosswalk-Revision': {
    description: 'The revision of the directory that the whole answer is made from.',
    schema: { type: 'integer' },
  },
  'Crosswalk-Sample-Data': {
    description: '`true` where the data is invented, so that everything can be tried; else absent.',
    schema: { const: 'true' },
  },
};

const reasons: Readonly<Record<number, string>> = {
  400: 'The query is wrong; `field` names the parameter.',
  404: 'There is no such record or place.',
};

function describeProblem(description: string): Json {
  return { description, content: { [mediaTypes.problem]: { schema: { $ref: refTo('Problem') } } } };
}

function describeOperation(operation: Operation): Json {
  const id = operation.schema && components.get(operation.schema)?.id;
  const schema = id ? { $ref: refTo(id) } : { type: operation.schema ? 'object' : 'string' };
  const takesSlug = operation.path.includes('{slug}');
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    parameters: [...(takesSlug ? [slugParameter] : []), ...describeQuery(operation.query)],
    responses: {
      200: { description: 'The answer.', headers, content: { [operation.type]: { schema } } },
      304: { description: 'You have this answer already.' },
      ...Object.fromEntries(
        operation.problems.map((status) => [
          status,
          describeProblem(reasons[status] ?? 'Refused.'),
        ]),
      ),
      default: describeProblem('Anything else that went wrong.'),
    },
  };
}

const about = [
  'A directory of NNIP partners and civic tech groups, city by city. Read only, open to every site.',
  'Each answer is made from one whole revision of the directory.',
  'A parameter or a value that means nothing is a 400 that names it; a blank value counts as absent.',
  'Records may gain fields in version 1 and never lose one.',
].join(' ');

/** The whole document, ready for JSON. */
export function describeApi(operations: readonly Operation[], publicUrl: string): Json {
  return {
    openapi: '3.1.1',
    info: { title: 'Crosswalk', version: '1', description: about },
    servers: [{ url: publicUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries(
      operations.map((operation) => [operation.path, { get: describeOperation(operation) }]),
    ),
    components: { schemas: describeSchemas() },
  };
}
