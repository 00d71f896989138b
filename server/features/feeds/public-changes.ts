// What everybody may read of the change log: whole steps of one record, public fields alone, by nobody in particular.
import type { Directory } from '../../directory/directory.ts';
import type { Change, Collaboration, Convening } from '../../domain/records.ts';
import { publicGroupFields, publicPartnerFields } from '../../domain/visibility.ts';
import { wholeRecord } from '../../store/changes.ts';

/** The changes that one step made to one record. */
export interface PublicChange {
  readonly batch: string;
  /** A kind of record, `group`. */
  readonly record: string;
  readonly slug: string;
  /** When the last of them was made, ISO 8601. */
  readonly at: string;
  readonly what: 'added' | 'changed' | 'taken-out';
  /** The record that came or went, as the log has it: for its name alone. */
  readonly whole: unknown;
  /** The public fields that changed; none where the whole record came or went. */
  readonly fields: readonly Pick<Change, 'field' | 'before' | 'after'>[];
}

const collaborationFields: readonly (keyof Collaboration)[] = [
  ...(['title', 'city', 'partner', 'partnerName', 'group', 'groupName', 'from', 'to'] as const),
  ...(['summary', 'link', 'state', 'source'] as const),
];
const conveningFields: readonly (keyof Convening)[] = [
  ...(['name', 'kind', 'start', 'end', 'city', 'place', 'website', 'partners'] as const),
  ...(['groups', 'source'] as const),
];

/** Every kind and field that is told of; what is not named here stays in the log. */
const told: Readonly<Record<string, ReadonlySet<string>>> = {
  city: new Set(['name', 'state', 'country', 'lat', 'lng']),
  partner: new Set(publicPartnerFields),
  group: new Set(publicGroupFields),
  collaboration: new Set(collaborationFields),
  convening: new Set(conveningFields),
  wave: new Set(['state']),
  report: new Set(),
};
/** Fields that follow from others, or change with everything. */
const silent = new Set(['slug', 'createdAt', 'updatedAt']);

const valueIn = (whole: unknown, field: string): unknown =>
  typeof whole === 'object' && whole !== null
    ? (whole as Readonly<Record<string, unknown>>)[field]
    : undefined;

/**
 * @param changes newest first, as the log is read
 * @returns newest first
 */
export function toPublicChanges(
  directory: Directory,
  changes: readonly Change[],
): readonly PublicChange[] {
  const isPublic = publicAtItsTime(directory);
  const steps = new Map<string, Change[]>();
  for (const change of changes) {
    if (!isPublic(change)) continue;
    const name = JSON.stringify([change.batch, change.record, change.slug]);
    const those = steps.get(name);
    if (those) those.push(change);
    else steps.set(name, [change]);
  }
  return [...steps.values()].flatMap(toPublicChange);
}

function toPublicChange(step: readonly Change[]): PublicChange[] {
  const [newest] = step;
  if (!newest) return [];
  const { batch, record, slug, at } = newest;
  const whole = step.find(({ field }) => field === wholeRecord);
  const named = { batch, record, slug, at, fields: [] };
  if (whole?.after === null) return [{ ...named, what: 'taken-out', whole: whole.before }];
  if (whole) return [{ ...named, what: 'added', whole: whole.after }];
  const fields = step.map(({ field, before, after }) => ({ field, before, after }));
  return [{ ...named, what: 'changed', whole: null, fields }];
}

/** Tells of each change, asked newest first, whether everybody could see it when it was made and still can. */
function publicAtItsTime(directory: Directory): (change: Change) => boolean {
  /** Collaborations that were drafts before the changes looked at so far. */
  const drafts = new Set<string>();
  return (change) => {
    const { record, slug, field, before, after, origin } = change;
    // What the directory began with is no change of it.
    if (origin === 'seed') return false;
    const isWhole = field === wholeRecord;
    if (!isWhole && (!told[record]?.has(field) || silent.has(field))) return false;
    if (record === 'collaboration') {
      if (!directory.findCollaboration(slug)) return false;
      if (field === 'state') {
        if (before === 'published') drafts.delete(slug);
        else drafts.add(slug);
        return after === 'published';
      }
      return isWhole ? valueIn(after, 'state') === 'published' : !drafts.has(slug);
    }
    if (record === 'wave') return directory.findWave(slug) !== undefined && after !== null;
    if (record === 'report') return isWhole && isReportShown(directory, slug, after);
    return told[record] !== undefined;
  };
}

/** A report that follows from a collaboration is told of with it. */
function isReportShown(directory: Directory, id: string, after: unknown): boolean {
  const partner = valueIn(after, 'partner');
  if (typeof partner !== 'string' || valueIn(after, 'origin') === 'collaboration') return false;
  return directory.reportsOf(partner).some((report) => report.id === id);
}
