// The page about personal data says what the program does, and every form that asks for an address leads to it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { linkMinutes, sessionDays } from '../../server/accounts/sign-in.ts';
import { keepDays, keptSince } from '../../server/domain/keeping.ts';
import { unconfirmedDays } from '../../server/domain/subscription.ts';
import { privacyPage } from '../../server/features/privacy/privacy-page.ts';
import { root } from '../../server/root.ts';

const words = (backupDays: number): string => JSON.stringify(privacyPage(backupDays).kinds);

describe('the page about personal data', () => {
  it.each([
    ...Object.entries(keepDays),
    ['sessions', sessionDays],
    ['unconfirmed subscriptions', unconfirmedDays],
  ])('says for how many days: %s', (_what, days) => {
    expect(words(30)).toContain(`${days} days`);
  });

  it('says how long backups and sign-in links last, as they are set', () => {
    expect(words(45)).toContain('45 days');
    expect(words(0)).toContain('None are made by themselves');
    expect(words(30)).toContain(`${linkMinutes} minutes`);
  });

  it('answers for each kind what, why, until when and who sees it', () => {
    for (const kind of privacyPage(30).kinds) {
      expect(Object.values(kind).filter((text) => text.trim() === '')).toEqual([]);
    }
  });
});

describe('how long something is kept', () => {
  it('is counted in whole days from the moment', () => {
    expect(keptSince(new Date('2026-11-22T12:00:00Z'), 90)).toEqual(
      new Date('2026-08-24T12:00:00Z'),
    );
  });
});

describe('every form that asks for an address', () => {
  const folder = join(root, 'views');
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ejs') && !/^(components|mail)/.test(name),
  );
  const asking = templates.filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return /type: 'email'|id: 'addresses'|page\.contacts|id: 'contact'/.test(text);
  });

  it('is known here', () => {
    expect(asking.length).toBeGreaterThan(7);
  });

  it.each([...asking, 'suggesting/suggest.ejs'])('%s leads to the page', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).toContain(
      "include('components/privacy-note')",
    );
  });
});
