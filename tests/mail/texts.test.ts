// What the mails say, in both their parts: links whole, why somebody gets it, nothing fetched, safe subjects.
// Handing them over is in transport.test.ts.
import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import { openMailTemplates, toSubject, toText } from '../../server/mail/render.ts';
import { type MailData, type MailTemplate, mailTexts } from '../../server/mail/texts.ts';

const render = openMailTemplates({ publicUrl: 'https://crosswalk.example', production: false });
const link = 'https://crosswalk.example/respond/J3kq0Zx1T9mB7vYc5LwPnE8sRd2hGf6aUiOo4tKpXyQ';
const survey = {
  partnerName: 'Urban Data Center of Greater Springfield',
  waveName: 'Civic tech survey, July 2026',
  link,
  closes: '2026-07-31',
};
const samples: { readonly [T in MailTemplate]: MailData<T> } = {
  'sign-in': { link, minutes: 15 },
  welcome: { link, roles: ['answer for Urban Data Center, an NNIP partner'] },
  invitation: { ...survey, introduction: 'First words\nof the staff.\n\nSecond words.' },
  reminder: survey,
  thanks: { ...survey, answers: [{ question: 'How you work together', answer: 'Some contact' }] },
  'suggestion-received': { link, sent: '2026-07-01' },
  'suggestion-decided': {
    link,
    sent: '2026-07-01',
    outcome: 'in-part',
    name: 'Code for Tulsa',
    word: 'First words\nof the staff.\n\nSecond words.',
  },
  'still-here': {
    groupName: 'Code for Tulsa',
    place: 'Tulsa, OK',
    liveness: 'no sign since 2023',
    page: 'https://crosswalk.example/groups/code-for-tulsa',
    active: link,
    changed: 'https://crosswalk.example/still-here/token/changed',
    stopped: 'https://crosswalk.example/still-here/token/stopped',
    until: '2027-01-21',
    isReminder: true,
    isLastCall: true,
  },
  'your-data': { link, hours: 24 },
  'new-address': { link, hours: 24 },
  'address-changed': { link },
  'bring-back': { groupName: 'Code for Tulsa', link, until: '2026-12-06' },
  'subscription-confirm': {
    link,
    place: 'Tulsa, OK',
    distance: '50 miles',
    until: '2026-07-08',
  },
  'subscription-news': {
    link,
    place: 'Tulsa, OK',
    distance: '50 miles',
    groups: [
      {
        name: 'Code for Tulsa, the Civic Hackers of Greater Northeastern Oklahoma',
        kind: 'new',
        where: 'Tulsa, OK, 4 miles away',
        liveness: 'listed, February 2023, not checked since',
        link,
      },
    ],
    more: 12,
  },
  message: {
    subject: 'Urban Data Center and Code for Springfield',
    body: 'Hello,\nmay we introduce you?\n\nKind regards,\nAna',
    replyTo: 'ana@urban.example',
    recipientName: 'Urban Data Center',
  },
  introduction: {
    link,
    askerName: 'Ana Ruiz',
    fromKind: 'partner',
    fromName: 'Urban Data Center of Greater Springfield',
    toName: 'Code for Springfield',
    reasons: ['4 miles apart', 'both work on housing and transit'],
    word: 'First words\nof mine.\n\nSecond words.',
    answerBy: '2026-07-31',
    isReminder: false,
  },
  'introduction-accepted': {
    to: 'partner',
    toName: 'Urban Data Center',
    otherName: 'Code for Springfield',
    otherPerson: 'Bo',
    otherAddress: 'bo@code.example',
    acceptedBy: 'other',
    word: 'Gladly.',
    reasons: ['4 miles apart'],
    link,
  },
  'introduction-ended': {
    outcome: 'declined',
    fromName: 'Urban Data Center',
    toName: 'Code for Springfield',
    word: 'Perhaps next year.',
    link,
  },
  'introduction-on-behalf': {
    link,
    fromName: 'Urban Data Center',
    toName: 'Code for Springfield',
    word: '',
  },
};
const names = Object.keys(mailTexts) as MailTemplate[];
const write = (template: MailTemplate, data: unknown = samples[template], unsubscribe = null) =>
  render({ template, data, unsubscribe });

