// Fetching from servers that play good, slow, broken, huge, moved and treacherous.
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Outside, type OutsideLimits, openOutside } from '../../server/outside/outside.ts';
import {
  breaksOff,
  drips,
  isEndless,
  leadsTo,
  limits,
  type OutsideWorld,
  openOutsideWorld,
  pages,
  remembers,
  type Site,
  says,
  status,
} from '../support/outside-world.ts';

let world: OutsideWorld;
let outside: Outside;

async function enter(
  sites: Readonly<Record<string, Site>>,
  addressFor?: (host: string) => readonly string[],
  over: Partial<OutsideLimits> = {},
): Promise<void> {
  world = await openOutsideWorld((host) => sites[host], addressFor);
  outside = openOutside({
    network: world.network,
    userAgent: 'Crosswalk/1 (+https://crosswalk.example/about)',
    limits: { ...limits, ...over },
  });
}

afterEach(async () => {
  await outside.close();
  await world.close();
});

const robots = (text: string) => says(text, { 'content-type': 'text/plain' });
const pathsAsked = (): string[] => world.asked.map(({ host, path }) => host + path);

describe('fetching', () => {
  it('gives the text of an answer, and says who asks', async () => {
    await enter({ 'good.example': pages({ '/': says('Welcome') }) });

    const answer = await outside.fetch('http://good.example/');

    expect(answer).toMatchObject({ outcome: 'fetched', text: 'Welcome', type: 'text/html' });
    expect(world.asked.map(({ headers }) => headers['user-agent'])).toEqual(
      Array(2).fill('Crosswalk/1 (+https://crosswalk.example/about)'),
    );
  });

  it('reads the encoding that an answer names', async () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\u00e9</a>',
      'latin1',
    );
    await enter({ 'old.example': pages({ '/': says(latin, { 'content-type': 'text/xml' }) }) });

    expect(await outside.fetch('http://old.example/')).toMatchObject({
      text: expect.stringContaining('café'),
    });
  });

  it.each<[string, Site, string, string]>([
    ['a page that is gone', status(404), 'gone', 'it answered 404'],
    ['a server in trouble', status(500), 'failed', 'it answered 500'],
    ['a closed door', status(403), 'failed', 'it answered 403'],
    ['a server that drips', drips, 'too-slow', 'it took too long to answer'],
    ['a server that says nothing', () => undefined, 'too-slow', 'it took too long to answer'],
    ['a server without an end', isEndless, 'too-big', 'it is longer than 0.1 MB'],
    ['a cut connection', breaksOff, 'unreachable', 'it broke off the connection'],
    [
      'a broken packing',
      says('no gzip', { 'content-encoding': 'gzip' }),
      'unreachable',
      'its answer is broken',
    ],
    [
      'an unknown packing',
      says('?', { 'content-encoding': 'zz' }),
      'failed',
      'it is packed in a way that is not known',
    ],
    ['a long answer announced', says('X'.repeat(200_000)), 'too-big', 'it is longer than 0.1 MB'],
    [
      'a packed bomb',
      says(gzipSync('X'.repeat(5_000_000)), { 'content-encoding': 'gzip' }),
      'too-big',
      'it is longer than 0.1 MB',
    ],
    ['too many requests', status(429), 'later', 'it asked for fewer requests'],
    [
      'a loop',
      leadsTo('http://site.example/'),
      'failed',
      'it leads from one address to the next without an end',
    ],
    [
      'a way to a file',
      leadsTo('file:///etc/passwd'),
      'refused',
      'it leads on to another address, and only http and https addresses are asked there',
    ],
    [
      'a way to this machine',
      leadsTo('http://127.0.0.1/'),
      'refused',
      'it leads on to another address, and its address is inside a network there',
    ],
    [
      'a way to a metadata service',
      leadsTo('http://169.254.169.254/latest/'),
      'refused',
      'it leads on to another address, and its address is inside a network there',
    ],
  ])('answers with words for %s', async (_name, site, outcome, words) => {
    await enter({ 'site.example': pages({ '/': site }) });

    expect(await outside.fetch('http://site.example/')).toMatchObject({ outcome, words });
  });

  it('does not blame others for a network of ours that is down', async () => {
    await enter({ 'good.example': says('Welcome') }, () => {
      throw Object.assign(new Error('no name server'), { code: 'EAI_AGAIN' });
    });

    expect(await outside.fetch('http://good.example/')).toMatchObject({ outcome: 'later' });
  });

  it('knows a name that is not known', async () => {
    await enter({});

    expect(await outside.fetch('http://nowhere.example/')).toMatchObject({
      outcome: 'unreachable',
      words: 'its name is not known',
    });
  });

  it.each(['10.0.0.1', '127.0.0.2', '::1', 'fd00::1', '64:ff9b::a00:1'])(
    'never connects for a name that leads to %s',
    async (address) => {
      await enter({ 'trap.example': says('inside') }, () => [address]);

      expect(await outside.fetch('http://trap.example/')).toMatchObject({ outcome: 'refused' });
      expect(world.asked).toEqual([]);
    },
  );

  it('judges the address it connects to, not an earlier answer of the name server', async () => {
    let times = 0;
    await enter(
      {
        'rebinding.example': pages({
          '/robots.txt': status(404, { connection: 'close' }),
          '/': says('inside'),
        }),
      },
      () => [times++ === 0 ? '127.0.0.1' : '10.0.0.1'],
    );

    expect(await outside.fetch('http://rebinding.example/')).toMatchObject({ outcome: 'refused' });
    expect(pathsAsked()).toEqual(['rebinding.example/robots.txt']);
  });

  it('follows five redirects and no sixth', async () => {
    const chain = Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((step) => [`/${step}`, leadsTo(`/${step + 1}`)]),
    );
    await enter({ 'far.example': pages({ ...chain, '/6': says('there') }) });

    expect(await outside.fetch('http://far.example/1')).toMatchObject({
      outcome: 'fetched',
      address: 'http://far.example/6',
    });
    expect(await outside.fetch('http://far.example/0')).toMatchObject({ outcome: 'failed' });
  });

  it('notes a way from https to http', async () => {
    await enter({
      'safe.example': pages({ '/': leadsTo('http://plain.example/') }),
      'plain.example': pages({ '/': says('here') }),
    });

    expect(await outside.fetch('https://safe.example/')).toMatchObject({ isDowngraded: true });
  });

  it('asks with what it was given, and learns that nothing changed', async () => {
    await enter({ 'good.example': pages({ '/': remembers('Welcome') }) });
    const first = await outside.fetch('http://good.example/');
    const validators = first.outcome === 'fetched' ? first.validators : null;

    expect(validators).toEqual({
      address: 'http://good.example/',
      etag: '"1"',
      lastModified: null,
    });
    expect(await outside.fetch('http://good.example/', validators)).toMatchObject({
      outcome: 'unchanged',
    });
  });
});

