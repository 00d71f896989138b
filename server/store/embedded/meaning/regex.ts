// MongoDB's regular expressions (PCRE) as JavaScript's. What means something else in JavaScript is rewritten,
// what JavaScript has not is refused in words.
import { BSONRegExp } from 'bson';
import { regexParts } from '../bson/compare.ts';
import { badValue, unsupported } from '../failure.ts';

/** Escapes that mean the same in both, or have a rewriting here. */
const escapes: Readonly<Record<string, string>> = {
  s: '[ \\t\\n\\v\\f\\r]',
  S: '[^ \\t\\n\\v\\f\\r]',
};
const insideEscapes: Readonly<Record<string, string>> = { s: ' \\t\\n\\v\\f\\r' };
const knownLetters = new Set('dDwWsSbBnrtfv0123456789xu'.split(''));

function escapeAt(pattern: string, at: number, inClass: boolean): string {
  const letter = pattern[at + 1];
  if (letter === undefined) throw badValue('Regular expression is invalid: \\ at end of pattern');
  if (/[a-z0-9]/i.test(letter) && (!knownLetters.has(letter) || (inClass && letter === 'S'))) {
    throw unsupported(`\\${letter} in a regular expression`);
  }
  return (inClass ? insideEscapes : escapes)[letter] ?? `\\${letter}`;
}

/** One character outside a class, in JavaScript's words. */
function outside(character: string, options: string): string {
  if (character === '.') return options.includes('s') ? '[\\s\\S]' : '[^\\n]';
  if (character === '^') return options.includes('m') ? '(?<![^\\n])' : '(?<![\\s\\S])';
  if (character === '$') return options.includes('m') ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
  return character;
}

function refuseForeign(rest: string): void {
  if (/^\(\?(?![:=!]|<[=!]|<[A-Za-z_]\w*>)/.test(rest) || rest.startsWith('(*')) {
    throw unsupported(`${rest.slice(0, 4)} in a regular expression`);
  }
  if (/^([*+?]|\{\d+(,\d*)?\})\+/.test(rest)) {
    throw unsupported('possessive repetition in a regular expression');
  }
}

function rewritten(pattern: string, options: string): string {
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] as string;
    if (character === '\\') {
      result += escapeAt(pattern, at, inClass);
      at += 1;
    } else if (inClass) {
      if (/^\[[:.=]/.test(pattern.slice(at)))
        throw unsupported('named character classes in a regular expression');
      if (character === ']') inClass = false;
      result += character;
    } else if (character === '[') {
      inClass = true;
      // A closing bracket that comes first is an ordinary character in PCRE.
      const opening = /^\[\^?\]?/.exec(pattern.slice(at))?.[0] ?? '[';
      result += opening.replace(']', '\\]');
      at += opening.length - 1;
    } else {
      refuseForeign(pattern.slice(at));
      result += outside(character, options);
    }
  }
  return result;
}

/**
 * A test on text.
 * @throws Failure for options or constructs that this store cannot keep to the letter.
 */
export function compileRegex(value: RegExp | BSONRegExp | string, options?: string): RegExp {
  const parts = typeof value === 'string' ? { pattern: value, options: '' } : regexParts(value);
  const flags = options ?? parts.options;
  if (/[^imsu]/.test(flags)) throw unsupported(`the regular expression options "${flags}"`);
  const source = rewritten(parts.pattern, flags);
  const insensitive = flags.includes('i') ? 'i' : '';
  try {
    return new RegExp(source, `u${insensitive}`);
  } catch {
    // Unicode mode refuses escapes that PCRE allows, such as \- outside a class.
  }
  try {
    return new RegExp(source, insensitive);
  } catch (error) {
    throw badValue(`Regular expression is invalid: ${(error as Error).message}`);
  }
}

export const isRegex = (value: unknown): value is RegExp | BSONRegExp =>
  value instanceof RegExp || value instanceof BSONRegExp;
