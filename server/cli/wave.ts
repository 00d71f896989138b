// `crosswalk wave list|open|remind|close`: the survey from the command line, beside a running server too.
// Mails are put into the outbox; the running server sends them, or the next one that starts.
import type { Command } from 'commander';
import type { Wave } from '../domain/records.ts';
import { enqueueMail } from '../mail/outbox.ts';
import { openSecret } from '../secret.ts';
import { readReports } from '../store/reports.ts';
import { readWaves } from '../store/waves.ts';
import { programWriter } from '../store/writer.ts';
import { closeWave } from '../survey/close-wave.ts';
import { type Inviting, invitePartners } from '../survey/invite-partners.ts';
import { openWave } from '../survey/open-wave.ts';
import { remindPartners } from '../survey/remind-partners.ts';
import { answersTo } from '../survey/wave-progress.ts';
import { type AnswerOptions, print } from './print.ts';
import { withStore } from './with-store.ts';

export function addWaveCommand(program: Command): void {
  const wave = program.command('wave').description('Run the waves of the survey.');
  wave
    .command('list')
    .description('List the waves with their state and their answers.')
    .option('--json', 'answer as one JSON object')
    .action(list);
  wave
    .command('open')
    .description('Open a draft: every partner that is not former is asked by mail, at once.')
    .argument('<slug>', 'the wave, such as 2026-07')
    .option('--json', 'answer as one JSON object')
    .action(open);
  wave
    .command('remind')
    .description('Remind the partners that have not answered, each once a day at most.')
    .argument('<slug>', 'the wave, such as 2026-07')
    .option('--json', 'answer as one JSON object')
    .action(remind);
  wave
    .command('close')
    .description('Close a wave for ever, and freeze its export.')
    .argument('<slug>', 'the wave, such as 2026-07')
    .option('--json', 'answer as one JSON object')
    .action(close);
}

const clock = (): Date => new Date();
const sending = 'The running server sends them; without one, the next that starts does.';

/** What a use case needs to write mails; none is sent from here. */
const withInviting = <T>(work: (inviting: Inviting) => Promise<T>): Promise<T> =>
  withStore(async (store, config) => {
    const secret = await openSecret(config);
    const post: Inviting['mail']['post'] = async (mail) =>
      (await enqueueMail(store, mail, { secret, clock })).added;
    return work({ store, config, secret, clock, mail: { post } });
  });

async function list(options: AnswerOptions): Promise<void> {
  const waves = await withStore(async (store) => {
    const reports = await readReports(store);
    return (await readWaves(store)).map((wave) => ({
      ...namesOf(wave),
      opens: wave.opens,
      closes: wave.closes,
      asked: wave.aggregate ? null : wave.asked.length,
      answered: wave.aggregate?.respondents ?? answersTo(wave.slug, reports).size,
    }));
  });
  const lines = waves.map(
    ({ slug, name, state, asked, answered }) =>
      `${slug}  ${state.padEnd(6)}  ${answered}${asked === null ? '' : ` of ${asked}`} answered  ${name}`,
  );
  print({ waves }, lines.length > 0 ? lines : ['There is no wave yet.'], options);
}

async function open(slug: string, options: AnswerOptions): Promise<void> {
  const { wave, mails } = await withInviting(async (inviting) => {
    const opened = await openWave(inviting, slug, programWriter('command-line', clock()));
    return { wave: opened, ...(await invitePartners(inviting, opened)) };
  });
  print(
    { ...namesOf(wave), asked: wave.asked.length, mails },
    [`${wave.name} is open and asks ${wave.asked.length} partners.`, `Mails: ${mails}. ${sending}`],
    options,
  );
}

async function remind(slug: string, options: AnswerOptions): Promise<void> {
  const reminded = await withInviting((inviting) => remindPartners(inviting, slug));
  print({ slug, reminded }, [`Partners reminded: ${reminded}. ${sending}`], options);
}

async function close(slug: string, options: AnswerOptions): Promise<void> {
  const wave = await withStore((store) =>
    closeWave({ store }, slug, programWriter('command-line', clock()), { amongOthers: true }),
  );
  print(namesOf(wave), [`${wave.name} is closed, and its export is frozen.`], options);
}

const namesOf = ({ slug, name, state }: Wave) => ({ slug, name, state });
