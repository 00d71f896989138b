// Fills a store with the starting directory and everything that is invented for the demo: signs of life, two closed
// waves and an open one, verdicts, outreach, suggestions, a convening, and people to sign in as.
import type { Config } from '../config.ts';
import { buildDirectory } from '../directory/build-directory.ts';
import type { Directory, PartnerEntry } from '../directory/directory.ts';
import { addDays, dayOf } from '../domain/dates.ts';
import type { Group, Sign } from '../domain/records.ts';
import { enqueueMail } from '../mail/outbox.ts';
import { readDirectoryRecords } from '../store/directory-records.ts';
import { readGroups } from '../store/groups.ts';
import { readPartners } from '../store/partners.ts';
import { addPerson } from '../store/people.ts';
import { putRecords } from '../store/put-records.ts';
import { readReports } from '../store/reports.ts';
import { markSampleData } from '../store/sample-data.ts';
import { loadSeed } from '../store/seed/load-seed.ts';
import type { Store } from '../store/store.ts';
import { appendVerdict } from '../store/verdicts.ts';
import { programWriter } from '../store/writer.ts';
import { freezeWave } from '../survey/freeze-wave.ts';
import { invitePartners } from '../survey/invite-partners.ts';
import { makeWave } from '../survey/make-wave.ts';
import { openWave } from '../survey/open-wave.ts';
import { type Chance, makeChance } from './chance.ts';
import { inventAnswer, inventWaves } from './invent-answers.ts';
import { inventOutreach } from './invent-outreach.ts';
import { inventSuggestions } from './invent-suggestions.ts';

export interface Demo {
  readonly store: Store;
  readonly config: Config;
  readonly secret: string;
  readonly now: Date;
}

/** Whom the demo can be tried as. */
export const demoPeople = {
  staff: 'staff@demo.example',
  partner: 'partner@demo.example',
  organizer: 'organizer@demo.example',
} as const;

const seed = 20_140_731;

/** On an empty store. The same day and the same seed give the same demo. */
export async function makeDemo(demo: Demo): Promise<void> {
  const { store, now } = demo;
  const chance = makeChance(seed);
  // Marked first: whatever stops in between leaves nothing that could be taken for real.
  await markSampleData(store);
  await loadSeed(store, now);
  await inventContacts(store, chance, now);
  const directory = await read(demo);
  const partners = directory.partners.filter(({ status }) => status !== 'former');

  const levelsBefore = await inventClosedWaves(demo, partners, chance);
  await inventOpenWave(demo, partners, levelsBefore, chance);
  await inventVerdicts(store, now);
  await inventConvening(store, directory, partners, now);
  const staff = await invitePeople(demo, partners);
  await inventOutreach(store, await read(demo), staff, chance, now);
  await inventSuggestions({ ...demo, clock: () => now }, await read(demo), chance);
}

async function read({ store, config, now }: Demo): Promise<Directory> {
  const settings = { reachMiles: config.reachMiles, freshMonths: config.freshMonths };
  return buildDirectory(await readDirectoryRecords(store), settings, dayOf(now), now.toISOString());
}

/** Addresses that no mail reaches, and signs of life for some of the groups. */
async function inventContacts(store: Store, chance: Chance, now: Date): Promise<void> {
  const today = dayOf(now);
  const partners = (await readPartners(store)).map(({ createdAt: _, updatedAt: __, ...one }) => ({
    ...one,
    contacts: [`team@${one.slug.slice(0, 60)}.example`],
  }));
  const groups = (await readGroups(store))
    .filter(({ closed }) => closed === null && chance.happens(0.35))
    .map(({ updatedAt: _, ...group }) => ({
      ...group,
      contacts: [`hello@${group.slug.slice(0, 60)}.example`],
      signs: [...group.signs, inventSign(chance, today)],
    }));
  await putRecords(store, { partners, groups }, programWriter('demo', now));
}

function inventSign(chance: Chance, today: string): Group['signs'][number] {
  const kind: Sign['kind'] = chance.weighed({
    'next-event': 3,
    'last-event': 5,
    confirmed: 2,
    'last-push': 2,
    'website-answers': 1,
  });
  const days = Math.floor(chance.next() * (kind === 'next-event' ? 40 : 500));
  const date = addDays(today, kind === 'next-event' ? days : -days);
  return { kind, date, source: 'invented for the demo', url: null };
}

