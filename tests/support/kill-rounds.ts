// Kills the built program with -9 again and again while people write, mails leave and a list is imported, and looks
// after each start whether everything that was acknowledged is there, once.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { messageIdOf } from '../../server/mail/compose.ts';
import {
  freePort,
  type Program,
  postForm,
  type Server,
  type Settings,
  signInStaff,
  startCommand,
  startServer,
  until,
} from './program.ts';
import { type SmtpReceiver, startSmtpReceiver } from './smtp.ts';

/** What was answered with yes, and therefore has to be there for ever. */
interface Acknowledged {
  readonly invited: string[];
  readonly websites: { readonly slug: string; readonly website: string }[];
  readonly suggestions: string[];
}

export interface KillReport {
  readonly kills: number;
  /** Of these, how many cut an import or its undoing off in the middle. */
  readonly importsCut: number;
  readonly acknowledged: number;
  readonly mails: number;
  /** Everything that was lost, doubled or not clean, in words; empty is well. */
  readonly wrong: readonly string[];
}

const rows = 60;
const publicUrl = 'https://crosswalk.example';

interface World {
  readonly settings: Settings;
  readonly smtp: SmtpReceiver;
  readonly list: string;
  readonly acknowledged: Acknowledged;
  readonly wrong: string[];
  cookie: string;
  /** Forms that were opened a round ago: nobody fills one in faster than in three seconds. */
  stamps: string[];
  partners: readonly string[];
  command: Program | undefined;
  imports: number;
  importsCut: number;
}

