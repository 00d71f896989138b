// Which records name a group, beside its own: read as steps that make them name another one, and read and written field
// by field. What a closed wave froze names groups in words that never change; what was checked and asked of a group
// stays under its old slug, which leads to the other one.
import mongoose, { type Connection, type Model } from 'mongoose';
import { collaborationModel } from '../../models/collaboration.ts';
import { conveningModel } from '../../models/convening.ts';
import { introductionModel } from '../../models/introduction.ts';
import { invitationModel } from '../../models/invitation.ts';
import { outreachModel } from '../../models/outreach.ts';
import { personModel } from '../../models/person.ts';
import { reportModel } from '../../models/report.ts';
import { subscriptionModel } from '../../models/subscription.ts';
import { suggestionModel } from '../../models/suggestion.ts';
import { verdictModel } from '../../models/verdict.ts';
import { type TieFields, type TieKind, type TieStep, tieKinds } from '../domain/record-steps.ts';
import type { LoggedKind } from '../domain/words.ts';
import type { Store } from './store.ts';

type Shape = 'slug' | 'slugs' | 'known';

interface TieField {
  /** Where the name stands, with dots. */
  readonly path: string;
  readonly shape: Shape;
  /** What else has to be so: a suggestion may be about a partner. */
  readonly where?: Readonly<Record<string, unknown>>;
}

interface Tie {
  readonly model: (connection: Connection) => Model<never>;
  readonly key: '_id' | 'slug';
  readonly fields: readonly TieField[];
  /** Whether the change log speaks of it. */
  readonly isLogged: boolean;
  /** The program keeps it up to date by itself: one that changed since is no reason to leave anything. */
  readonly isKept: boolean;
}

const one: readonly TieField[] = [{ path: 'group', shape: 'slug' }];
const several: readonly TieField[] = [{ path: 'groups', shape: 'slugs' }];
const record = { isLogged: true, isKept: false, key: '_id' } as const;
const kept = { isLogged: false, isKept: true, key: '_id' } as const;
const modelOf = (model: unknown) => model as Tie['model'];

const ties: Readonly<Record<TieKind, Tie>> = {
  report: { ...record, model: modelOf(reportModel), fields: several },
  verdict: { ...record, model: modelOf(verdictModel), fields: one },
  collaboration: { ...record, key: 'slug', model: modelOf(collaborationModel), fields: one },
  convening: { ...record, key: 'slug', model: modelOf(conveningModel), fields: several },
  person: { ...record, model: modelOf(personModel), fields: several },
  introduction: { ...kept, model: modelOf(introductionModel), fields: one },
  suggestion: {
    ...kept,
    model: modelOf(suggestionModel),
    fields: [
      { path: 'about.slug', shape: 'slug', where: { 'about.record': 'group' } },
      { path: 'decision.record.slug', shape: 'slug', where: { 'decision.record.record': 'group' } },
    ],
  },
  invitation: {
    ...kept,
    model: modelOf(invitationModel),
    fields: [{ path: 'draft.groups', shape: 'slugs' }],
  },
  outreach: {
    ...kept,
    model: modelOf(outreachModel),
    fields: [{ path: 'facts.groups', shape: 'slugs' }],
  },
  subscription: {
    ...kept,
    model: modelOf(subscriptionModel),
    fields: [{ path: 'known', shape: 'known' }],
  },
};

export const isTie = (kind: string): kind is TieKind => Object.hasOwn(ties, kind);
export const isLoggedTie = (kind: string): kind is TieKind & LoggedKind =>
  isTie(kind) && ties[kind].isLogged;
export const isKeptTie = (kind: string): boolean => isTie(kind) && ties[kind].isKept;

type Raw = Readonly<Record<string, unknown>>;

const queryPath = ({ path, shape }: TieField): string =>
  shape === 'known' ? `${path}.slug` : path;

const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null ? (value as Raw)[part] : undefined,
      document,
    );

interface Known {
  readonly slug: string;
}

/** The value with one group in place of the other, each named once. */
function renamed(value: unknown, shape: Shape, from: string, to: string): unknown {
  if (shape === 'slug') return to;
  if (shape === 'slugs') {
    return [...new Set((value as string[]).map((slug) => (slug === from ? to : slug)))];
  }
  const known = value as readonly Known[];
  return known.some(({ slug }) => slug === to)
    ? known.filter(({ slug }) => slug !== from)
    : known.map((known) => (known.slug === from ? { ...known, slug: to } : known));
}

/** One step for each record that names the group, so that it names the other instead. */
export async function planTies(store: Store, from: string, to: string): Promise<TieStep[]> {
  const steps: TieStep[] = [];
  for (const kind of tieKinds) {
    const { fields, key } = ties[kind];
    const found = await collectionOf(store, kind)
      .find({ $or: fields.map((field) => ({ ...field.where, [queryPath(field)]: from })) })
      .sort({ _id: 1 })
      .toArray();
    for (const document of found) {
      const naming = fields.filter((field) => names(document, field, from));
      const before = Object.fromEntries(
        naming.map(({ path }) => [path, plain(valueAt(document, path))]),
      );
      const after = Object.fromEntries(
        naming.map(({ path, shape }) => [path, renamed(before[path], shape, from, to)]),
      );
      steps.push({ kind, slug: String(document[key]), before, after });
    }
  }
  return steps;
}

function names(document: Raw, { path, shape, where = {} }: TieField, slug: string): boolean {
  if (Object.entries(where).some(([at, wanted]) => valueAt(document, at) !== wanted)) return false;
  const value = valueAt(document, path);
  if (shape === 'slug') return value === slug;
  if (!Array.isArray(value)) return false;
  return value.some((one) => (shape === 'slugs' ? one : (one as Known).slug) === slug);
}

/** A plan is kept as JSON. */
const plain = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value));

const collectionOf = (store: Store, kind: TieKind) =>
  (ties[kind].model(store.connection) as unknown as Model<Raw>).collection;

const keyOf = (kind: TieKind, slug: string): unknown =>
  ties[kind].key === 'slug' ? slug : new mongoose.Types.ObjectId(slug);

/** The fields that may name groups, of each of these that is there. */
export async function readTies(
  store: Store,
  kind: TieKind,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, TieFields>> {
  const { key, fields } = ties[kind];
  const found = await collectionOf(store, kind)
    .find({ [key]: { $in: slugs.map((slug) => keyOf(kind, slug)) } } as never)
    .toArray();
  return new Map(
    found.map((document) => [
      String(document[key]),
      Object.fromEntries(fields.map(({ path }) => [path, plain(valueAt(document, path))])),
    ]),
  );
}

/** The operation that makes the stored fields those of the step. */
export const tieOperation = ({ kind, slug, after }: TieStep) => ({
  updateOne: { filter: { [ties[kind].key]: keyOf(kind, slug) }, update: { $set: { ...after } } },
});

export const writeTies = async (
  store: Store,
  kind: TieKind,
  steps: readonly TieStep[],
): Promise<void> => {
  if (steps.length === 0) return;
  await collectionOf(store, kind).bulkWrite(steps.map(tieOperation) as never);
};
