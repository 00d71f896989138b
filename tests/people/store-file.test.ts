// What is erased leaves the file of the embedded store too, not only what it answers.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { partnerModel } from '../../models/partner.ts';
import { readConfig } from '../../server/config.ts';
import { openStore } from '../../server/store/open-store.ts';
import { addPerson, removePerson } from '../../server/store/people.ts';

const mark = 'ana.marker@urban.example';

describe('the file of the embedded store', () => {
  it('holds no byte of what was deleted or changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosswalk-erased-'));
    const config = readConfig({ DATA_DIR: folder, PUBLIC_URL: 'http://localhost:3000' });
    const open = () => openStore(config, pino({ level: 'silent' }));
    const holds = async (): Promise<boolean> => {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile());
      const read = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
      return (await Promise.all(read)).some((text) => text.includes(mark));
    };
    const partner = {
      ...{ slug: 'one', name: 'One', city: 'tulsa-ok', status: 'current' as const },
      ...{ point: { type: 'Point' as const, coordinates: [-96, 36] }, topics: [], offers: [] },
      ...{ contacts: [mark], source: { verified: true } },
    };

    const before = await open();
    const roles = { staff: true, partners: [], groups: [] };
    const person = await addPerson(before, mark, roles, new Date());
    await partnerModel(before.connection).create(partner);
    await before.close();
    const wasThere = await holds();
    const after = await open();
    await removePerson(after, person);
    await partnerModel(after.connection).updateOne({ slug: 'one' }, { $set: { contacts: [] } });
    await after.close();

    expect([wasThere, await holds()]).toEqual([true, false]);
    await rm(folder, { recursive: true, force: true });
  });
});
