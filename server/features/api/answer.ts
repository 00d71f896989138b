// What the API answers, before anything of HTTP's machinery: plain values that a cache may keep.
// send-answer.ts turns one into a response; the formats have files of their own.
import { type ProblemParts, problemType, toProblemJson } from '../../web/problem-json.ts';

export interface Answer {
  readonly status: number;
  /** Media type, with its charset where it has one. */
  readonly type: string;
  /** Text, or its bytes. */
  readonly body: string | Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export const mediaTypes = {
  json: 'application/json',
  geojson: 'application/geo+json',
  csv: 'text/csv',
  problem: problemType,
} as const;

export const jsonText = (body: Answer['body'], headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  type: mediaTypes.json,
  body,
  headers,
});

export const json = (value: unknown, headers: Answer['headers'] = {}): Answer =>
  jsonText(JSON.stringify(value), headers);

/** @param address the path and query that were asked for */
export const problem = (
  parts: ProblemParts,
  address: string,
  headers: Answer['headers'] = {},
): Answer => ({
  status: parts.status,
  type: mediaTypes.problem,
  body: JSON.stringify(toProblemJson(parts, address)),
  headers,
});
