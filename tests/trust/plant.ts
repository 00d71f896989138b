// Markup in every text that the store can hold: one document of each model, made from the model's own schema, so that
// a field that is added later is planted too. Only what the program itself writes in a fixed shape is left as it is.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection, Model, Schema } from 'mongoose';
import { root } from '../../server/root.ts';
import { hashOf } from '../../server/survey/personal-link.ts';

/** Opens whatever is found by the hash of a token. */
export const token = 'x'.repeat(43);

/** Everything that has ever ended an attribute, an element, a header, a line, a cell or an entry. */
const nasty =
  '"><planted-mark onclick="planted()"></planted-mark><script>planted()</script><img src=x onerror=planted()>' +
  "' onfocus='planted() </textarea></title></style><svg/onload=planted()> {{7*7}} <%= 7*7 %> ]]> --> " +
  '\r\nBcc: planted@evil.example\r\nBEGIN:VEVENT\r\n\u0000 \u202e \ud800 javascript:planted()';

/** A formula to a spreadsheet, and all of the above to everybody else. */
export const planted = (where: string): string => `=cmd|' /C calc'!A0 {${where}} ${nasty}`;

/** Web addresses that do what no link may do. */
const badAddresses = [
  "javascript:planted()//'",
  'JaVaScRiPt:planted()',
  ' \u0001javascript:planted()',
  'java\tscript:planted()',
  'data:text/html,<script>planted()</script>',
  'vbscript:planted()',
  'file:///etc/passwd',
  '//planted.example/',
  'https:\\\\planted.example\r\nLocation: https://evil.example',
  'https://group.example/"onmouseover="planted()"><script>planted()</script>',
];
let addresses = 0;
const badAddress = (): string => badAddresses[addresses++ % badAddresses.length] ?? '';

const webAddresses = new Set([
  'website',
  'url',
  'eventsUrl',
  'codeUrl',
  'feedUrl',
  'link',
  'image',
]);

/** What has a shape of its own: names of records, hashes, days and the like. No form and no import lets markup in here. */
const shaped: Readonly<Record<string, string | null>> = {
  slug: 'sown',
  city: 'tulsa-ok',
  partner: 'tulsa-data-center',
  partners: 'tulsa-data-center',
  group: 'code-for-tulsa',
  groups: 'code-for-tulsa',
  asked: 'tulsa-data-center',
  wave: '2026-07',
  collaboration: 'sown',
  report: '0'.repeat(24),
  reports: '0'.repeat(24),
  country: 'US',
  date: '2026-01-15',
  days: '2026-12-01',
  from: '2025',
  to: '2025',
  start: '2026-12-10',
  end: '2026-12-11',
  founded: '2020',
  opens: '2026-07-01',
  closes: '2026-12-31',
  until: '2026-12-01',
  nextDate: '2026-12-01',
  lastMailOn: '2026-10-01',
  told: '2026-10-01',
  lastSeen: '2026-10-01',
  doneFor: '2026-10-01',
  tokenHash: hashOf(token),
  tokenHashes: hashOf(token),
  askerTokenHash: hashOf('y'.repeat(43)),
  confirmHash: hashOf(token),
  stopHash: hashOf(token),
  replacedHashes: hashOf('z'.repeat(43)),
  email: 'sown@planted.example',
};

/** Where a name means something else, or one document must fit another. */
const overrides: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  City: { slug: 'tulsa-ok', state: 'OK' },
  Partner: { slug: 'tulsa-data-center', status: 'current' },
  Group: { slug: 'code-for-tulsa', state: 'OK', closed: null },
  Report: { origin: 'answer', collaboration: null, level: 'some' },
  Wave: { slug: '2026-07', state: 'open', aggregate: null },
  FrozenWave: { wave: '2026-01', json: '{}', csv: 'level' },
  Collaboration: { state: 'published' },
  Confirmation: { state: 'asked', why: null },
  GroupCheck: { 'page.since': '2026-10-01' },
  Introduction: { state: 'asked', problem: null, unposted: null, answer: null },
  Invitation: { revokedAt: null, openedAt: null },
  Mail: { state: 'failed', sealed: null, about: { kind: 'partner', slug: 'tulsa-data-center' } },
  Outreach: {
    open: true,
    cause: 'no-contact',
    'facts.cause': 'no-contact',
    'log.to': [planted('Outreach.log.to')],
  },
  Person: { staff: false },
  Subscription: { pending: null },
  Suggestion: { about: null, decision: null, claim: null, kind: 'group', state: 'new' },
  ImportBatch: { state: 'done', counts: {} },
};

