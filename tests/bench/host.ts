// Crosswalk in a process of its own, as it runs for everybody, with a way to write for the bench:
// each message files a report, as a partner would, and is answered once the new flag is served.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import { openServices } from '../../server/open-services.ts';
import { built } from '../../server/root.ts';
import { openStore } from '../../server/store/open-store.ts';
import { appendReport } from '../../server/store/put-records.ts';
import { loadSeed } from '../../server/store/seed/load-seed.ts';
import { programWriter } from '../../server/store/writer.ts';

export interface HostReady {
  readonly port: number;
  /** Milliseconds from the start of the process until it answers. */
  readonly startMs: number;
}

export interface Written {
  /** Milliseconds from the report until its flag is in the snapshot that is served. */
  readonly milliseconds: number;
  readonly revision: number;
  /** What the store alone takes to acknowledge such a record, beside. */
  readonly insertMs: number;
}

export interface MemoryUse {
  readonly megabytes: number;
}

export async function host(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: 'warn', base: null });
  const clock = (): Date => new Date();
  const [store, places] = await Promise.all([
    openStore(config, log),
    loadGazetteer(join(built, 'gazetteer')),
  ]);
  await loadSeed(store, clock());
  const client = await MongoClient.connect(store.uri);
  const { services, close } = await openServices({ config, store, places, clock, log });
  const server = createServer(createApp(services).handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, startMs: performance.now() } satisfies HostReady);

  const levels = ['extensive', 'none'] as const;
  let count = 0;
  const write = async (): Promise<Written> => {
    const partner = services.directory.current().partners[0];
    if (!partner) throw new Error('There is no partner to report for.');
    const level = levels[count++ % 2] ?? 'none';
    const begun = performance.now();
    const report = {
      partner: partner.slug,
      level,
      date: services.directory.current().today,
      groups: [],
      wave: null,
      origin: 'between-waves' as const,
      collaboration: null,
      gave: [],
      barriers: [],
      wantsTies: null,
      publicNote: '',
      internalNote: '',
      by: null,
    };
    await appendReport(store, report, programWriter('web', clock()));
    const next = await services.directory.refresh();
    if (next.findPartner(partner.slug)?.level !== level) throw new Error('The flag is not served.');
    const milliseconds = performance.now() - begun;
    return { milliseconds, revision: next.revision, insertMs: await insert(report) };
  };

  const scratch = client.db().collection('bench');
  async function insert(report: object): Promise<number> {
    const begun = performance.now();
    await scratch.insertOne({ ...report });
    return performance.now() - begun;
  }

  process.on('message', (message) => {
    if (message === 'write') void write().then((written) => process.send?.(written));
    if (message === 'memory') {
      const megabytes = process.memoryUsage.rss() / 1_048_576;
      process.send?.({ megabytes } satisfies MemoryUse);
    }
  });
  process.on('disconnect', () => {
    server.closeAllConnections();
    server.close();
    void client
      .close()
      .then(close)
      .then(() => process.exit(0));
  });
}
