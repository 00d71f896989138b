// What the tests of the API share: the real app, its description, and holding answers to that description.
import { expect } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import request, { type Response } from 'supertest';
import type { TestApp } from '../support/app.ts';

// ajv-formats is CommonJS; its types do not say so.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;

export interface Described {
  readonly schema?: object;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly description?: string;
}
export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<
    Record<string, { description: string; content?: Record<string, Described> }>
  >;
}
export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, { readonly get: DescribedOperation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export const ask = (app: TestApp, address: string) =>
  request(app.app)
    .get(address)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts).toString()));
    });

/** The body as text, whatever its type. */
export const textOf = (response: Response): string => response.body as string;

/** The body as JSON, of the type that the caller names. */
export const bodyOf = <Body>(response: Response): Body => JSON.parse(textOf(response)) as Body;

/** Asks for JSON and hands back its body. */
export async function read<Body>(app: TestApp, address: string): Promise<Body> {
  const response = await ask(app, address);
  expect({ address, status: response.status }).toEqual({ address, status: 200 });
  return bodyOf<Body>(response);
}

export interface Description {
  readonly document: ApiDocument;
  /** Fails unless the answer is one that the description promises for the path, `/api/v1/cities/{slug}`. */
  readonly expectDescribed: (response: Response, path: string) => void;
}

/** Reads openapi.json and compiles its schemas as they stand. */
export async function readDescription(app: TestApp): Promise<Description> {
  const document = await read<ApiDocument>(app, '/api/v1/openapi.json');
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'components']);
  ajv.addSchema(document, 'openapi');
  const compiled = new Map<string, ValidateFunction>();

  function schemaAt(pointer: string): ValidateFunction {
    const known = compiled.get(pointer);
    if (known) return known;
    const made = ajv.compile({ $ref: `openapi#${pointer}` });
    compiled.set(pointer, made);
    return made;
  }

  function expectDescribed(response: Response, path: string): void {
    const responses = document.paths[path]?.get.responses ?? {};
    const status = String(response.status) in responses ? String(response.status) : 'default';
    const type = String(response.headers['content-type']).split(';')[0] ?? '';
    expect({ path, type, types: Object.keys(responses[status]?.content ?? {}) }).toEqual({
      path,
      type,
      types: [type],
    });
    const pointer = ['paths', path, 'get', 'responses', status, 'content', type, 'schema']
      .map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate = schemaAt(`/${pointer}`);
    const body: unknown = type.endsWith('csv') ? textOf(response) : bodyOf(response);
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
  }

  return { document, expectDescribed };
}
