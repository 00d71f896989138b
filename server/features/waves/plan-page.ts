// The form for the plan of a wave: empty for a new one, filled for one that is to be changed.
import type { Wave } from '../../domain/records.ts';
import { paths, staffWavePath, waveStepPath } from '../../paths.ts';
import { changeable, type PlanError, type PlanField } from '../../survey/wave-plan.ts';
import type { Page } from '../../web/render.ts';
import type { TypedPlan } from './form.ts';
import { staffHead } from './words.ts';

export interface PlanPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly action: string;
  readonly button: string;
  readonly cancel: string;
  readonly errors: readonly PlanError[];
  readonly fields: readonly {
    readonly id: PlanField;
    readonly label: string;
    readonly hint: string;
    readonly value: string;
    readonly type: 'text' | 'date' | 'paragraphs';
    readonly required: boolean;
    readonly error: string | null;
  }[];
}

const fieldWords: Readonly<
  Record<PlanField, { label: string; hint: string; type: 'text' | 'date' | 'paragraphs' }>
> = {
  name: {
    label: 'Name',
    hint: 'As partners read it in the mail: “Civic tech survey, July 2026”',
    type: 'text',
  },
  opens: {
    label: 'Opening day',
    hint: 'Nothing is sent by itself: you open the wave, and that day becomes its opening day.',
    type: 'date',
  },
  closes: {
    label: 'Closing day',
    hint: 'The last day on which answers are asked for. You close the wave yourself.',
    type: 'date',
  },
  introduction: {
    label: 'Words of introduction',
    hint: 'They stand in the invitation and on the public page of the wave. An empty line begins a new paragraph.',
    type: 'paragraphs',
  },
};

/** @param wave null for a new one */
export function planPage(
  wave: Wave | null,
  typed: TypedPlan,
  errors: readonly PlanError[] = [],
): PlanPage {
  const title = wave ? `Change ${wave.name}` : 'Make a new wave';
  const address = wave ? waveStepPath(wave.slug, 'edit') : paths.staff.newWave;
  return {
    head: staffHead(
      errors.length > 0 ? `Error: ${title}` : title,
      'The plan of a survey wave, for NNIP staff.',
      address,
    ),
    crumbs: [
      { label: 'Survey waves', href: paths.staff.waves },
      ...(wave ? [{ label: wave.name, href: staffWavePath(wave.slug) }] : []),
      { label: wave ? 'Change' : 'New wave' },
    ],
    title,
    lede: ledeOf(wave),
    action: address,
    button: wave ? 'Save' : 'Make this wave',
    cancel: wave ? staffWavePath(wave.slug) : paths.staff.waves,
    errors,
    fields: changeable[wave?.state ?? 'draft'].map((id) => ({
      id,
      ...fieldWords[id],
      value: typed[id],
      required: id !== 'introduction',
      error: errors.find((one) => one.field === id)?.message ?? null,
    })),
  };
}

function ledeOf(wave: Wave | null): string {
  if (!wave) return 'It begins as a draft. Nobody is asked before you open it.';
  return wave.state === 'open'
    ? 'The wave is open: its name and opening day stay. Mails that have left keep the words they had.'
    : 'The wave is a draft: nobody was asked yet.';
}
