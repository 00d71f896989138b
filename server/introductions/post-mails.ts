// Posts the mails of the step that an introduction has come to, and notes it in the log of the city's outreach. The
// document says which step that is until all are in the outbox; keys make each mail one, so this is safe to repeat.
import { lastDayToAnswer, otherSide } from '../domain/introduction.ts';
import type { OutgoingMail } from '../mail/outbox.ts';
import { partnerPath, partnerReportPath, paths, wholeAddress } from '../paths.ts';
import type { Services } from '../services.ts';
import { mayBeWrittenTo } from '../store/do-not-write.ts';
import { type Introduction, notePosted } from '../store/introductions.ts';
import { noteInOutreach } from './note-in-outreach.ts';
import { nameOf } from './pair.ts';
import { askerReader, introductionLink, introductionToken, noIntroductionsLink } from './tokens.ts';

export async function postMails(services: Services, one: Introduction): Promise<void> {
  if (one.unposted === null) return;
  for (const mail of await mailsOf(services, one)) await services.mail.post(mail);
  await noteInOutreach(services, one);
  await notePosted(services.store, one);
}

const mailsOf = async (services: Services, one: Introduction): Promise<readonly OutgoingMail[]> => {
  if (one.unposted === 'outcome') return outcomeMails(services, one);
  const requests = await requestMails(services, one, one.unposted === 'reminder');
  return [...requests, ...(one.unposted === 'request' ? onBehalfMails(services, one) : [])];
};

const shared = ({ id }: Introduction) => ({
  purpose: 'introduction' as const,
  about: { kind: 'introduction', slug: id },
});

const namesOf = ({ directory }: Services, one: Introduction) => ({
  fromName: nameOf(directory.current(), one.from, one),
  toName: nameOf(directory.current(), otherSide(one.from), one),
});

/** Whoever asked meanwhile not to be written to gets none; a link that has run out is not sent late. */
async function requestMails(
  services: Services,
  one: Introduction,
  isReminder: boolean,
): Promise<readonly OutgoingMail[]> {
  const { config, secret } = services;
  const answerBy = lastDayToAnswer(one);
  const known = one.recipients.flatMap((recipient) =>
    recipient.address === null ? [] : [{ ...recipient, address: recipient.address }],
  );
  return (await mayBeWrittenTo(services, known)).map(({ address, addressHash }) => {
    const token = introductionToken(secret, { ...one, reader: addressHash });
    return {
      ...shared(one),
      key: `introduction ${one.id} ${one.round} ${isReminder ? 'reminder' : 'request'} ${addressHash.slice(0, 16)}`,
      to: address,
      template: 'introduction',
      data: {
        ...namesOf(services, one),
        link: introductionLink(config.publicUrl, token),
        askerName: one.asker.name,
        fromKind: one.from,
        reasons: [...one.reasons],
        word: one.word,
        answerBy,
        isReminder,
      },
      listUnsubscribe: noIntroductionsLink(config.publicUrl, token),
      useUntil: new Date(`${answerBy}T23:59:59Z`),
    };
  });
}

/** Where the asker sees how it stands: signed in, or by a link of their own where staff asked for them. */
function askersPage({ config, secret }: Services, one: Introduction): string {
  if (!one.onBehalf) return wholeAddress(config.publicUrl, paths.myIntroductions);
  const token = introductionToken(secret, { ...one, round: 1, reader: askerReader });
  return introductionLink(config.publicUrl, token);
}

function onBehalfMails(services: Services, one: Introduction): readonly OutgoingMail[] {
  const { address } = one.asker;
  if (!one.onBehalf || address === null) return [];
  return [
    {
      ...shared(one),
      key: `introduction ${one.id} ${one.round} on-behalf`,
      to: address,
      template: 'introduction-on-behalf',
      data: { ...namesOf(services, one), link: askersPage(services, one), word: one.word },
    },
  ];
}

function outcomeMails(services: Services, one: Introduction): readonly OutgoingMail[] {
  if (one.state === 'accepted') return acceptedMails(services, one);
  const { address } = one.asker;
  const outcome = endingOf(one);
  if (address === null || outcome === null) return [];
  return [
    {
      ...shared(one),
      key: `introduction ${one.id} ${one.round} ${outcome}`,
      to: address,
      template: 'introduction-ended',
      data: {
        ...namesOf(services, one),
        outcome,
        word: one.answer?.word ?? '',
        link: askersPage(services, one),
      },
    },
  ];
}

/** What the asker is told of; who withdraws knows it. */
function endingOf({ state, problem }: Introduction) {
  if (state === 'withdrawn') return problem === null ? null : 'set-aside';
  return state === 'declined' || state === 'expired' || state === 'could-not-be-sent'
    ? state
    : null;
}

function acceptedMails(services: Services, one: Introduction): readonly OutgoingMail[] {
  const accepted = one.answer?.contact;
  const { asker } = one;
  if (!accepted?.address || asker.address === null) return [];
  const { fromName, toName } = namesOf(services, one);
  const asked = otherSide(one.from);
  const site = services.config.publicUrl;
  const links = {
    partner: site + partnerReportPath(one.partner),
    group: site + partnerPath(one.partner),
  };
  const mails = [
    {
      side: one.from,
      to: asker.address,
      data: {
        ...{ toName: fromName, otherName: toName, acceptedBy: 'other' as const },
        ...{
          otherPerson: accepted.name,
          otherAddress: accepted.address,
          word: one.answer?.word ?? '',
        },
      },
    },
    {
      side: asked,
      to: accepted.address,
      data: {
        ...{ toName, otherName: fromName, acceptedBy: 'you' as const },
        ...{ otherPerson: asker.name, otherAddress: asker.address, word: '' },
      },
    },
  ];
  return mails.map(({ side, to, data }) => ({
    ...shared(one),
    key: `introduction ${one.id} ${one.round} accepted ${side}`,
    to,
    template: 'introduction-accepted',
    data: {
      ...data,
      to: side,
      // As they were said to the side that was asked.
      reasons: side === asked ? [...one.reasons] : [],
      link: links[side],
    },
  }));
}
