// A clock that jumps ahead and back: nothing waits for a day that is years away, nobody stays shut out, and pages show
// the day that it is.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { applyImport } from '../../server/import/apply/apply-import.ts';
import { runJob } from '../../server/jobs/run-job.ts';
import { addBatch, takeBatch } from '../../server/store/import-batches.ts';
import { findMail } from '../../server/store/mails.ts';
import { limitRequests } from '../../server/web/rate-limit.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type Mailroom, openMailroom } from '../support/mailroom.ts';
import { signInAs } from '../support/sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

const fourYears = 4 * 366 * 24 * 60;

describe('mails, while the clock jumps', () => {
  let receiver: SmtpReceiver;
  let room: Mailroom;

  beforeAll(async () => {
    receiver = await startSmtpReceiver();
    room = await openMailroom(receiver.url);
  });
  afterAll(async () => {
    await room?.close();
    await receiver?.close();
  });

  it('leave once although they were put off while the clock was years ahead', async () => {
    const sender = room.startSender();
    room.pass(fourYears);
    receiver.behave({ refuse: { at: 'sender', code: 451, text: 'Later' } });
    const { id } = await room.enqueue();
    await sender.drain();
    receiver.behave({});

    room.pass(-fourYears);
    await sender.drain();

    expect(receiver.mails).toHaveLength(1);
    expect((await findMail(room.store, id))?.state).toBe('sent');
    room.pass(fourYears);
    await sender.drain();
    expect(receiver.mails).toHaveLength(1);
    room.pass(-fourYears);
  });
});

describe('the application, while the clock jumps', () => {
  let now = new Date('2026-11-22T15:00:00Z');
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ clock: () => now });
  });
  afterAll(() => app?.close());

  const at = (moment: string): void => {
    now = new Date(moment);
  };

  it('does a daily job again that was put off while the clock was years ahead', async () => {
    let isWell = false;
    const done: string[] = [];
    const job = {
      name: 'a job that jumps',
      fromHour: 0,
      run: async () => {
        if (!isWell) throw new Error('not yet');
        done.push(now.toISOString());
      },
    };
    at('2030-01-01T12:00:00Z');
    expect(await runJob(app.services, job)).toBe('failed');
    isWell = true;

    at('2026-11-22T15:00:00Z');

    expect(await runJob(app.services, job)).toBe('done');
    expect(await runJob(app.services, job)).toBe('not-due');
    expect(done).toHaveLength(1);
  });

  it('goes on with an import that a process had in hand while the clock was years ahead', async () => {
    const { store } = app.services;
    const batch = { name: 'jumping', title: 'A list', fileName: 'list.csv', hash: 'x' };
    await addBatch(store, { ...batch, by: null, at: now.toISOString(), counts: {} }, []);
    const ahead = new Date('2030-01-01T12:00:00Z');
    const hold = { name: 'jumping', heldBy: 'a process that died', heldUntil: ahead };
    await takeBatch(store, hold, now, ['planned'], 'applying');

    const applied = await applyImport({ store, clock: () => now }, 'jumping');

    expect(applied.kind).toBe('done');
  });

  it('shows the day that it is, ahead and back, and knows its people all the while', async () => {
    const { agent } = await signInAs(app, { staff: true });
    const { directory } = app.services;
    for (const moment of ['2026-11-23T00:00:01Z', '2026-11-21T23:59:59Z', '2026-11-22T15:00:00Z']) {
      at(moment);
      await directory.refresh();
      expect(directory.current().today).toBe(moment.slice(0, 10));
      expect((await agent.get('/staff/people')).status).toBe(200);
      expect((await request(app.app).get('/cities')).status).toBe(200);
    }
  });
});

describe('a limit per sender, while the clock jumps', () => {
  const real = Date.now;

  afterAll(() => {
    Date.now = real;
  });

  it('shuts nobody out for longer, and lets nobody in sooner', async () => {
    const app = express();
    app.get('/', limitRequests({ max: 2, windowMs: 1_000 }), (_req, res) => {
      res.send('yes');
    });
    app.use(((_error, _req, res, _next) => {
      res.status(429).send('no');
    }) as express.ErrorRequestHandler);
    const ask = async (): Promise<number> => (await request(app).get('/')).status;
    Date.now = () => real() + 4 * 366 * 86_400_000;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);

    Date.now = real;
    expect(await ask()).toBe(429);

    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await ask()).toBe(200);
  });
});
