// To do: a mail that did not arrive, or may not have. It leaves when it is sent again, or its address is corrected.
import { paths } from '../../paths.ts';
import { readMailProblems } from '../../store/mails.ts';
import { ownerOf, type QueueContext, type QueueSource } from './source.ts';

const problems: Readonly<Record<string, string>> = {
  bounced: 'The address was refused. Correct it and send again.',
  failed: 'Every try to send it failed.',
  unsure: 'It may have arrived or not. Ask, or send it again.',
};

const cityOf = (
  { board }: QueueContext,
  about: { readonly kind: string; readonly slug: string } | null,
): string => {
  if (about?.kind === 'partner') return board.directory.findPartner(about.slug)?.city ?? '';
  return about?.kind === 'city' ? about.slug : '';
};

export const mailProblems: QueueSource = {
  kind: 'mail',
  label: 'Mail that did not arrive',
  read: async (context) =>
    (await readMailProblems(context.store))
      .filter(({ purpose }) => purpose !== 'sign-in' && purpose !== 'subscription')
      .map((mail) => ({
        key: `mail ${mail.id} ${mail.queuedAt.toISOString()}`,
        title: mail.to,
        href: paths.staff.mail,
        note: problems[mail.state] ?? 'It did not arrive.',
        owner: ownerOf(context.board.find(cityOf(context, mail.about))),
        due: mail.queuedAt.toISOString().slice(0, 10),
      })),
};
