// What partners will read and see: the invitation as mail, with a link that leads nowhere, and the questions.
import type { Wave } from '../../domain/records.ts';
import { levels } from '../../domain/words.ts';
import { openMailTemplates } from '../../mail/render.ts';
import { paths, respondPath, staffWavePath, waveStepPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { levelChoices, questions } from '../../survey/answer-words.ts';
import type { Page } from '../../web/render.ts';
import { staffHead } from './words.ts';

export interface PreviewPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly mail: { readonly subject: string; readonly text: string };
  readonly levelQuestion: string;
  readonly levels: readonly { readonly label: string; readonly meaning: string }[];
  readonly otherQuestions: readonly string[];
}

/** @param example name of the partner that the example is written for */
export async function previewPage(
  { config }: Pick<Services, 'config'>,
  wave: Wave,
  example: string,
): Promise<PreviewPage> {
  const mail = await openMailTemplates(config)({
    template: 'invitation',
    data: {
      partnerName: example,
      waveName: wave.name,
      link: config.publicUrl + respondPath('the-link-of-each-partner'),
      closes: wave.closes,
      introduction: wave.introduction,
    },
    unsubscribe: null,
  });
  return {
    head: staffHead(
      `Preview of ${wave.name}`,
      'The mail and the form of a survey wave, for NNIP staff.',
      waveStepPath(wave.slug, 'preview'),
    ),
    crumbs: [
      { label: 'Survey waves', href: paths.staff.waves },
      { label: wave.name, href: staffWavePath(wave.slug) },
      { label: 'Preview' },
    ],
    title: `Preview of ${wave.name}`,
    lede: `As ${example} would get it. Nothing on this page is sent or kept.`,
    mail,
    levelQuestion: questions.level,
    levels: levels.map((level) => levelChoices[level]),
    otherQuestions: Object.entries(questions).flatMap(([name, text]) =>
      name === 'level' ? [] : [text],
    ),
  };
}
