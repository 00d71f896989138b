// The pauses between tries of a mail, and what the mails to one partner say together about being asked.
// Sending itself is in sender.test.ts.
import { describe, expect, it } from '@jest/globals';
import { deliveryOf, type MailFacts, nextTry, pauses } from '../../server/domain/mail-delivery.ts';

const at = (time: string): Date => new Date(`2026-07-${time}:00Z`);
const aMail = (facts: Partial<MailFacts> = {}): MailFacts => ({
  purpose: 'invitation',
  state: 'sent',
  queuedAt: at('01T09:00'),
  sentAt: at('01T09:01'),
  problem: null,
  ...facts,
});

describe('the pauses between tries', () => {
  it('are 1, 5 and 30 minutes, 2, 6 and 24 hours', () => {
    expect(pauses.map((pause) => pause / 60_000)).toEqual([1, 5, 30, 120, 360, 1440]);
  });

  it('end after the seventh try', () => {
    expect(nextTry(6, at('01T09:00'), null)).toEqual(at('02T09:00'));
    expect(nextTry(7, at('01T09:00'), null)).toBeNull();
  });

  it('end when the next try would come too late to be of use', () => {
    expect(nextTry(1, at('01T09:00'), at('01T09:01'))).toEqual(at('01T09:01'));
    expect(nextTry(2, at('01T09:00'), at('01T09:04'))).toBeNull();
  });
});

describe('deliveryOf', () => {
  it('says of no mails that nobody was asked', () => {
    expect(deliveryOf([])).toEqual({
      state: null,
      askedAt: null,
      remindedAt: null,
      reminders: 0,
      bounced: false,
      problem: null,
    });
  });

  it('counts the reminders that left and shows the newest', () => {
    const delivery = deliveryOf([
      aMail({ purpose: 'reminder', queuedAt: at('09T09:00'), sentAt: at('09T09:01') }),
      aMail(),
      aMail({ purpose: 'reminder', queuedAt: at('05T09:00'), sentAt: at('05T09:01') }),
      aMail({ purpose: 'reminder', queuedAt: at('11T09:00'), sentAt: null, state: 'waiting' }),
    ]);

    expect(delivery).toMatchObject({
      state: 'waiting',
      askedAt: at('01T09:01'),
      remindedAt: at('09T09:01'),
      reminders: 2,
    });
  });

  it('shows a bounce until a later mail to a corrected address goes well', () => {
    const bounced = aMail({ state: 'bounced', sentAt: null, problem: '550 No such user' });
    const corrected = aMail({ queuedAt: at('02T09:00'), sentAt: at('02T09:01') });

    expect(deliveryOf([bounced])).toMatchObject({ bounced: true, problem: '550 No such user' });
    expect(deliveryOf([corrected, bounced])).toMatchObject({
      bounced: false,
      problem: null,
      askedAt: at('02T09:01'),
    });
  });

  it('passes over mails that ask for nothing', () => {
    expect(deliveryOf([aMail({ purpose: 'thanks' })]).state).toBeNull();
  });
});
