// Reads JSON strictly. A fault is told with its line and column and what stands there.
import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { deepest } from './bounds.ts';
import { excerpt, RefusedFile, refusedAt } from './refused.ts';

export interface ParsedJson {
  readonly value: unknown;
  /** The line on which each object of the outermost lists begins, in their order. */
  readonly linesOf: () => readonly number[];
}

/** @throws RefusedFile for the first fault */
export function parseJson(text: string): ParsedJson {
  refuseDeep(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fault(text, error);
  }
  return { value, linesOf: () => rowLines(text) };
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

/** Counts brackets outside of texts, so that nothing is asked to climb into a file without end. */
function refuseDeep(text: string): void {
  let depth = 0;
  let line = 1;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) line += 1;
    else if (isText) {
      if (code === 92) at += 1;
      else if (code === 34) isText = false;
    } else if (code === 34) isText = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) {
        throw new RefusedFile(
          `Line ${line}: more than ${deepest} lists and records stand within each other.`,
          line,
        );
      }
    } else if (code === 93 || code === 125) depth -= 1;
  }
}

/** Walks valid JSON: records directly in the file's list, or in a list that is a field of the file's one record. */
function rowLines(text: string): readonly number[] {
  const lines: number[] = [];
  const open: ('{' | '[')[] = [];
  visit(text, {
    onObjectBegin: (_offset, _length, line) => {
      const within = open.join('');
      if (within === '[' || within === '{[') lines.push(line + 1);
      open.push('{');
    },
    onObjectEnd: () => open.pop(),
    onArrayBegin: () => {
      open.push('[');
    },
    onArrayEnd: () => open.pop(),
  });
  return lines;
}
