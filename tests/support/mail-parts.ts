// Takes a mail apart as a mail program would: headers unfolded and decoded, its text and its HTML part.
// Knows what our own mails use (RFC 5322, 2045, 2047) and no more.

export interface ReceivedMail {
  /** Names in lower case; the last of two with one name stays. */
  readonly headers: ReadonlyMap<string, string>;
  /** Names in lower case, in order, doubles kept. */
  readonly headerNames: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly headerNames: readonly string[];
  readonly body: string;
}

/** Reads a whole mail. @throws when it is not multipart/alternative with a text and an HTML part. */
export function readMailParts(raw: string): ReceivedMail {
  const whole = splitPart(raw);
  const type = whole.headers.get('content-type') ?? '';
  const boundary = /^multipart\/alternative;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) throw new Error(`Not multipart/alternative: ${type}`);
  const parts = whole.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => splitPart(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
  return {
    headers: whole.headers,
    headerNames: whole.headerNames,
    subject: decodeWords(whole.headers.get('subject') ?? ''),
    text: contentOf(parts, 'text/plain'),
    html: contentOf(parts, 'text/html'),
    raw,
  };
}

function splitPart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    headers: new Map(fields),
    headerNames: fields.map(([name]) => name),
    body: raw.slice(end + 4),
  };
}

function contentOf(parts: readonly Part[], type: string): string {
  const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type));
  if (!part) throw new Error(`The mail has no part ${type}.`);
  const encoding = part.headers.get('content-transfer-encoding') ?? '7bit';
  return decodeBody(part.body, encoding).replaceAll('\r\n', '\n');
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return decodeQuoted(body.replace(/=\r\n/g, ''));
  return body;
}

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString('utf8');

/** `=?UTF-8?Q?Caf=C3=A9?=` becomes "Café"; space between two such words is none. */
const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
