// Reads an answer whole, within a bound that counts what is unpacked: a small file that unpacks to a huge one is too big.
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export type Body = { readonly bytes: Buffer } | { readonly problem: 'too-big' | 'unknown-packing' };

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

/** How it may be packed, as the request says. */
export const acceptedPackings = 'gzip, br, deflate';

/** Rejects where the connection breaks or what came cannot be unpacked. */
export async function readBody(
  body: Readable,
  { packing, limit }: { readonly packing: string; readonly limit: number },
): Promise<Body> {
  // Whatever happens after it is let go is of no interest.
  body.on('error', () => undefined);
  if (packing === '' || packing === 'identity') return collect(body, body, limit);
  const unpacker = unpackers[packing]?.();
  if (!unpacker) {
    body.destroy();
    return { problem: 'unknown-packing' };
  }
  let packed = 0;
  body.on('data', (chunk: Buffer) => {
    packed += chunk.length;
    // Packing that yields nothing would never reach the bound on the other side.
    if (packed > limit) unpacker.destroy(new TooBig());
  });
  body.on('error', (error) => unpacker.destroy(error));
  body.pipe(unpacker);
  return collect(unpacker, body, limit);
}

class TooBig extends Error {}

async function collect(from: Readable, source: Readable, limit: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) return { problem: 'too-big' };
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooBig) return { problem: 'too-big' };
    throw error;
  } finally {
    from.destroy();
    source.destroy();
  }
  return { bytes: Buffer.concat(chunks, length) };
}

/** As text, in the encoding that its media type, its mark or its own first lines name; UTF-8 where none does. */
export function decodeText(bytes: Buffer, contentType: string): string {
  const head = bytes.subarray(0, 1024).toString('latin1');
  const name =
    /charset\s*=\s*["']?([\w:-]+)/i.exec(contentType)?.[1] ??
    /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:-]+)/i.exec(head)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w:-]+)/i.exec(head)?.[1] ??
    'utf-8';
  return decoderFor(name).decode(bytes);
}

function decoderFor(name: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(name);
  } catch {
    return new TextDecoder();
  }
}
