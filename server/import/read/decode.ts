// The text of a file: by its byte order mark, as UTF-8 where that fits, else by what its bytes look like.
import { isUtf8 } from 'node:buffer';
import { detect } from 'chardet';
import iconv from 'iconv-lite';
import { mostBytes } from './bounds.ts';
import { RefusedFile } from './refused.ts';

export interface DecodedText {
  /** Without its byte order mark. */
  readonly text: string;
  /** As people call it: "UTF-8", "windows-1252". */
  readonly encoding: string;
}

const marks: readonly (readonly [mark: string, encoding: string])[] = [
  ['efbbbf', 'UTF-8'],
  ['fffe', 'UTF-16LE'],
  ['feff', 'UTF-16BE'],
];

/** Beginnings of files that hold no text, and what they are. */
const others: readonly (readonly [start: string, name: string])[] = [
  ['504b0304', 'a spreadsheet program’s own file or an archive'],
  ['d0cf11e0', 'an old spreadsheet program’s own file'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['1f8b', 'a compressed file'],
];

/** So many bytes are looked at to guess an encoding. */
const sample = 64 * 1024;

/** @throws RefusedFile for what is empty, too big or no text */
export function decode(bytes: Uint8Array): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length === 0) throw new RefusedFile('The file is empty.');
  if (buffer.length > mostBytes) {
    throw new RefusedFile(
      `The file has ${Math.ceil(buffer.length / 1024 / 1024)} MB; ${mostBytes / 1024 / 1024} MB is the most.`,
    );
  }
  const start = buffer.subarray(0, 8).toString('hex');
  const other = others.find(([begin]) => start.startsWith(begin));
  if (other) {
    throw new RefusedFile(`This is ${other[1]}, not text. Save it as CSV or JSON, and try again.`);
  }
  const [mark, marked] = marks.find(([begin]) => start.startsWith(begin)) ?? [];
  const encoding = marked ?? guess(buffer);
  const text = iconv.decode(buffer.subarray((mark?.length ?? 0) / 2), encoding);
  if (text.includes('\0')) throw new RefusedFile('The file is not text. Save it as CSV or JSON.');
  return { text, encoding };
}

function guess(buffer: Buffer): string {
  const head = buffer.subarray(0, sample);
  const zeros = head.filter((byte) => byte === 0).length;
  if (zeros > head.length / 4) return head[0] === 0 ? 'UTF-16BE' : 'UTF-16LE';
  if (isUtf8(buffer)) return 'UTF-8';
  // What is no UTF-8 may still begin like it: the bytes that tell are those beyond ASCII.
  const telling = buffer.filter((byte, at) => byte > 127 || at < 256).subarray(0, sample);
  const found = detect(buffer.length > sample ? telling : buffer);
  return found && found !== 'UTF-8' && iconv.encodingExists(found) ? named(found) : 'windows-1252';
}

/** Nearly every file that says ISO-8859-1 means windows-1252, which has its letters and more. */
const named = (encoding: string): string =>
  encoding === 'ISO-8859-1' || encoding === 'ASCII' ? 'windows-1252' : encoding;
