// The answers to one wave, partner by partner: `/api/v1/waves/{slug}/answers`, in pages and as one CSV.
// A wave that is known by its totals alone has none.
import { z } from 'zod';
import type { Report } from '../../domain/records.ts';
import { levels } from '../../domain/words.ts';
import { notFound } from '../../errors.ts';
import { apiWaveAnswersPath, paths } from '../../paths.ts';
import { toCsv } from '../../web/csv-cells.ts';
import { json, mediaTypes } from './answer.ts';
import { nextPage, paging } from './collection.ts';
import { columnsOf, csvAnswer } from './csv.ts';
import { type Call, makeOperation, type Operation } from './operation.ts';
import { type Order, takePage } from './paging.ts';
import { someOf } from './query.ts';
import * as fields from './records/fields.ts';
import { toWaveAnswer, type WaveAnswerItem, waveAnswerSchema } from './records/wave-answer.ts';

const path = `${paths.api.waves}/{slug}/answers`;
const filter = {
  level: someOf(levels).optional().meta({ description: 'Any of these levels.' }),
};

const listSchema = fields.named(
  'WaveAnswerList',
  z.object({
    items: z.array(waveAnswerSchema),
    total: z.int().nonnegative().meta({ description: 'Answers in the whole selection.' }),
    next: z.url().nullable().meta({ description: 'The next page, null on the last one.' }),
    sampleData: fields.sampleData,
  }),
);

/** By partner: one answer of each counts. */
const order: Order<Report> = {
  length: 1,
  keyOf: ({ partner }) => [partner],
  compare: ([one = ''], [other = '']) => (one < other ? -1 : one > other ? 1 : 0),
};

/** @throws Problem (not found) for a wave that is not there */
function selectAnswers(call: Call, wanted: readonly string[] | undefined) {
  const { directory, slug } = call;
  if (!directory.findWave(slug)) {
    throw notFound(`None of the waves has the slug “${slug.slice(0, 80)}”.`);
  }
  const { final, first } = directory.answersIn(slug);
  const reports = [...final.values()].filter(
    ({ level }) => wanted === undefined || wanted.length === 0 || wanted.includes(level),
  );
  const toItem = (report: Report): WaveAnswerItem =>
    toWaveAnswer(directory, report, first.get(report.partner) ?? report);
  return { reports, toItem };
}

const listOperation = makeOperation({
  path,
  id: 'listWaveAnswers',
  tag: 'waves',
  summary: 'The answers to one wave in pages',
  description:
    'What each partner answered, by partner; provisional while the wave is open. Empty where only totals are known.',
  query: z.object({ ...filter, ...paging }),
  type: mediaTypes.json,
  schema: listSchema,
  problems: [400, 404],
  answer: ({ level, limit, cursor }, call) => {
    const { reports, toItem } = selectAnswers(call, level);
    const page = takePage(reports, order, { limit, cursor });
    const next =
      page.nextCursor === null
        ? null
        : nextPage(call, apiWaveAnswersPath(call.slug), page.nextCursor);
    return json(
      {
        items: page.entries.map(toItem),
        total: reports.length,
        next,
        ...fields.sampleMember(call.directory),
      },
      next === null ? {} : { link: `<${next}>; rel="next"` },
    );
  },
});

const tableOperation = makeOperation({
  path: `${path}.csv`,
  id: 'downloadWaveAnswers',
  tag: 'waves',
  summary: 'The answers to one wave as one table',
  description:
    'What each partner answered. The whole selection, UTF-8 with a byte order mark; "; " joins lists.',
  query: z.object(filter),
  type: mediaTypes.csv,
  schema: null,
  problems: [400, 404],
  answer: ({ level }, call) => {
    const { reports, toItem } = selectAnswers(call, level);
    return csvAnswer(
      call.directory,
      toCsv(columnsOf<WaveAnswerItem>(waveAnswerSchema), reports.map(toItem)),
      `answers-${call.slug}.csv`,
    );
  },
});

export const waveAnswerOperations: readonly Operation[] = [listOperation, tableOperation];
