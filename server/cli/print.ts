// How a command answers: for people line by line, for programs as one JSON object.

export interface AnswerOptions {
  readonly json?: boolean;
}

/** Prints `answer` as JSON if that was asked for, else the lines. */
export function print(answer: object, lines: readonly string[], { json }: AnswerOptions): void {
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : `${lines.join('\n')}\n`);
}

/** Lines of "name   number", the names filled up to one width and the numbers under each other. */
export function countLines(counts: Readonly<Record<string, number>>): string[] {
  const names = Math.max(...Object.keys(counts).map((name) => name.length));
  const numbers = Math.max(...Object.values(counts).map((count) => String(count).length));
  return Object.entries(counts).map(
    ([name, count]) => `  ${name.padEnd(names)}  ${String(count).padStart(numbers)}`,
  );
}
