// What SECURITY.md and OPERATIONS.md promise names the test that would fail without it, and what they say to install
// fits the program.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingNames } from '../../server/config.ts';
import { root } from '../../server/root.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const plain = (text: string): string => text.replaceAll('’', "'");

/** What its blocks and tests are called: the text that a call begins with. */
const namesIn = (path: string): string[] =>
  [...read(path).matchAll(/\(\s*(['"`])((?:\\.|(?!\1).)+)\1,/g)].map(([, , name]) =>
    plain(name ?? ''),
  );

/** Whether a test has this name: what stands before it, as Jest prints the two, or a part of them. */
function isNamedIn(path: string, name: string): boolean {
  const texts = namesIn(path);
  const words = plain(name).split(' ');
  return (
    texts.some((text) => text.includes(words.join(' '))) ||
    words.some((_, at) => {
      const [before, after] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
      return (
        at > 0 &&
        texts.some((text) => text === before) &&
        texts.some((text) => text.replace('%s', 'every route').startsWith(after))
      );
    })
  );
}

/** `tests/file.test.ts › one name; another name`, and files alone, as they stand in a document. */
const promised = (document: string): { readonly file: string; readonly names: string[] }[] =>
  [...read(document).matchAll(/\b(tests\/[\w./-]*\w)((?: › (?:(?!; tests\/)[^|()\n])+)?)/g)].map(
    ([, file = '', names]) => ({
      file,
      names: (names ?? '')
        .replace(' › ', '')
        .split('; ')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    }),
  );

describe('a promise', () => {
  it.each(['SECURITY.md', 'OPERATIONS.md'])('of %s names tests that are there', (document) => {
    const all = promised(document);
    const missing = all.flatMap(({ file, names }) =>
      existsSync(join(root, file))
        ? names.filter((name) => !isNamedIn(file, name)).map((name) => `${file} › ${name}`)
        : [file],
    );

    expect(all.flatMap(({ names }) => names).length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });
});

describe('what is installed', () => {
  const [image, composed, unit] = ['Dockerfile', 'compose.yaml', 'deploy/crosswalk.service'].map(
    read,
  ) as [string, string, string];
  const started = String(JSON.parse(read('package.json')).scripts.start)
    .split('&& ')
    .at(-1);

  it('starts the program as `npm start` does, in a container and as a service', () => {
    const [command = '[]'] = /(?<=^CMD )\[.*\]$/m.exec(image) ?? [];

    expect(JSON.parse(command).join(' ')).toBe(started);
    expect(/(?<=^ExecStart=\/usr\/bin\/).*$/m.exec(unit)?.[0]).toBe(started);
  });

  it('takes along what is there, and is told settings that the program reads', () => {
    const copied = [...image.matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, paths]) =>
      String(paths).replaceAll('/app/', '').split(' '),
    );
    const settings = [
      ...image.matchAll(/(?<=^ENV .*\b)[A-Z_]+(?==)/gm),
      ...unit.matchAll(/(?<=^Environment=.*\b)[A-Z_]+(?==)/gm),
      ...composed.matchAll(/(?<=^ {6})[A-Z_]+(?=: )/gm),
    ].map(String);

    expect(copied.length).toBeGreaterThan(4);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(settings.length).toBeGreaterThan(8);
    expect(settings.filter((name) => !settingNames.includes(name))).toEqual([]);
  });

  it('uses MongoDB as one replica set of one name', () => {
    const names = [
      /(?<=replicaSet=)\w+/,
      /(?<="--replSet", ")\w+/,
      /(?<=rs\.initiate\(\{ _id: ')\w+/,
    ].map((where) => where.exec(composed)?.[0]);

    expect(new Set(names)).toEqual(new Set(['crosswalk']));
  });
});
