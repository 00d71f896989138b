// Which compression a client takes, and compressing a body once.
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The best encoding that an Accept-Encoding header allows; `q=0` refuses one. */
export function preferredEncoding(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'identity';
  const text = String(header).toLowerCase();
  if (accepts(text, 'br')) return 'br';
  if (accepts(text, 'gzip')) return 'gzip';
  return 'identity';
}

function accepts(header: string, name: string): boolean {
  return header.split(',').some((part) => {
    const [coding, ...parameters] = part.trim().split(/\s*;\s*/);
    return coding === name && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** Up to this size compressing at once takes less than handing it to another thread, and holds nobody up. */
const mostAtOnce = 65_536;

/** The binary logarithm of `mostAtOnce`. A window as wide as a body may be: the usual one is 4 MB, taken anew each time. */
const windowAtOnce = 16;

/**
 * Compresses an answer that is made for one caller alone: at the lightest level, which takes some 25 µs for ten groups.
 * The next one takes a quarter longer to save a hundredth, and a good one three times as long to save a fifth.
 * A large one is a promise: it is compressed off the main thread.
 */
export function compressOnce(body: Buffer, encoding: Encoding): Buffer | Promise<Buffer> {
  if (body.length > mostAtOnce) return compress(body, encoding);
  if (encoding === 'br') {
    return brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 0,
        [constants.BROTLI_PARAM_LGWIN]: windowAtOnce,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    });
  }
  return encoding === 'gzip' ? gzipSync(body, { level: 1 }) : body;
}

/** Compresses off the main thread; made once per revision, so a middling level is worth its time. */
export async function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'br') {
    return brotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: body.length > 1_000_000 ? 4 : 6,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    });
  }
  return encoding === 'gzip' ? zip(body, { level: 6 }) : body;
}
