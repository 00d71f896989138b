// `npm run soak`: an hour of a gentle mix, and the memory every few minutes. It fails where anything was answered with an
// error, a write was lost, or the memory still grew in the second half. `-- --minutes 2` tries it quickly.
import { parseArgs } from 'node:util';
import { findLost, nothingWritten, readAll, writeOn } from './mix.ts';
import { startProgram } from './program.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    connections: { type: 'string', default: '8' },
  },
});
const rounds = 12;
const seconds = (Number(values.minutes) * 60) / rounds;
/** Megabytes by which the second half may end above where it began. */
const slack = 48;

const program = await startProgram();
try {
  const { origin } = program;
  const cookie = await program.signIn();
  const partners = await (await fetch(`${origin}/api/v1/partners?limit=1`)).json();
  const partner = (partners as { items: { slug: string }[] }).items[0]?.slug ?? '';
  const until = Date.now() + seconds * rounds * 1_000;
  const written = nothingWritten();
  const writing = writeOn(
    { origin, cookie, written, goesOn: () => Date.now() < until, pause: 2_000 },
    partner,
  );
  const memory: number[] = [await program.memory()];
  const wrong: string[] = [];
  console.log(`at the start: ${memory[0]?.toFixed(0)} MB`);
  for (let round = 1; round <= rounds; round += 1) {
    const { rate, p99, failures } = await readAll(origin, Number(values.connections), seconds);
    memory.push(await program.memory());
    wrong.push(...failures);
    console.log(
      `after ${((round * seconds) / 60).toFixed(1)} minutes: ${memory.at(-1)?.toFixed(0)} MB, ${rate.toFixed(0)} answers a second, p99 ${p99} ms`,
    );
  }
  await writing;
  const acknowledged = [...written.suggestions, ...written.entries, ...written.reports];
  const lost = await findLost(origin, cookie, acknowledged);
  const grown = (memory.at(-1) ?? 0) - (memory[rounds / 2] ?? 0);
  wrong.push(...written.failures, ...lost.map((one) => `lost: ${one}`));
  if (grown > slack) wrong.push(`the memory grew by ${grown.toFixed(0)} MB in the second half`);
  console.log(
    [
      `written and found: ${acknowledged.length - lost.length}; memory ${memory[0]?.toFixed(0)} MB at the start, ${memory.at(-1)?.toFixed(0)} MB at the end`,
      ...(wrong.length === 0 ? ['All is well.'] : wrong.slice(0, 30)),
    ].join('\n'),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await program.stop();
}
