// One partner's answer to a wave in the API: public fields alone, named one by one.
// Barriers, the internal note, who filed it and addresses are not here.
import { z } from 'zod';
import type { Directory } from '../../../directory/directory.ts';
import type { Report } from '../../../domain/records.ts';
import { reportStandings, standingOf } from '../../../domain/standing.ts';
import { toPublicReport } from '../../../domain/visibility.ts';
import { gifts, levels } from '../../../domain/words.ts';
import * as fields from './fields.ts';

export const waveAnswerSchema = fields.named(
  'WaveAnswer',
  z
    .object({
      partner: fields.slug.meta({ description: 'Slug of the partner.' }),
      partnerName: z.string(),
      city: z.string().nullable().meta({ description: 'Slug of its city.' }),
      level: z.enum(levels).meta({ description: 'Of the answer that counts, the newest one.' }),
      firstLevel: z.enum(levels).meta({ description: 'Of the answer that it gave first.' }),
      date: fields.partialDate,
      groups: fields.slugs.meta({ description: 'Slugs of the groups it is about.' }),
      standing: z.enum(reportStandings).meta({
        description:
          'What those groups say of it: nothing yet, at least one confirms, or at least one disputes.',
      }),
      gave: z.array(z.enum(gifts)),
      wantsTies: z
        .boolean()
        .nullable()
        .meta({ description: 'Whether it wishes for stronger ties; null where it did not say.' }),
      publicNote: z.string(),
    })
    .meta({ description: 'What one partner answered.' }),
);
export type WaveAnswerItem = z.infer<typeof waveAnswerSchema>;

/** @param first the answer that the partner gave first; the same report where it never changed */
export function toWaveAnswer(directory: Directory, whole: Report, first: Report): WaveAnswerItem {
  const report = toPublicReport(whole);
  const partner = directory.findPartner(report.partner);
  return {
    partner: report.partner,
    partnerName: partner?.name ?? report.partner,
    city: partner?.city ?? null,
    level: report.level,
    firstLevel: first.level,
    date: report.date,
    groups: [...report.groups],
    standing: standingOf(report, directory.verdictsOn(report.id)),
    gave: [...report.gave],
    wantsTies: report.wantsTies,
    publicNote: report.publicNote,
  };
}