/** @param kills how often */
export async function killAgainAndAgain(kills: number): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'crosswalk-kills-'));
  const smtp = await startSmtpReceiver();
  const list = join(folder, 'list.csv');
  await writeFile(
    list,
    `name,place,website\n${Array.from({ length: rows }, (_, i) => `Kill Club ${i},"Dayton, OH",https://kill-club-${i}.example`).join('\n')}\n`,
  );
  const world: World = {
    settings: {
      DATA_DIR: join(folder, 'data'),
      PORT: String(await freePort()),
      PUBLIC_URL: publicUrl,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Crosswalk <crosswalk@crosswalk.example>',
    },
    smtp,
    list,
    acknowledged: { invited: [], websites: [], suggestions: [] },
    wrong: [],
    ...{ cookie: '', stamps: [], partners: [], command: undefined, imports: 0, importsCut: 0 },
  };
  try {
    for (let round = 0; round < kills; round += 1) await liveAndDie(world, round);
    await withServer(world, 'the end', async (server, store) => {
      await world.command?.ended();
      await lookAround(world, store, 'the end');
      await untilMailsAreOut(store);
      await countMails(world, store);
      server.child.kill('SIGTERM');
      if ((await server.ended()) !== 0) world.wrong.push(`it did not stop well: ${server.said()}`);
    });
    const { acknowledged } = world;
    return {
      kills,
      importsCut: world.importsCut,
      acknowledged:
        acknowledged.invited.length +
        acknowledged.websites.length +
        acknowledged.suggestions.length,
      mails: smtp.mails.length,
      wrong: world.wrong,
    };
  } finally {
    await smtp.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Store = (name: string) => Collection<Document>;

/** Starts the server, hears whether that was clean, and opens the store beside it. */
async function withServer(
  world: World,
  when: string,
  work: (server: Server, store: Store) => Promise<void>,
): Promise<void> {
  const server = await startServer(world.settings);
  const client = new MongoClient(
    `mongodb://${encodeURIComponent(join(world.settings['DATA_DIR'] ?? '', 'store.sock'))}/crosswalk`,
    { serverSelectionTimeoutMS: 30_000 },
  );
  try {
    await server.untilReady();
    if (server.errors().length > 0) world.wrong.push(`${when}: ${server.errors().join('\n')}`);
    await work(server, (name) => client.db().collection(name));
  } finally {
    server.child.kill('SIGKILL');
    await server.ended();
    // The driver may wait for ever for a server that died in the middle of an answer.
    await Promise.race([client.close(), pause(2_000)]);
  }
}

async function liveAndDie(world: World, round: number): Promise<void> {
  const when = `after kill ${round}`;
  await withServer(world, when, async (server, store) => {
    if (round === 0) {
      world.cookie = await signInStaff(server.url, world.settings);
      const { items } = (await (await fetch(`${server.url}/api/v1/partners?limit=3`)).json()) as {
        items: { slug: string }[];
      };
      world.partners = items.map(({ slug }) => slug);
    } else await lookAround(world, store, when);

    const cut = new AbortController();
    const going = [
      invitePeople(world, server, round, cut.signal),
      editPartners(world, server, round, cut.signal),
      suggest(world, server, round, cut.signal),
    ];
    await goOnImporting(world, store);
    // Every other time in the middle of the import; else at any moment.
    const isImporting = async (): Promise<boolean> =>
      (await store('importBatches').countDocuments({
        state: { $in: ['applying', 'undoing', 'settling'] },
      })) > 0;
    const { command } = world;
    let isCut = false;
    if (round % 2 === 0 && command) {
      let isOver = false;
      command.ended().then(() => {
        isOver = true;
      });
      await until(async () => {
        isCut = await isImporting();
        return isCut || isOver;
      });
    }
    await pause(Math.random() * (isCut ? 60 : 1_500));
    if (await isImporting()) world.importsCut += 1;
    server.child.kill('SIGKILL');
    // Sometimes all of it ends at once, sometimes the import alone is left and has to take the store over.
    if (round % 4 < 2) command?.child.kill('SIGKILL');
    cut.abort();
    await Promise.all(going);
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Repeats something until the server is gone; what fails on the way was not acknowledged. */
async function keepOn(signal: AbortSignal, step: (i: number) => Promise<void>): Promise<void> {
  for (let i = 0; !signal.aborted; i += 1) {
    try {
      await step(i);
    } catch {
      // The server is gone.
      return;
    }
  }
}

const invitePeople = (
  { acknowledged, cookie }: World,
  { url }: Server,
  round: number,
  signal: AbortSignal,
) =>
  keepOn(signal, async (i) => {
    const address = `person-${round}-${i}@people.example`;
    const answer = await postForm(
      `${url}/staff/people/new`,
      { address, staff: 'yes', step: 'save' },
      cookie,
    );
    if (answer.status === 303) acknowledged.invited.push(address);
    else throw new Error(`inviting was answered with ${answer.status}`);
  });

const editPartners = (
  { acknowledged, cookie, partners }: World,
  { url }: Server,
  round: number,
  signal: AbortSignal,
) =>
  keepOn(signal, async (i) => {
    const slug = partners[i % partners.length] ?? '';
    const page = `${url}/partners/${slug}/edit`;
    const form = await (await fetch(page, { headers: { cookie } })).text();
    const [, updatedAt = ''] = /name="updatedAt" value="([^"]*)"/.exec(form) ?? [];
    const website = `https://round-${round}-${i}.example`;
    const answer = await postForm(page, { updatedAt, website }, cookie);
    if (answer.status === 303) acknowledged.websites.push({ slug, website });
    else if (answer.status !== 429 && answer.status !== 409)
      throw new Error(`editing was answered with ${answer.status}`);
    await pause(30);
  });

const suggest = (world: World, { url }: Server, round: number, signal: AbortSignal) =>
  keepOn(signal, async (i) => {
    const stamp = world.stamps.pop();
    const page = await (await fetch(`${url}/suggest`)).text();
    if (stamp !== undefined) {
      const text = `Suggestion ${round}-${i}`;
      const answer = await postForm(`${url}/suggest`, {
        ...{ stamp, name: `Suggested ${round}-${i}`, kind: 'meetup', place: 'Dayton, OH' },
        ...{ text, sender: `sender-${round}-${i}@people.example` },
      });
      if (answer.status === 303) world.acknowledged.suggestions.push(text);
    }
    const [, next] = /name="stamp" value="([^"]*)"/.exec(page) ?? [];
    if (next && world.stamps.length < 5) world.stamps.unshift(next);
    await pause(50);
  });

/** Types what comes next: the same import again where it was cut off, else its undoing, else the next one. */
async function goOnImporting(world: World, store: Store): Promise<void> {
  await world.command?.ended();
  // As if half a minute had passed, after which what a dead process had in hand is free.
  await store('importBatches').updateMany({}, { $set: { heldUntil: null } });
  const [last] = await store('importBatches').find().sort({ at: -1, _id: -1 }).limit(1).toArray();
  const state = last?.['state'];
  const name = String(last?.['name']);
  if (state === 'done' || state === 'undoing') {
    world.command = startCommand(['undo', name, '--json'], world.settings);
    return;
  }
  const isNew = last === undefined || state === 'undone';
  if (isNew) world.imports += 1;
  world.command = startCommand(
    [
      ...['import', world.list, '--accept-all', '--list', 'Kill clubs', '--date', '2026-05'],
      ...['--columns', 'name,place,website', '--batch', isNew ? `batch-${world.imports}` : name],
      '--json',
    ],
    world.settings,
  );
}