/** Resolves to the level that each partner gave last. */
async function inventClosedWaves(
  { store, now }: Demo,
  partners: readonly PartnerEntry[],
  chance: Chance,
) {
  const invented = inventWaves(partners, dayOf(now), chance);
  for (const { wave, reports } of invented) {
    const closing = new Date(`${wave.closes}T17:00:00Z`);
    await putRecords(store, { waves: [wave], reports }, programWriter('demo', closing));
    await freezeWave(store, wave.slug, closing);
  }
  return new Map(
    invented.flatMap(({ reports }) =>
      reports.map(({ partner, level }) => [partner, level] as const),
    ),
  );
}

/** Its invitations are real mails: they end up in the mail folder of the demo. */
async function inventOpenWave(
  { store, config, secret, now }: Demo,
  partners: readonly PartnerEntry[],
  before: Awaited<ReturnType<typeof inventClosedWaves>>,
  chance: Chance,
): Promise<void> {
  const today = dayOf(now);
  const writer = programWriter('demo', now);
  const plan = {
    name: 'Follow-up survey of the demo',
    opens: today,
    closes: addDays(today, 21),
    introduction:
      'Invented for the demo. Open a personal link from its page for staff to answer it.',
  };
  const wave = await openWave({ store }, (await makeWave({ store }, plan, writer)).slug, writer);
  const clock = () => now;
  const post = async (mail: Parameters<typeof enqueueMail>[1]): Promise<boolean> =>
    (await enqueueMail(store, mail, { secret, clock })).added;
  await invitePartners({ store, config, secret, clock, mail: { post } }, wave);
  const reports = partners
    .filter(() => chance.happens(0.25))
    .map((partner) =>
      inventAnswer(
        partner,
        { wave: wave.slug, date: today, before: before.get(partner.slug) },
        chance,
      ),
    );
  await putRecords(store, { reports }, writer);
}

/** The first two reports that name a group are confirmed, the third is disputed. */
async function inventVerdicts(store: Store, now: Date): Promise<void> {
  const reports = (await readReports(store))
    .filter(({ origin, groups }) => origin === 'answer' && groups.length > 0)
    .sort((one, other) => (one.partner + one.date < other.partner + other.date ? -1 : 1));
  const verdicts = ['confirmed', 'confirmed', 'disputed'] as const;
  for (const [index, verdict] of verdicts.entries()) {
    const report = reports[index];
    const [group] = report?.groups ?? [];
    if (!report || group === undefined) continue;
    const note = verdict === 'disputed' ? 'We have not met for two years. (invented)' : '';
    await appendVerdict(
      store,
      { report: report.id, group, verdict, note },
      programWriter('demo', now),
    );
  }
}

async function inventConvening(
  store: Store,
  { today }: Directory,
  partners: readonly PartnerEntry[],
  now: Date,
): Promise<void> {
  const going = partners.filter((_, index) => index % 4 === 0);
  const groups = going.flatMap(({ groupsInReach }) => groupsInReach.slice(0, 1));
  const convening = {
    slug: 'demo-meeting',
    name: 'NNIP partners meeting of the demo',
    kind: 'partners meeting',
    start: addDays(today, 60),
    end: addDays(today, 62),
    city: going[0]?.city ?? null,
    place: '',
    website: null,
    partners: going.map(({ slug }) => slug),
    groups: [...new Set(groups.map(({ group }) => group.slug))],
    source: { note: 'Invented for the demo.', url: null, date: today, verified: false },
  };
  await putRecords(store, { convenings: [convening] }, programWriter('demo', now));
}

/** Resolves to the identifiers of staff. */
async function invitePeople(
  { store, now }: Demo,
  partners: readonly PartnerEntry[],
): Promise<readonly string[]> {
  const nobody = { staff: false, partners: [], groups: [] };
  const one = partners.find(({ groupsInReach }) => groupsInReach.length > 0);
  const [group] = one?.groupsInReach ?? [];
  const staff = [
    await addPerson(store, demoPeople.staff, { ...nobody, staff: true, name: 'Sam Staff' }, now),
    await addPerson(
      store,
      'rosa@demo.example',
      { ...nobody, staff: true, name: 'Rosa Reyes' },
      now,
    ),
  ];
  const own = { ...nobody, partners: one ? [one.slug] : [], name: 'Pat Partner' };
  await addPerson(store, demoPeople.partner, own, now);
  const organizing = { ...nobody, groups: group ? [group.group.slug] : [], name: 'Olu Organizer' };
  await addPerson(store, demoPeople.organizer, organizing, now);
  return staff.map(({ id }) => id);
}