describe('courtesy', () => {
  it('keeps to robots.txt, which is read once for each site', async () => {
    await enter({
      'shy.example': pages({
        '/robots.txt': robots('User-agent: *\nDisallow: /private'),
        '/private/a': says('no'),
        '/open': says('yes'),
      }),
    });

    expect(await outside.fetch('http://shy.example/private/a')).toMatchObject({
      outcome: 'disallowed',
    });
    expect(await outside.fetch('http://shy.example/open')).toMatchObject({ outcome: 'fetched' });
    expect(pathsAsked()).toEqual(['shy.example/robots.txt', 'shy.example/open']);
  });

  it('does not read a site whose robots.txt cannot be had', async () => {
    await enter({ 'ill.example': pages({ '/robots.txt': status(500), '/': says('yes') }) });

    expect(await outside.fetch('http://ill.example/')).toMatchObject({ outcome: 'failed' });
  });

  it('keeps to the robots.txt of where a redirect leads', async () => {
    await enter({
      'a.example': pages({ '/': leadsTo('http://b.example/') }),
      'b.example': pages({ '/robots.txt': robots('User-agent: *\nDisallow: /'), '/': says('no') }),
    });

    expect(await outside.fetch('http://a.example/')).toMatchObject({ outcome: 'disallowed' });
  });

  it('asks each host for one thing at a time', async () => {
    const slowly: Site = (_req, res) => {
      setTimeout(() => res.end('yes'), 15);
    };
    await enter({ 'a.example': slowly, 'b.example': slowly });

    await Promise.all(
      ['a', 'b', 'a', 'b', 'a', 'b'].map((name, number) =>
        outside.fetch(`http://${name}.example/${number}`),
      ),
    );

    expect(Object.fromEntries(world.mostAtOnce)).toEqual({ 'a.example': 1, 'b.example': 1 });
  });

  it('leaves a host alone that did not answer three times in a row', async () => {
    await enter({
      'dead.example': pages({
        '/robots.txt': status(404),
        '/1': breaksOff,
        '/2': breaksOff,
        '/3': breaksOff,
        '/4': says('yes'),
      }),
    });
    for (const path of [1, 2, 3]) await outside.fetch(`http://dead.example/${path}`);

    expect(await outside.fetch('http://dead.example/4')).toMatchObject({ outcome: 'later' });
    expect(pathsAsked()).not.toContain('dead.example/4');
  });

  it('leaves a host alone that asked for fewer requests', async () => {
    const busy = status(403, { 'x-ratelimit-remaining': '0' });
    await enter({ 'api.example': pages({ '/1': busy, '/2': says('yes') }) });
    await outside.fetch('http://api.example/1');

    expect(await outside.fetch('http://api.example/2')).toMatchObject({ outcome: 'later' });
    expect(pathsAsked()).not.toContain('api.example/2');
  });
});
