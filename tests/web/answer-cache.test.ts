// Answers kept ready: the same bytes and headers as the first time, bounded, and never for a known person.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type AnswerCache, createAnswerCache, isFresh } from '../../server/web/answer-cache.ts';
import { preferredEncoding } from '../../server/web/encoding.ts';

const body = 'neighborhood data '.repeat(500);

function anAnswer(text = body) {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', vary: 'Accept-Encoding' },
    body: Buffer.from(text),
    etag: 'W/"7-2026-11-22"',
  };
}

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** A server that only has kept answers; what it has not is a 404. */
async function serve(answers: AnswerCache): Promise<string> {
  server = createServer((req, res) => {
    if (!answers.send(req, res)) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Makes the answer once, as Express would, so that its compressed bytes are kept. */
async function firstRequest(
  answers: AnswerCache,
  address: string,
  encoding: string,
): Promise<void> {
  const answer = anAnswer();
  answers.keep(address, answer);
  const first = createServer((req, res) => answers.deliver(req, res, answer));
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(first.address() as AddressInfo).port}`;
  await fetch(origin + address, { headers: { 'accept-encoding': encoding } });
  first.close();
}

const options = {
  limit: 1_000_000,
  headers: { 'content-security-policy': "default-src 'none'" },
  isPersonal: (req: { headers: { cookie?: string | undefined } }) => Boolean(req.headers.cookie),
};

describe('an answer that is kept', () => {
  it('is compressed once for all who ask while that takes its time', async () => {
    const answers = createAnswerCache(options);
    const before = answers.bytes();
    answers.keep('/cities', anAnswer());
    const plain = answers.bytes() - before;
    const origin = await serve(answers);

    const texts = await Promise.all(
      Array.from({ length: 8 }, async () =>
        (await fetch(`${origin}/cities`, { headers: { 'accept-encoding': 'br' } })).text(),
      ),
    );

    expect(new Set(texts)).toEqual(new Set([body]));
    expect(answers.bytes()).toBeGreaterThan(plain);
    expect(answers.bytes()).toBeLessThan(plain + body.length / 10);
  });

  it.each([
    ['br', (bytes: Buffer) => brotliDecompressSync(bytes)],
    ['gzip', (bytes: Buffer) => gunzipSync(bytes)],
    ['identity', (bytes: Buffer) => bytes],
  ])(
    'is sent again as %s with its length, tag and the security headers',
    async (encoding, decode) => {
      const answers = createAnswerCache(options);
      await firstRequest(answers, '/cities', encoding);
      const origin = await serve(answers);
      const { request } = await import('node:http');

      const { headers, bytes } = await new Promise<{
        headers: Record<string, unknown>;
        bytes: Buffer;
      }>((resolve, reject) => {
        request(`${origin}/cities`, { headers: { 'accept-encoding': encoding } }, (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () => resolve({ headers: res.headers, bytes: Buffer.concat(chunks) }));
        })
          .on('error', reject)
          .end();
      });

      expect(decode(bytes).toString()).toBe(body);
      expect(headers).toMatchObject({
        etag: 'W/"7-2026-11-22"',
        'content-length': String(bytes.length),
        'content-security-policy': "default-src 'none'",
        vary: 'Accept-Encoding',
      });
    },
  );

  it('is a 304 for whoever has it already', async () => {
    const answers = createAnswerCache(options);
    answers.keep('/cities', anAnswer());
    const origin = await serve(answers);

    const response = await fetch(`${origin}/cities`, {
      headers: { 'if-none-match': '"7-2026-11-22"', 'accept-encoding': 'identity' },
    });

    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe('W/"7-2026-11-22"');
    expect(await response.text()).toBe('');
  });

  it('answers HEAD with the headers alone', async () => {
    const answers = createAnswerCache(options);
    answers.keep('/cities', anAnswer());
    const origin = await serve(answers);

    const response = await fetch(`${origin}/cities`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
    });

    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(await response.text()).toBe('');
  });

  it.each([
    ['another address', '/cities?sort=name', {}],
    ['someone signed in', '/cities', { cookie: 'crosswalk.session=1' }],
  ])('is not sent for %s', async (_who, address, headers: Record<string, string>) => {
    const answers = createAnswerCache(options);
    answers.keep('/cities', anAnswer());
    const origin = await serve(answers);

    const response = await fetch(origin + address, { headers });

    expect(response.status).toBe(404);
  });

  it('is forgotten with the revision', async () => {
    const answers = createAnswerCache(options);
    answers.keep('/cities', anAnswer());
    answers.clear();
    const origin = await serve(answers);

    expect((await fetch(`${origin}/cities`)).status).toBe(404);
    expect(answers.bytes()).toBe(0);
  });
});

describe('the bound', () => {
  it('lets the least recently used answers go', async () => {
    const answers = createAnswerCache({ ...options, limit: 25_000 });
    answers.keep('/a', anAnswer());
    answers.keep('/b', anAnswer());
    const origin = await serve(answers);
    const plain = { headers: { 'accept-encoding': 'identity' } };
    await fetch(`${origin}/a`, plain);

    answers.keep('/c', anAnswer());

    expect(answers.bytes()).toBeLessThanOrEqual(25_000);
    expect((await fetch(`${origin}/a`, plain)).status).toBe(200);
    expect((await fetch(`${origin}/b`, plain)).status).toBe(404);
  });

  it('keeps nothing that would fill it alone', () => {
    const answers = createAnswerCache({ ...options, limit: 10_000 });

    answers.keep('/huge', anAnswer('x'.repeat(9_000)));

    expect(answers.bytes()).toBe(0);
  });
});

describe('isFresh', () => {
  it.each([
    [undefined, false],
    ['*', true],
    ['W/"1"', true],
    ['"1"', true],
    ['"0", W/"1"', true],
    ['"2"', false],
  ])('If-None-Match: %s → %s', (header, fresh) => {
    expect(isFresh(header, 'W/"1"')).toBe(fresh);
  });
});

describe('preferredEncoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['bread', 'identity'],
  ])('Accept-Encoding: %s → %s', (header, encoding) => {
    expect(preferredEncoding(header)).toBe(encoding);
  });
});
