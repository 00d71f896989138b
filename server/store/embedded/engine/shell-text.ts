// Values as MongoDB writes them in its messages, for the sentence about a duplicate key.
import { isDoc } from '../bson/bson.ts';

export function shellText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[ ${value.map(shellText).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${shellText(field)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  const kind = (value as { _bsontype?: string })._bsontype;
  if (kind === 'ObjectId') return `ObjectId('${String(value)}')`;
  if (kind === 'Decimal128') return `Decimal128('${String(value)}')`;
  if (kind === 'Double') {
    const number = (value as { value: number }).value;
    return Number.isInteger(number) ? number.toFixed(1) : String(number);
  }
  return String(value);
}
