// `npm run load`: two hundred connections for a minute that read, write and import at once. It fails where anything was
// answered with an error, an acknowledged write is not found afterwards, or waiting grew more than tenfold.
// `-- --seconds 10 --connections 50` tries it quickly.
import { parseArgs } from 'node:util';
import {
  findLeft,
  findLost,
  importOn,
  nothingWritten,
  type Reading,
  readAll,
  writeOn,
} from './mix.ts';
import { startProgram } from './program.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '200' },
    /** Groups in each list that is imported. */
    rows: { type: 'string', default: '200' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
/** Of the connections, so many are the hands that write. */
const hands = 16;
/** How many times its quiet value the slowest hundredth may take. */
const mostTimes = 10;

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const row = (name: string, reading: Reading): string =>
  [
    name.padEnd(34),
    ...[reading.answers, reading.rate, reading.p50, reading.p99, reading.slowest].map((value) =>
      whole.format(value).padStart(10),
    ),
  ].join('');

const program = await startProgram();
try {
  const { origin } = program;
  const cookie = await program.signIn();
  const partners = await (await fetch(`${origin}/api/v1/partners?limit=1`)).json();
  const partner = (partners as { items: { slug: string }[] }).items[0]?.slug ?? '';
  await readAll(origin, 20, Math.min(5, seconds));

  const readers = Math.max(1, connections - hands);
  const quietSeconds = Math.max(2, Math.round(seconds / 4));
  const quiet = await readAll(origin, readers, quietSeconds);
  const memoryBefore = await program.memory();

  const until = Date.now() + seconds * 1_000;
  const goesOn = (): boolean => Date.now() < until;
  const written = nothingWritten();
  const [busy, , { imported, undone, failures }] = await Promise.all([
    readAll(origin, readers, seconds),
    writeOn({ origin, cookie, written, goesOn, pause: 200 }, partner),
    importOn(program, Number(values.rows), goesOn),
  ]);

  const acknowledged = [...written.suggestions, ...written.entries, ...written.reports];
  const lost = await findLost(origin, cookie, [...acknowledged, ...imported]);
  const left = await findLeft(origin, undone);
  const times = busy.p99 / Math.max(1, quiet.p99);
  const writeTimes = [...written.times].sort((a, b) => a - b);
  const wrong = [
    ...quiet.failures.map((one) => `while nobody wrote: ${one}`),
    ...busy.failures,
    ...written.failures,
    ...failures,
    ...lost.slice(0, 10).map((one) => `lost: ${one}`),
    ...left.slice(0, 10).map((one) => `undone, and still there: ${one}`),
    ...(acknowledged.length < seconds / 4 ? ['hardly anything was written'] : []),
    ...(times > mostTimes ? [`the slowest hundredth took ${times.toFixed(1)} times as long`] : []),
    ...(program.isAlive() ? [] : ['the program ended']),
  ];
  console.log(
    [
      `${connections} connections, ${seconds} seconds`,
      '',
      `${''.padEnd(34)}${['answers', 'a second', 'p50 ms', 'p99 ms', 'slowest'].map((one) => one.padStart(10)).join('')}`,
      row('readers alone', quiet),
      row('readers, writers and an import', busy),
      '',
      `written and found: ${written.suggestions.length} suggestions, ${written.entries.length} entries of outreach, ${written.reports.length} reports, ${imported.length} imported groups; ${undone.length} imported and undone`,
      `acknowledged after: median ${whole.format(writeTimes[writeTimes.length >> 1] ?? 0)} ms, slowest ${whole.format(writeTimes.at(-1) ?? 0)} ms`,
      `p99 is ${times.toFixed(1)} times its quiet value; ${mostTimes} is the most`,
      `memory: ${whole.format(memoryBefore)} MB before, ${whole.format(await program.memory())} MB after`,
      '',
      ...(wrong.length === 0
        ? ['All is well.']
        : [`Not well: ${wrong.length}`, ...wrong.slice(0, 30)]),
    ].join('\n'),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await program.stop();
}
