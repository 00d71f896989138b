// Invented suggestions of visitors for the demo: corrections of groups, and a group that is new.
import type { Directory } from '../directory/directory.ts';
import type { Services } from '../services.ts';
import { sendSuggestion } from '../suggestions/send-suggestion.ts';
import { groupTexts } from '../suggestions/texts.ts';
import { cityLabel } from '../web/format.ts';
import type { Chance } from './chance.ts';

type Sending = Parameters<typeof sendSuggestion>[0];

/** Nobody is mailed: they were sent in without an address. */
export async function inventSuggestions(
  services: Pick<Services, 'store' | 'secret' | 'clock' | 'config'>,
  directory: Directory,
  chance: Chance,
): Promise<void> {
  const sending: Sending = { ...services, mail: noMail };
  const groups = directory.groups.filter(({ website }) => website !== null);
  for (const [index, number] of [1, 2, 3].entries()) {
    const group = chance.pick(groups);
    const seen = groupTexts(group);
    await sendSuggestion(sending, {
      kind: 'correction',
      about: { record: 'group', slug: group.slug },
      seen,
      proposed: {
        ...seen,
        website: `https://group-${number}.example/`,
        topics: 'housing, transit',
      },
      text: 'They have a new website. (invented)',
      known: 'I go to their meetings.',
      sender: null,
      stamp: `demo correction ${index}`,
    });
  }
  const city = directory.cities.find(({ flag }) => flag === 'no-group' || flag === 'no-contact');
  if (!city) return;
  await sendSuggestion(sending, {
    kind: 'group',
    about: null,
    seen: {},
    proposed: {
      name: `Open ${city.name}`,
      kind: 'civic-hacking-group',
      place: cityLabel(city),
      website: 'https://open-city.example/',
      topics: 'open data, housing',
    },
    text: 'We meet every second Tuesday. (invented)',
    known: 'I am one of the organizers.',
    sender: null,
    stamp: 'demo group',
  });
}

const noMail: Services['mail'] = {
  post: async () => false,
  wake: () => undefined,
  drain: async () => undefined,
  close: async () => undefined,
};
