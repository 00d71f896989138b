// What somebody sends to be told of groups near a place: the place, the distance, and a mail address.
import { toPlainText } from '../../directory/query-values.ts';
import type { Point } from '../../domain/records.ts';
import { mailAddress } from '../../mail/outbox.ts';
import { defaultWithin } from '../../web/distances.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Farther than this nobody goes to a meeting. Miles. */
const farthest = 250;

export interface SubscribeForm {
  /** The place as typed; '' where a point was given. */
  readonly typed: string;
  readonly point: Point | null;
  readonly miles: number;
  /** The mail address as typed. */
  readonly typedAddress: string;
  /** In lower case; null where it is none. */
  readonly address: string | null;
  /** True where a field is filled in that people do not see. */
  readonly isTrapped: boolean;
}

/** The field that people do not see and programs fill in. */
export const trapField = 'nickname';

const textOf = (value: unknown): string => (typeof value === 'string' ? toPlainText(value) : '');

function degreesOf(value: unknown, limit: number): number | null {
  const text = textOf(value);
  if (!/^-?\d{1,3}(\.\d+)?$/.test(text)) return null;
  return Math.abs(Number(text)) <= limit ? Number(text) : null;
}

function milesOf(value: unknown): number {
  const text = textOf(value);
  const miles = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  return miles >= 1 && miles <= farthest ? miles : defaultWithin;
}

/** Never throws: what means nothing is nothing. */
export function parseSubscribeForm(raw: Raw | undefined): SubscribeForm {
  const typed = textOf(raw?.['place']);
  const lat = degreesOf(raw?.['lat'], 90);
  const lng = degreesOf(raw?.['lng'], 180);
  const typedAddress = typeof raw?.['address'] === 'string' ? raw['address'].slice(0, 254) : '';
  const parsed = mailAddress.safeParse(typedAddress);
  return {
    typed,
    point: typed === '' && lat !== null && lng !== null ? { lat, lng } : null,
    miles: milesOf(raw?.['within']),
    typedAddress,
    address: parsed.success ? parsed.data.toLowerCase() : null,
    isTrapped: textOf(raw?.[trapField]) !== '',
  };
}