/** Everything that was acknowledged is there, and nothing is there twice. */
async function lookAround(world: World, store: Store, when: string): Promise<void> {
  const { acknowledged } = world;
  const say = (what: string): void => {
    world.wrong.push(`${when}: ${what}`);
  };
  const namesIn = async (collection: string, field: string): Promise<string[]> =>
    (
      await store(collection)
        .find()
        .project({ [field]: 1 })
        .toArray()
    ).map((one) => String(one[field]));

  const people = await namesIn('people', 'email');
  const mails = await namesIn('mails', 'to');
  const texts = await namesIn('suggestions', 'text');
  for (const address of acknowledged.invited) {
    if (!people.includes(address)) say(`${address} was invited and is not there`);
    if (!mails.includes(address)) say(`${address} was invited and gets no mail`);
  }
  for (const text of acknowledged.suggestions) {
    if (!texts.includes(text)) say(`${text} is not there`);
  }
  for (const twice of [...doublesIn(people), ...doublesIn(texts), ...doublesIn(mails)]) {
    say(`${twice} is there twice`);
  }
  await lookAtHistory(world, store, say);
  await lookAtImport(store, say);
}

const doublesIn = (names: readonly string[]): string[] =>
  names.filter((name, place) => names.indexOf(name) !== place);

/** The log tells of each change once, and ends with what the record holds. */
async function lookAtHistory(
  { acknowledged, partners }: World,
  store: Store,
  say: (what: string) => void,
): Promise<void> {
  const changes = await store('changes')
    .find({ record: 'partner', field: 'website', slug: { $in: [...partners] } })
    .sort({ at: 1, _id: 1 })
    .toArray();
  const told = changes.map(({ slug, after }) => `${String(slug)} ${String(after)}`);
  for (const twice of doublesIn(told)) say(`the log tells twice: ${twice}`);
  for (const { slug, website } of acknowledged.websites) {
    if (!told.includes(`${slug} ${website}`)) say(`the log does not tell ${slug} ${website}`);
  }
  for (const slug of partners) {
    const of = changes.filter((change) => change['slug'] === slug);
    const record = await store('partners').findOne({ slug });
    const last = of.at(-1);
    if (last && last['after'] !== record?.['website']) {
      say(
        `${slug} holds ${String(record?.['website'])}, its log ends with ${String(last['after'])}`,
      );
    }
    of.slice(1).forEach((change, place) => {
      if (change['before'] !== of[place]?.['after']) say(`a change of ${slug} is not in the log`);
    });
  }
}

/** Each row made one group at most; all of them once the import is done, none once it is undone. */
async function lookAtImport(store: Store, say: (what: string) => void): Promise<void> {
  const groups = await store('groups')
    .find({ name: /^Kill Club / })
    .toArray();
  const doubled = doublesIn(groups.map(({ name }) => String(name)));
  for (const name of doubled) say(`the group ${name} is there twice`);
  const batches = await store('importBatches').find().toArray();
  const open = batches.filter(({ state }) => state !== 'undone');
  if (open.length > 1) say('two imports are open');
  const state = open[0]?.['state'] as string | undefined;
  if (state === 'done' && groups.length !== rows) say(`${groups.length} groups after the import`);
  if (state === undefined && groups.length !== 0) say(`${groups.length} groups after undoing`);
  for (const batch of batches) {
    const made = await store('changes')
      .find({ batch: batch['name'], record: 'group', field: 'record' })
      .toArray();
    for (const slug of doublesIn(made.map((change) => String(change['slug'])))) {
      say(`the log tells twice that ${slug} was made by ${String(batch['name'])}`);
    }
    if (batch['state'] === 'done' && made.length !== rows) {
      say(`the log tells of ${made.length} groups made by ${String(batch['name'])}`);
    }
  }
}

/** Nothing waits any more; what a dead process had in hand stays with it for some minutes, and nobody sends it again. */
const untilMailsAreOut = (store: Store): Promise<void> =>
  until(async () => (await store('mails').countDocuments({ state: 'waiting' })) === 0);

/** Each mail arrived once at most; each that counts as sent did. */
async function countMails({ smtp, wrong }: World, store: Store): Promise<void> {
  await pause(500);
  const arrived = smtp.mails.map(({ headers }) => headers.get('message-id') ?? '');
  for (const id of doublesIn(arrived)) wrong.push(`the mail ${id} arrived twice`);
  const known = new Set(arrived);
  const all = await store('mails').find().toArray();
  for (const { key, state } of all) {
    const has = known.delete(messageIdOf(String(key), publicUrl));
    if (state === 'sent' && !has) wrong.push(`the mail ${String(key)} counts as sent and is lost`);
    if (state === 'sending' || state === 'unsure' || state === 'sent') continue;
    wrong.push(`the mail ${String(key)} is ${String(state)}`);
  }
  for (const id of known) wrong.push(`the mail ${id} was in no outbox`);
}
