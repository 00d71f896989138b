// Finds a Chromium to test in: CHROME_PATH, an installed one, else the one that comes inside @sparticuz/chromium,
// unpacked once per user and installation. Nothing has to be installed, and nothing is downloaded.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const unpack = `
  const { default: packed } = await import('@sparticuz/chromium');
  console.log(await packed.executablePath());
`;

/** In a process of its own, because the package unpacks to where TMPDIR pointed when the process began. */
async function unpackPackaged(): Promise<string> {
  const packed = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const version = createHash('sha256')
    .update(`${packed} ${statSync(packed).mtimeMs}`)
    .digest('hex')
    .slice(0, 10);
  const user = process.getuid?.() ?? 'user';
  const folder = join(tmpdir(), `crosswalk-chromium-${version}-${user}`);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;

  // Another test file may be doing the same: each unpacks apart, and the first to finish gives the folder its name.
  await mkdir(dirname(folder), { recursive: true });
  const apart = await mkdtemp(`${folder}-`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', unpack],
    { env: { ...process.env, TMPDIR: apart, TEMP: apart, TMP: apart }, cwd: process.cwd() },
  );
  if (basename(stdout.trim()) !== 'chromium') throw new Error(`Unpacked to ${stdout.trim()}.`);
  await rename(apart, folder).catch(() => rm(apart, { recursive: true, force: true }));
  return program;
}

/** Launches the first Chromium that starts. Throws with what each of them said when none does. */
export async function launchChromium(): Promise<Browser> {
  const named = process.env['CHROME_PATH'];
  const programs = named ? [named] : installed.filter((path) => existsSync(path));
  const candidates = [...programs.map((path) => async () => path), unpackPackaged];
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const failures: string[] = [];
  for (const candidate of candidates) {
    try {
      const executablePath = await candidate();
      return await chromium.launch({
        executablePath,
        headless: true,
        args: candidate === unpackPackaged ? ['--no-sandbox', '--no-zygote', ...args] : args,
      });
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`No Chromium starts here.\n${failures.join('\n')}`);
}
