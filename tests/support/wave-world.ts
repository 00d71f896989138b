// A world for tests of survey waves: 37 partners that are not former and one that is, a real mail server,
// the whole application with a clock that tests move, and staff who are signed in.
import { load } from 'cheerio';
import type { Partner } from '../../server/domain/records.ts';
import type { Level } from '../../server/domain/words.ts';
import { appendReport } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from './app.ts';
import { aPartner, someRecords } from './builders.ts';
import { type SignedInPerson, signInAs } from './sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from './smtp.ts';

export const partnerCount = 37;

export const slugOf = (number: number): string => `partner-${String(number).padStart(2, '0')}`;
export const addressOf = (slug: string): string => `${slug}@partners.example`;

/** Partner 1 to 37, each with an address of its own. */
export const thePartners = (count = partnerCount): readonly Partner[] =>
  Array.from({ length: count }, (_, index) => {
    const slug = slugOf(index + 1);
    return aPartner({
      slug,
      name: `Partner ${index + 1}`,
      contacts: [addressOf(slug)],
      status: index % 2 === 0 ? 'unknown' : 'current',
    });
  });

export interface WaveWorld extends TestApp {
  readonly smtp: SmtpReceiver;
  readonly staff: SignedInPerson;
  /** Moves the clock on. */
  pass(days: number): void;
  /** Makes a wave from today on, for so many days; its slug. */
  makeWave(
    over?: Partial<Record<'name' | 'opens' | 'closes' | 'introduction', string>>,
  ): Promise<string>;
  /** Presses the button of a step and follows to the page after it; its text. */
  press(path: string, fields?: Record<string, string>): Promise<string>;
  /** The text of a page's main part. */
  read(path: string): Promise<string>;
  /** Answers for a partner, past the form. */
  answer(wave: string, partner: string, level: Level, more?: object): Promise<void>;
  /** Every mail is out. */
  delivered(): Promise<void>;
}

export async function startWaveWorld(
  options: { readonly partners?: readonly Partner[]; readonly clock?: () => Date } = {},
): Promise<WaveWorld> {
  let now = new Date('2026-07-01T09:00:00Z');
  const clock = options.clock ?? (() => now);
  const smtp = await startSmtpReceiver();
  const former = aPartner({
    slug: 'gone',
    name: 'Gone',
    status: 'former',
    contacts: ['a@gone.example'],
  });
  const app = await startTestApp({
    clock,
    records: someRecords({ partners: [...(options.partners ?? thePartners()), former] }),
    config: { smtpUrl: smtp.url, mailFrom: 'Crosswalk <crosswalk@crosswalk.example>' },
  });
  const { services } = app;
  const staff = await signInAs(app, { staff: true });
  const { agent } = staff;
  const textOf = (html: string): string => load(html)('main').text().replace(/\s+/g, ' ').trim();

  return {
    ...app,
    smtp,
    staff,
    pass(days) {
      now = new Date(now.getTime() + days * 86_400_000);
    },
    async makeWave(over = {}) {
      const answer = await agent
        .post('/staff/waves/new')
        .type('form')
        .send({
          name: 'Civic tech survey, July 2026',
          opens: '2026-07-01',
          closes: '2026-07-31',
          introduction: 'We ask again.',
          ...over,
        });
      const slug = /^\/staff\/waves\/([^?]+)/.exec(answer.headers['location'] ?? '')?.[1];
      if (answer.status !== 303 || !slug) throw new Error(`made no wave: ${textOf(answer.text)}`);
      return slug;
    },
    async press(path, fields = {}) {
      const answer = await agent.post(path).type('form').send(fields);
      if (answer.status !== 303) {
        throw new Error(`${path} was answered with ${answer.status}: ${textOf(answer.text)}`);
      }
      return textOf((await agent.get(String(answer.headers['location'])).expect(200)).text);
    },
    read: async (path) => textOf((await agent.get(path).expect(200)).text),
    async answer(wave, partner, level, more = {}) {
      await appendReport(
        services.store,
        {
          partner,
          level,
          date: clock().toISOString().slice(0, 10),
          groups: [],
          wave,
          origin: 'answer',
          collaboration: null,
          gave: [],
          barriers: [],
          wantsTies: null,
          publicNote: '',
          internalNote: '',
          ...more,
        },
        programWriter('web', clock()),
      );
      await services.directory.refresh();
    },
    delivered: () => services.mail.drain(),
    async close() {
      await app.close();
      await smtp.close();
    },
  };
}

/** The token of the personal link in a mail. */
export const tokenIn = (mail: { readonly text: string }): string =>
  /\/respond\/([A-Za-z0-9_-]{43})/.exec(mail.text)?.[1] ?? 'none';
