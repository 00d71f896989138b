// The words of outreach as staff read them.
import type { ContactKind, OutreachLogKind, OutreachStage } from '../domain/words.ts';

const stageLabels: Readonly<Record<OutreachStage, string>> = {
  'to-do': 'To do',
  asked: 'Asked',
  introduced: 'Introduced',
  meeting: 'Meeting',
  'working-together': 'Working together',
  paused: 'Paused',
};
export const stageLabel = (stage: OutreachStage): string => stageLabels[stage];

const logKindLabels: Readonly<Record<OutreachLogKind, string>> = {
  call: 'Call',
  mail: 'Mail',
  meeting: 'Meeting',
  note: 'Note',
  change: 'Changed',
  fact: 'From the directory',
};
export const logKindLabel = (kind: OutreachLogKind | ContactKind): string => logKindLabels[kind];
