// A survey that is open, and the personal links of those it asks, as the tests of answering need them.
import request from 'supertest';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { respondPath } from '../../server/paths.ts';
import { addInvitation, findInvitation, type Invitation } from '../../server/store/invitations.ts';
import { putWave } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { hashOf, personalToken } from '../../server/survey/personal-link.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, aWave, someRecords } from '../support/builders.ts';

export const wave = '2026-11';

export interface OpenWave extends TestApp {
  /** The address of a partner's personal link. */
  linkOf(partner: string): string;
  tokenOf(partner: string): string;
  /** Sends a form to the partner's link, or to the address given. */
  send(partner: string, fields: object, address?: string): request.Test;
  /** Shows the page that the last answer led to. */
  invitationOf(partner: string): Promise<Invitation>;
  turnTo(state: 'open' | 'closed'): Promise<void>;
}

/** Twelve miles north of Tulsa, so in reach of everybody there. */
const near = { lat: 36.33, lng: -95.99 };

/** A partner in Tulsa with a live group in reach, and a wave that is open and asks every partner. */
export async function openWave(
  options: Omit<NonNullable<Parameters<typeof startTestApp>[0]>, 'records'> & {
    readonly records?: Partial<DirectoryRecords>;
  } = {},
): Promise<OpenWave> {
  const records = someRecords({
    partners: [aPartner({ topics: ['housing', 'transit'], contacts: ['ada@tulsa-data.example'] })],
    groups: [
      aGroup({
        ...near,
        topics: ['Housing'],
        signs: [{ kind: 'last-event', date: '2026-11-01', source: 'its calendar', url: null }],
      }),
    ],
    ...options.records,
  });
  const asked = records.partners.map(({ slug }) => slug);
  const open = aWave({
    slug: wave,
    name: 'Civic tech survey, November 2026',
    state: 'open',
    opens: '2026-11-15',
    closes: '2026-12-15',
    asked,
  });
  const test = await startTestApp({
    ...options,
    records: { ...records, waves: [...records.waves, open] },
  });
  const { store, secret, clock, directory } = test.services;
  const tokenOf = (partner: string) => personalToken(secret, { wave, partner, issue: 1 });
  for (const { slug, contacts } of records.partners) {
    const tokenHash = hashOf(tokenOf(slug));
    await addInvitation(store, { wave, partner: slug, addresses: contacts, tokenHash }, clock());
  }
  const linkOf = (partner: string) => respondPath(tokenOf(partner));
  return {
    ...test,
    tokenOf,
    linkOf,
    send: (partner, fields, address = linkOf(partner)) =>
      request(test.app).post(address).type('form').send(fields),
    async invitationOf(partner) {
      const found = await findInvitation(store, wave, partner);
      if (!found) throw new Error(`${partner} was not invited`);
      return found;
    },
    async turnTo(state) {
      await putWave(store, { ...open, state }, programWriter('web', clock()));
      await directory.refresh();
    },
  };
}