/** A message of a person leads where the person says. */
describe.each(names.filter((name) => name !== 'message'))('the mail %s', (template) => {
  it('has its link whole on a line of its own in the text part', async () => {
    const { text } = await write(template);

    expect(text.split('\n')).toContain(link);
  });

  it('leads to the link in the HTML part, as a button and in full', async () => {
    const { html } = await write(template);
    const $ = load(html);

    expect($('a.button').attr('href')).toBe(link);
    expect($('a').filter((_, a) => $(a).text() === link)).toHaveLength(1);
  });
});

describe.each(names)('the mail %s', (template) => {
  it('says why somebody gets it, in both parts', async () => {
    const { text, html } = await write(template);

    expect(text).toContain('You get this mail because ');
    expect(load(html)('body').text()).toContain('You get this mail because ');
  });

  it('holds nothing that is fetched from elsewhere and no script', async () => {
    const { html } = await write(template);

    expect(load(html)('img, script, link, iframe, form')).toHaveLength(0);
  });

  it('has text lines of 72 characters at most, addresses apart', async () => {
    const { text } = await write(template);

    for (const line of text.split('\n')) if (line !== link) expect(line.length).toBeLessThan(73);
  });

  it('is not written when what it is filled with lacks something', async () => {
    await expect(write(template, {})).rejects.toThrow();
  });
});

describe('the words of the mails', () => {
  it('say how long a sign-in link is good for, and what to do when nobody asked for it', async () => {
    const { text } = await write('sign-in');

    expect(text).toContain('15 minutes');
    expect(text).toMatch(/If you did not ask for this, ignore it/);
  });

  it('name partner, wave and closing day, and that it takes a minute without an account', async () => {
    const { subject, text } = await write('invitation');
    const flowing = text.replace(/\s+/g, ' ');

    expect(subject).toBe(
      'Civic tech survey, July 2026: a minute for Urban Data Center of Greater Springfield',
    );
    expect(flowing).toContain('until the end of 31 July 2026');
    expect(flowing).toContain('about a minute and needs no account');
  });

  it('keep the paragraphs of the words of introduction', async () => {
    const { text, html } = await write('invitation');

    expect(text).toContain('\n\nFirst words of the staff.\n\nSecond words.\n\n');
    expect(
      load(html)('p')
        .toArray()
        .map((p) => load(p).text()),
    ).toEqual(expect.arrayContaining(['First words of the staff.', 'Second words.']));
  });

  it('repeat in the thanks what was answered', async () => {
    const { text, html } = await write('thanks');

    expect(text).toContain('How you work together: Some contact');
    expect(load(html)('dd').text()).toContain('Some contact');
  });

  it('show names as they are in the text part and as text in the HTML part', async () => {
    const partnerName = 'R&D <b>Center</b>';
    const { text, html } = await write('reminder', { ...survey, partnerName });

    expect(text).toContain(partnerName);
    expect(load(html)('body').text()).toContain(partnerName);
    expect(load(html)('b')).toHaveLength(0);
  });

  it('keep the lines of a message as they were typed', async () => {
    const { text, html } = await write('message');

    expect(text).toContain('Hello,\nmay we introduce you?\n\nKind regards,\nAna\n');
    expect(load(html)('p').first().html()).toBe('Hello,<br>may we introduce you?');
  });

  it('send the answer to a message to whoever wrote it', async () => {
    expect((await write('message')).replyTo).toBe('ana@urban.example');
    expect((await write('thanks')).replyTo).toBeUndefined();
  });

  it('offer the way out of surveys where there is one', async () => {
    const unsubscribe = 'https://crosswalk.example/no-more/abc';
    const { text, html } = await render({
      template: 'reminder',
      data: samples.reminder,
      unsubscribe,
    });

    expect(text.split('\n')).toContain(unsubscribe);
    expect(load(html)(`a[href="${unsubscribe}"]`)).toHaveLength(1);
  });
});

describe('a subject', () => {
  it('is one line of printable text, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone.
        expect(toSubject(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });

  it('keeps what a line break was put before, as words', () => {
    expect(toSubject('Hello\r\nBcc: all@example.org')).toBe('Hello Bcc: all@example.org');
  });
});

describe('the text part', () => {
  it('is wrapped without losing or splitting a word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z:/.]{1,90}$/)), (words) => {
        const wrapped = toText(words.join(' '));

        expect(wrapped.split(/\s+/).filter(Boolean)).toEqual(words);
      }),
    );
  });
});
