// How exported files are named, and how every answer says that its data is invented.
import type { Directory } from '../directory/directory.ts';

type Marked = Pick<Directory, 'sampleData'>;

/** `crosswalk-cities.csv`; `crosswalk-sample-data-cities.csv` where the data is invented. */
export const exportName = ({ sampleData }: Marked, rest: string): string =>
  `crosswalk-${sampleData ? 'sample-data-' : ''}${rest}`;

/** The header that sends it as a file. */
export const asFile = (directory: Marked, rest: string): Readonly<Record<string, string>> => ({
  'content-disposition': `attachment; filename="${exportName(directory, rest)}"`,
});

/** On every answer of a directory that holds invented data; none on others. */
export const sampleHeaders = ({ sampleData }: Marked): Readonly<Record<string, string>> =>
  sampleData ? { 'crosswalk-sample-data': 'true' } : {};
