// The built command line beside a running application: mails it asks for leave with the application's sender.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { built } from '../../server/root.ts';
import { slugOf, startWaveWorld, thePartners, type WaveWorld } from '../support/wave-world.ts';

let world: WaveWorld;
let wave: string;
const year = new Date().getUTCFullYear();

beforeAll(async () => {
  world = await startWaveWorld({ partners: thePartners(3), clock: () => new Date() });
  wave = await world.makeWave({ opens: `${year}-01-01`, closes: `${year + 1}-12-31` });
});
afterAll(() => world.close());

const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const { MONGODB_URI: _, SMTP_URL: __, ...outer } = process.env;
    execFile(
      process.execPath,
      [join(built, 'server/cli.js'), 'wave', ...args],
      { env: { ...outer, DATA_DIR: world.services.config.dataDir } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

describe('crosswalk wave', () => {
  it('opens a wave, and the running application sends the mails', async () => {
    const opened = await run('open', wave, '--json');
    await world.delivered();

    expect(opened).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(opened.out)).toMatchObject({ slug: wave, state: 'open', asked: 3, mails: 3 });
    expect(world.smtp.mails).toHaveLength(3);
  });

  it('reminds those who have not answered', async () => {
    await world.answer(wave, slugOf(1), 'none');

    const { out } = await run('remind', wave);
    await world.delivered();

    expect(out).toContain('Partners reminded: 2.');
    expect(world.smtp.mails).toHaveLength(5);
  });

  it('closes and freezes it, and lists what there is', async () => {
    const closed = await run('close', wave);
    const listed = await run('list');

    expect(closed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(new RegExp(`^${wave} {2}closed {2}1 of 3 answered`));
    expect((await world.services.directory.refresh()).frozenWave(wave)).toBeDefined();
  });

  it('says in words what cannot be done', async () => {
    const again = await run('remind', wave);
    const unknown = await run('open', '1999-01');

    expect(again.code).toBe(1);
    expect(again.err).toContain('is not open: nobody is reminded.');
    expect(unknown.err).toContain('There is no survey wave “1999-01”.');
  });
});
