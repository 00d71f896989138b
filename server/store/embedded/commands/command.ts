// What a command gets and gives, and how its options are checked: an option that nobody reads is refused,
// because leaving it out of account could give a wrong result.
import { type Doc, isDoc } from '../bson/bson.ts';
import { kindOf, kinds } from '../bson/compare.ts';
import type { Engine } from '../engine/engine.ts';
import { badValue, Failure, unsupported, wrongType } from '../failure.ts';
import { toNumber } from '../meaning/predicates.ts';
import type { Reply } from '../wire.ts';

export interface Call {
  readonly engine: Engine;
  readonly db: string;
  /** The command's own name, as the client wrote it. */
  readonly name: string;
  readonly body: Doc;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connectionId: number;
}

export type Command = (call: Call) => Reply;

/** How long a reading command may take where its client says nothing, milliseconds: others wait for it meanwhile. */
export const readPatience = 60_000;
const longestPatience = 2 ** 31 - 1;

/** What the client gives a command, milliseconds; undefined where it does not say. */
export function patienceOf(body: Doc): number | undefined {
  const given = body['maxTimeMS'];
  if (given === undefined || given === null) return undefined;
  const milliseconds = toNumber(given);
  if (milliseconds === undefined || !Number.isInteger(milliseconds)) {
    throw wrongType("BSON field 'maxTimeMS' must be a whole number");
  }
  if (milliseconds < 0 || milliseconds > longestPatience) {
    throw badValue(`${milliseconds} value for maxTimeMS is out of range [0, ${longestPatience}]`);
  }
  return milliseconds === 0 ? undefined : milliseconds;
}

export const ok = (fields: Doc = {}): Reply => ({ fields: { ...fields, ok: 1 } });

/** What every command may carry and no command needs to act on: one process answers, in order, from disk. */
const everywhere = new Set(
  '$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS apiVersion apiStrict apiDeprecationErrors'.split(
    ' ',
  ),
);

function refuseTransaction(body: Doc): void {
  if (Object.hasOwn(body, 'startTransaction') || Object.hasOwn(body, 'autocommit')) {
    throw new Failure(
      263,
      'the embedded store does not support transactions; each write command is one by itself',
    );
  }
  if (Object.hasOwn(body, 'txnNumber')) {
    throw new Failure(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
}

function refuseConcern(body: Doc): void {
  const level = isDoc(body['readConcern']) ? body['readConcern']['level'] : undefined;
  if (
    level !== undefined &&
    !['local', 'available', 'majority', 'linearizable'].includes(String(level))
  ) {
    throw unsupported(`the read concern "${String(level)}"`);
  }
}

/** @throws Failure for transactions, for options that are not listed, and for collations other than simple. */
export function checkOptions(call: Pick<Call, 'name' | 'body'>, known: readonly string[]): void {
  refuseTransaction(call.body);
  refuseConcern(call.body);
  for (const [name, value] of Object.entries(call.body)) {
    if (name === call.name || everywhere.has(name)) continue;
    if (name === 'collation') refuseCollation(value);
    else if (!known.includes(name)) throw unsupported(`the option "${name}" of ${call.name}`);
  }
}

/** Only the plain order of bytes is kept. */
export function refuseCollation(value: unknown): void {
  if (value === undefined || (isDoc(value) && value['locale'] === 'simple')) return;
  throw unsupported('collations other than { locale: "simple" }');
}

/** Refuses fields of a statement inside a command (one of the updates, one of the indexes). */
export function checkFields(doc: Doc, known: readonly string[], what: string): void {
  for (const [name, value] of Object.entries(doc)) {
    if (name === 'collation') refuseCollation(value);
    else if (!known.includes(name)) throw unsupported(`the option "${name}" of ${what}`);
  }
}

/** The collection that a command names. */
export function collectionName(call: Call): string {
  const name = call.body[call.name];
  if (typeof name !== 'string' || name === '') {
    throw new Failure(73, `collection name has invalid type ${typeof name}`);
  }
  return name;
}

/** A whole number from 0 on. */
export function countOf(value: unknown, name: string, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const number = toNumber(value);
  if (number === undefined || !Number.isInteger(number)) {
    throw wrongType(`Failed to parse: ${name} must be a whole number`);
  }
  if (number < 0)
    throw new Failure(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}

export function docOf(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDoc(value)) throw wrongType(`BSON field '${name}' is the wrong type, expected an object`);
  return value;
}

/** True, or a number other than 0. */
export function flag(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return kindOf(value) === kinds.number ? toNumber(value) !== 0 : value === true;
}
