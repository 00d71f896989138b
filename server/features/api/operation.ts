// One address of the API: everything that its route, its answers and its description are made from.
import type { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import type { Steps } from '../../directory/steps.ts';
import type { Answer } from './answer.ts';
import { parseQuery, type RawQuery } from './query.ts';

/** What a request asks, read but not yet trusted. */
export interface Call {
  /** The one snapshot that the whole answer is made from. */
  readonly directory: Directory;
  readonly places: Gazetteer;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Path and query as they came. */
  readonly address: string;
  readonly raw: RawQuery;
  /** From the path; '' where the address has none. */
  readonly slug: string;
}

export interface Operation {
  /** With `{slug}` where a record is named. */
  readonly path: string;
  /** Unique; generated clients name their functions after it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly query: z.ZodObject;
  /** Media type of a good answer. */
  readonly type: string;
  /** Of a good answer; null for text that no schema describes. */
  readonly schema: z.ZodType | null;
  /** Statuses of the problems that it answers itself. */
  readonly problems: readonly number[];
  /**
   * Makes what a large answer is made from, in steps, so that others are answered in between; absent where it is small.
   * @throws Problem as `answer` does
   */
  readonly prepare?: (call: Call) => Steps<void>;
  /** @throws Problem for a query or a record that is wrong */
  readonly answer: (call: Call) => Answer;
}

/** An operation whose answer is given the parsed query. */
export function makeOperation<Q extends z.ZodObject>(
  parts: Omit<Operation, 'query' | 'answer'> & {
    readonly query: Q;
    readonly answer: (query: z.output<Q>, call: Call) => Answer;
  },
): Operation {
  const { query, answer, ...rest } = parts;
  return { ...rest, query, answer: (call) => answer(parseQuery(query, call.raw), call) };
}
