// Whoever holds connections on purpose: half a head, half a body, a head that is too long, a reader who does not read.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpServer } from '../../server/web/http-server.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** What the server says to these bytes before it hangs up. */
async function say(bytes: string): Promise<string> {
  server = createHttpServer(
    (req, res) => {
      req.resume().on('end', () => res.end('the whole of it'));
    },
    { headMs: 100, wholeMs: 200, idleMs: 100, silentMs: 2_000, lookMs: 20 },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return said;
}

const head = 'POST / HTTP/1.1\r\nHost: crosswalk.example\r\n';

describe('a connection', () => {
  it.each([
    ['whose head never ends', 'GET / HTTP/1.1\r\nHost: crosswalk.example\r\n', '408'],
    ['whose body never ends', `${head}Content-Length: 100\r\n\r\nhalf`, '408'],
    ['whose chunks never end', `${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`, '408'],
    ['with a head that is too long', `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['with an address that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, '431'],
    ['with two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, '400'],
    [
      'with a length and chunks',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      '400',
    ],
    ['without a host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['with a header in two lines', `${head}X: a\r\n b\r\n: c\r\n\r\n`, '400'],
  ])('%s is answered and ended', async (_, bytes, status) => {
    expect(await say(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('is kept for the next request, and ended when none comes', async () => {
    const said = await say('GET / HTTP/1.1\r\nHost: crosswalk.example\r\n\r\n');

    expect(said).toContain('the whole of it');
  });
});