/** Kept by better-auth or by the program for itself; no form reaches them, and they are read by key. */
const ours = new Set(['Session', 'Verification', 'Revision', 'Mark', 'Job', 'ImportChunk']);

const then = new Date('2026-11-20T12:00:00Z');

type Fields = Record<string, unknown>;

function fill(schema: Schema, model: string, prefix: string): Fields {
  const document: Fields = {};
  schema.eachPath((path, type) => {
    const given = overrides[model]?.[prefix + path];
    if (path === '_id') return;
    document[path] = given === undefined ? valueFor(type as never, model, prefix + path) : given;
  });
  return document;
}

interface PathType {
  readonly instance: string;
  readonly schema?: Schema;
  readonly enumValues?: readonly (string | null)[];
  readonly options: { readonly enum?: readonly (string | null)[]; readonly min?: number };
  readonly embeddedSchemaType?: PathType;
}

// One line for each kind of field that a schema knows.
function valueFor(type: PathType, model: string, path: string): unknown {
  if (type.instance === 'Array') {
    if (path.endsWith('coordinates')) return [-95.993, 36.154];
    const inner = type.embeddedSchemaType;
    if (type.schema) return [fill(type.schema, model, `${path}.`)];
    return inner ? [valueFor(inner, model, path)] : [];
  }
  if (type.schema) return fill(type.schema, model, `${path}.`);
  if (type.instance === 'Date')
    return /revoked|settled|ended|closedAt|useUntil|heldUntil/.test(path) ? null : then;
  if (type.instance === 'Number') return type.options.min ?? 1;
  if (type.instance === 'Boolean') return true;
  if (type.instance === 'Mixed') return planted(`${model}.${path}`);
  if (type.instance !== 'String') return null;
  const allowed = (type.options.enum ?? []).find((value) => value !== null && value !== '');
  return allowed ?? textOf(model, path);
}

function textOf(model: string, path: string): string | null {
  const name = path.split('.').at(-1) ?? path;
  if (webAddresses.has(name)) return badAddress();
  if (model === 'Partner' && name === 'since') return planted('Partner.since');
  if (model === 'Introduction' && name === 'address') return 'sown@planted.example';
  if (model === 'Mail' && name === 'to') return planted('Mail.to');
  return Object.hasOwn(shaped, name) ? (shaped[name] ?? null) : planted(`${model}.${path}`);
}

async function modelsOf(connection: Connection): Promise<Model<unknown>[]> {
  const folder = join(root, 'models');
  const models: Model<unknown>[] = [];
  for (const file of readdirSync(folder)) {
    const made: Record<string, unknown> = await import(pathToFileURL(join(folder, file)).href);
    for (const [name, make] of Object.entries(made)) {
      if (name.endsWith('Model'))
        models.push((make as (c: Connection) => Model<unknown>)(connection));
    }
  }
  return models;
}

/** Puts one document of each model into the store, past every check; gives their identifiers by model. */
export async function plantEverywhere(connection: Connection): Promise<Map<string, string>> {
  const identifiers = new Map<string, string>();
  for (const model of await modelsOf(connection)) {
    if (ours.has(model.modelName)) continue;
    const document = fill(model.schema as Schema, model.modelName, '');
    await new model(document).validate();
    const stamped = { ...document, createdAt: then, updatedAt: then };
    const { insertedId } = await model.collection.insertOne(stamped);
    if (model.modelName === 'Wave') {
      const { _id, ...again } = stamped as Fields;
      await model.collection.insertOne({ ...again, slug: '2026-01', state: 'closed' });
    }
    identifiers.set(model.modelName, String(insertedId));
  }
  return identifiers;
}
