// JSON files by their shape: a list of records, a Django dump, GeoJSON, or an answer of our own API.
import { isDjangoDump, readFixture } from './civic-tech-index.ts';
import { flatten, isRecord, type JsonRecord } from './flatten.ts';
import { parseJson } from './json-text.ts';
import { ourFormat } from './our-exports.ts';
import { RefusedFile } from './refused.ts';
import type { FileFormat, Table } from './table.ts';

type Shape = Omit<Table, 'readAs'>;

/** @throws RefusedFile for what is no valid JSON, or holds no list of records */
export function readJson(text: string): Shape {
  const { value, lines } = parseJson(text);
  const list = listOf(value);
  if (!list) {
    throw new RefusedFile('The file is valid JSON, but no list of records: none was found in it.');
  }
  const stranger = list.findIndex((one) => !isRecord(one));
  if (stranger >= 0) {
    throw new RefusedFile(
      `Entry ${stranger + 1} of the list is no record: ${JSON.stringify(list[stranger]).slice(0, 40)}.`,
    );
  }
  const records = list as readonly JsonRecord[];
  if (records.length === 0) throw new RefusedFile('The list is empty.');
  const lineOf = (index: number): number => lines[index] ?? 1;
  if (isDjangoDump(records)) {
    const { records: rows, places, notes } = readFixture(records);
    const table = flatten(rows, (index) => lineOf(places[index] ?? 0));
    return { format: 'civic-tech-index', ...table, notes };
  }
  if (records.some((one) => one['type'] === 'Feature')) return readFeatures(records, lineOf);
  const table = flatten(records, lineOf);
  return { format: ourFormat(table.columns) ?? formatOf(records), ...table, notes: [] };
}

/** The list itself, or the one list of records among the fields of the file's record. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return undefined;
  for (const name of ['features', 'items', 'objects', 'organizations', 'groups', 'results']) {
    if (Array.isArray(value[name])) return value[name];
  }
  return Object.values(value).find(Array.isArray);
}

function readFeatures(records: readonly JsonRecord[], lineOf: (index: number) => number): Shape {
  const flat = records.map(({ id, geometry, properties }): JsonRecord => {
    const point = isRecord(geometry) && geometry['type'] === 'Point' ? geometry['coordinates'] : [];
    // Longitude first.
    const [lng, lat] = Array.isArray(point) ? point : [];
    const own = isRecord(properties) ? properties : {};
    const isPlaced = 'latitude' in own || 'lat' in own;
    return {
      ...(typeof id === 'string' && !('slug' in own) && !('id' in own) ? { id } : {}),
      ...own,
      ...(isPlaced ? {} : { latitude: lat, longitude: lng }),
    };
  });
  const table = flatten(flat, lineOf);
  return { format: ourFormat(table.columns) ?? 'geojson', ...table, notes: [] };
}

function formatOf(records: readonly JsonRecord[]): FileFormat {
  const has = (...names: readonly string[]): boolean =>
    records.some((record) => names.every((name) => name in record));
  if (has('group_url', 'point_of_contact_address')) return 'brigade-list-2014';
  if (has('name', 'events_url') && has('projects_list_url')) return 'brigade-list';
  return 'json';
}
