// What the source of a record says once a suggestion was accepted, and since when such a record is shown.
import type { Day } from '../domain/dates.ts';
import type { Source } from '../domain/records.ts';
import { formatDate } from '../web/format.ts';

const suggested = 'suggested by a visitor, accepted on ';
const corrected = '; corrected by a visitor, accepted on ';

/** The source of a group that came in as a suggestion. */
export const suggestedSource = (day: Day): Source => ({
  note: suggested + formatDate(day),
  url: null,
  date: day,
  verified: true,
});

/** The source after a correction: the latest one is named. Checked stays checked. */
export const correctedSource = (source: Source, day: Day, isChecked: boolean): Source => ({
  ...source,
  note: source.note.split(corrected, 1)[0] + corrected + formatDate(day),
  verified: source.verified || isChecked,
});

/** The day since which a suggested record is shown; null for records that came in otherwise. */
export const shownSince = ({ note, date }: Pick<Source, 'note' | 'date'>): Day | null =>
  note.startsWith(suggested) ? date : null;
