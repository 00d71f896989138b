// The public tables for whoever packs them all: each collection as CSV and GeoJSON, as its own address gives it.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { PublicTable, TableColumn } from '../../exports/public-table.ts';
import { toCsv } from '../../web/csv-cells.ts';
import type { MadeCollection } from './collection.ts';
import { collections } from './collections.ts';
import { columnWords } from './column-words.ts';
import { columnsOf } from './csv.ts';
import { toWaveAnswer, waveAnswerSchema } from './records/wave-answer.ts';

/** @param publicUrl the site's address, without a slash at the end */
export const publicTables = (publicUrl: string): readonly PublicTable[] => [
  ...collections.map((collection) => tableOf(collection, publicUrl)),
  answersTable,
];

function tableOf(collection: MadeCollection, publicUrl: string): PublicTable {
  const { itemsOf, csvOf, geojsonOf } = collection;
  return {
    name: collection.name,
    about: collection.description,
    columns: describeColumns(collection.name, collection.rowSchema),
    items: (directory) => itemsOf(directory, publicUrl),
    csv: (directory) => csvOf(directory, publicUrl),
    ...(geojsonOf && { geojson: (directory) => geojsonOf(directory, publicUrl) }),
  };
}

const answerRowSchema = z.object({
  wave: z.string().meta({ description: 'Slug of the wave.' }),
  ...waveAnswerSchema.shape,
});

/** One table of all waves, where the API has one address for each wave. */
const answersTable: PublicTable = {
  name: 'answers',
  about: 'What each partner answered to each wave; provisional while a wave is open.',
  columns: describeColumns('answers', answerRowSchema),
  items: (directory) => directory.waves.flatMap(answersOf(directory)),
  csv: (directory) =>
    toCsv(columnsOf(answerRowSchema), directory.waves.flatMap(answersOf(directory))),
};

const answersOf =
  (directory: Directory) =>
  ({ slug }: { readonly slug: string }): z.infer<typeof answerRowSchema>[] => {
    const { final, first } = directory.answersIn(slug);
    return [...final.values()].map((report) => ({
      wave: slug,
      ...toWaveAnswer(directory, report, first.get(report.partner) ?? report),
    }));
  };

/** The columns with their words: our own for downloads, else those of the schema. */
function describeColumns(table: string, schema: z.ZodObject): readonly TableColumn[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    about:
      columnWords[`${table}.${name}`] ??
      columnWords[name] ??
      (field as z.ZodType).meta()?.description ??
      '',
  }));
}
