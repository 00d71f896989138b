// `crosswalk demo`: starts the site on a data folder of its own, DATA_DIR/demo, filled with invented answers.
// Starting it again keeps what was tried. No MongoDB is touched and no mail leaves: mails go to its mail folder.
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { pino } from 'pino';
import { linkMinutes } from '../accounts/sign-in.ts';
import { inDataDir, readConfig } from '../config.ts';
import { demoPeople, makeDemo } from '../demo/make-demo.ts';
import { openSecret } from '../secret.ts';
import { openStore } from '../store/open-store.ts';
import { isSampleData } from '../store/sample-data.ts';
import { makeLink } from './make-link.ts';
import { WrongInput } from './wrong-input.ts';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('Start a site with invented answers, outreach and suggestions, to try everything.')
    .option('--fresh', 'throw away what was tried, and invent everything anew')
    .action(demo);
}

async function demo({ fresh = false }: { readonly fresh?: boolean }): Promise<void> {
  const folder = inDataDir(readConfig(process.env), 'demo');
  if (fresh) await rm(folder, { recursive: true, force: true });
  if (!existsSync(folder)) {
    console.log('Inventing the demo. This takes a moment.');
    await inventIn(folder);
  }
  const links = await signInLinks(folder);
  console.log(
    [
      `The demo is in ${folder}. Everything in it is sample data.`,
      `Sign in, each link once and within ${linkMinutes} minutes:`,
      ...links.map(({ who, link }) => `  as ${who.padEnd(9)}  ${link}`),
    ].join('\n'),
  );
  // Loaded here alone: the other commands do without the whole site.
  const { start } = await import('../start.ts');
  await start(readConfig({ ...process.env, ...settingsFor(folder) }));
}

/** What keeps the demo to itself. */
const settingsFor = (folder: string) => ({ DATA_DIR: folder, MONGODB_URI: '', SMTP_URL: '' });

const quiet = () => pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }));

/** Made aside and moved when it is whole, so that a stop in between leaves no half demo. */
async function inventIn(folder: string): Promise<void> {
  const aside = `${folder}.making`;
  await rm(aside, { recursive: true, force: true });
  const config = readConfig({ ...process.env, ...settingsFor(aside) });
  const store = await openStore(config, quiet());
  try {
    await makeDemo({ store, config, secret: await openSecret(config), now: new Date() });
  } finally {
    await store.close();
  }
  await rename(aside, folder);
}

async function signInLinks(folder: string) {
  const config = readConfig({ ...process.env, ...settingsFor(folder) });
  const store = await openStore(config, quiet());
  try {
    if (!(await isSampleData(store))) {
      throw new WrongInput(`${folder} holds data that is not a demo's. Choose another DATA_DIR.`);
    }
    const links: { who: string; link: string }[] = [];
    for (const [who, address] of Object.entries(demoPeople)) {
      links.push({ who, link: (await makeLink(store, config, address)).link });
    }
    return links;
  } finally {
    await store.close();
  }
}
