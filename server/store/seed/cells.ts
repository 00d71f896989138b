// What may stand in a cell of the starting directory, one function for each kind of cell.
import { type Cell, Complaint } from './csv-table.ts';

/** Any text but none. */
export const text: Cell<string> = (cell) => {
  if (cell.trim() === '') throw new Complaint('is missing.');
  if (cell !== cell.trim()) throw new Complaint(`begins or ends with a space: "${cell}".`);
  return cell;
};

/** Text, or '' in an empty cell. */
export const textOrNone: Cell<string> = (cell) => (cell === '' ? '' : text(cell));

/** The same kind of cell, or null in an empty one. */
export const optional =
  <T>(kind: Cell<T>): Cell<T | null> =>
  (cell) =>
    cell === '' ? null : kind(cell);

/** Several of a kind with `;` between them; an empty cell has none. */
export const listOf =
  <T>(kind: Cell<T>): Cell<readonly T[]> =>
  (cell) =>
    cell === '' ? [] : cell.split(';').map(kind);

export const oneOf =
  <const Words extends readonly string[]>(words: Words): Cell<Words[number]> =>
  (cell) => {
    const word = words.find((known) => known === cell);
    if (word === undefined)
      throw new Complaint(`must be one of ${words.join(', ')}, not "${cell}".`);
    return word;
  };

/** Small letters, digits and hyphens: the last part of a page's address. */
export const slug: Cell<string> = (cell) => {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(cell)) {
    throw new Complaint(`must be small letters and digits with hyphens, not "${cell}".`);
  }
  return cell;
};

export const yesOrNo: Cell<boolean> = (cell) => oneOf(['yes', 'no'])(cell) === 'yes';

/** `2014-07-31`, `2014-07` or `2014`, and a day that exists. */
export const date: Cell<string> = (cell) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(cell) ?? [];
  const at = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(cell)) {
    throw new Complaint(`must be a date such as 2014-07-31, 2014-07 or 2014, not "${cell}".`);
  }
  return cell;
};

const degrees =
  (most: number): Cell<number> =>
  (cell) => {
    const value = Number(cell);
    if (!/^-?\d+(\.\d+)?$/.test(cell) || Math.abs(value) > most) {
      throw new Complaint(`must be degrees from -${most} to ${most}, not "${cell}".`);
    }
    return value;
  };

export const latitude = degrees(90);
export const longitude = degrees(180);

export const webAddress: Cell<string> = (cell) => {
  if (!URL.canParse(cell) || !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(cell)) {
    throw new Complaint(`must be a web address that begins with http, not "${cell}".`);
  }
  return cell;
};

/** Two capital letters, ISO 3166-1. */
export const country: Cell<string> = (cell) => {
  if (!/^[A-Z]{2}$/.test(cell)) {
    throw new Complaint(`must be a country's two capital letters, not "${cell}".`);
  }
  return cell;
};

/** Two capital letters in the United States, else ''. */
export const state: Cell<string> = (cell) => {
  if (!/^([A-Z]{2})?$/.test(cell)) {
    throw new Complaint(`must be a state's two capital letters or empty, not "${cell}".`);
  }
  return cell;
};
