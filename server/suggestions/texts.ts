// Records as the texts of a suggestion, and such texts as the values of a record: one spelling, both ways.
import type { GroupEntry, PartnerEntry } from '../directory/directory.ts';
import type { Point } from '../domain/records.ts';
import type { SuggestedTexts } from '../domain/suggested.ts';
import { cityLabel } from '../web/format.ts';
import { groupPlace } from '../web/place-words.ts';

/** Microdegrees: a hand's breadth. */
const degrees = (value: number): string => String(Number(value.toFixed(6)));

export const pointText = ({ lat, lng }: Point): string => `${degrees(lat)}, ${degrees(lng)}`;
export const listText = (items: readonly string[]): string => items.join(', ');

/** A point on earth out of "36.154, -95.993"; undefined for anything else. */
export function readPoint(text: string): Point | undefined {
  const parts = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!parts) return undefined;
  const [lat, lng] = [Number(parts[1]), Number(parts[2])];
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : undefined;
}

/** The items of a list, parted by commas, semicolons or lines; each once. */
export const readList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((item) => item.replace(/\s+/g, ' ').trim())
      .filter((item) => item !== ''),
  ),
];

export const groupTexts = (group: GroupEntry): SuggestedTexts => ({
  name: group.name,
  kind: group.kind,
  place: groupPlace(group),
  point: pointText(group),
  website: group.website ?? '',
  eventsUrl: group.eventsUrl ?? '',
  codeUrl: group.codeUrl ?? '',
  topics: listText(group.topics),
  needs: listText(group.needs),
  closed: group.liveness.state === 'closed' ? (group.closed?.date ?? '') : '',
});

export const partnerTexts = (partner: PartnerEntry): SuggestedTexts => ({
  name: partner.name,
  place: cityLabel(partner.cityEntry),
  point: pointText(partner),
  website: partner.website ?? '',
  topics: listText(partner.topics),
  offers: listText(partner.offers),
});
