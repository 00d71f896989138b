// Reads JSON strictly. A fault is told with its line and column and what stands there.
import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { deepest } from './bounds.ts';
import { excerpt, RefusedFile, refusedAt } from './refused.ts';

export interface ParsedJson {
  readonly value: unknown;
  /** The line on which each object of the outermost lists begins, in their order. */
  readonly lines: readonly number[];
}

/** @throws RefusedFile for the first fault */
export function parseJson(text: string): ParsedJson {
  const lines = walk(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fault(text, error);
  }
  return { value, lines };
}

function fault(text: string, error: unknown): RefusedFile {
  try {
    visit(
      text,
      {
        // The way ends here: how deep it goes behind a fault is not known, as texts may not end where they seem to.
        onError: (code, offset, length, line, character) => {
          const found = text.slice(offset, offset + Math.max(length, 30));
          throw refusedAt(line + 1, character + 1, words(code, found));
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (first) {
    if (first instanceof RefusedFile) return first;
    throw first;
  }
  return new RefusedFile(
    `This is no valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
  );
}

const expected: Readonly<Record<string, string>> = {
  InvalidSymbol: 'something unknown stands here',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'the name of a field was expected',
  ValueExpected: 'a value was expected',
  ColonExpected: 'a colon was expected',
  CommaExpected: 'a comma or the end of the record was expected',
  CloseBraceExpected: 'the end of a record, “}”, was expected',
  CloseBracketExpected: 'the end of a list, “]”, was expected',
  EndOfFileExpected: 'the end of the file was expected',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a text is not closed',
  UnexpectedEndOfNumber: 'a number is not complete',
  InvalidUnicode: 'a letter’s number is not complete',
  InvalidEscapeCharacter: 'this may not follow a backslash',
  InvalidCharacter: 'a character that a text may not hold stands here',
};

const words = (code: ParseErrorCode, found: string): string =>
  `${expected[printParseErrorCode(code)] ?? 'this is no valid JSON'}, found ${found.trim() === '' ? 'the end of the file' : excerpt(found)}.`;

const [newLine, quote, backslash] = [10, 34, 92];
const [openList, closeList, openRecord, closeRecord] = [91, 93, 123, 125];

/**
 * Walks over the brackets outside of texts before anything else does, so that nothing is asked to climb into a file
 * without end.
 * @returns the lines of records directly in the file's list, or in a list that is a field of the file's one record
 */
function walk(text: string): readonly number[] {
  const lines: number[] = [];
  const open: number[] = [];
  let line = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === newLine) line += 1;
    else if (code === openList || code === openRecord) {
      const isInList = open.at(-1) === openList;
      const isOutermost = open.length === 1 || (open.length === 2 && open[0] === openRecord);
      if (code === openRecord && isInList && isOutermost) lines.push(line);
      open.push(code);
      if (open.length > deepest) {
        throw new RefusedFile(
          `Line ${line}: more than ${deepest} lists and records stand within each other.`,
          line,
        );
      }
    } else if (code === closeList || code === closeRecord) open.pop();
  }
  return lines;
}

/** Where the text that begins here ends: at a quote without a backslash, or with one that is itself escaped. */
function endOfText(text: string, begin: number): number {
  for (let at = text.indexOf('"', begin + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
