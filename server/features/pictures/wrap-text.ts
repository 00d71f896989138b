// Breaks a text into lines for a drawing, where nothing else does. Widths are estimates: drawn lines have room to spare.

/** Widths in ems of letters that differ much from the rest, for a face like Public Sans or Merriweather. */
const narrow = /[ijltfrI.,:;'’|!()[\]\- ]/;
const wide = /[mwMWQ@%—]/;

/** @param size of the letters; the width is in the same unit */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce(
    (width, letter) =>
      width +
      size *
        (narrow.test(letter)
          ? 0.33
          : wide.test(letter)
            ? 0.9
            : /[A-Z0-9]/.test(letter)
              ? 0.68
              : 0.57),
    0,
  );

/** At most so many lines; what does not fit ends with an ellipsis. A word longer than a line stands alone. */
export function wrapText(text: string, size: number, width: number, mostLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer, size) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= mostLines) return lines.map((one) => shorten(one, size, width));
  const kept = lines.slice(0, mostLines);
  return kept.map((one, index) => shorten(index === mostLines - 1 ? `${one}…` : one, size, width));
}

function shorten(line: string, size: number, width: number): string {
  if (widthOf(line, size) <= width) return line;
  const letters = [...line.replace(/…$/, '')];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
