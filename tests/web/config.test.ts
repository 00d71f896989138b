// The settings: read once, checked all together, refused in sentences that name them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig, settingNames } from '../../server/config.ts';
import { root } from '../../server/root.ts';

describe('readConfig', () => {
  it('needs no setting at all', () => {
    const config = readConfig({}, '/srv');

    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '/srv/data',
      publicUrl: 'http://localhost:3000',
      mongodbUri: null,
      reachMiles: 25,
      freshMonths: 24,
    });
  });

  it('takes a blank setting as absent', () => {
    expect(readConfig({ PORT: ' ', MONGODB_URI: '' })).toMatchObject({
      port: 3000,
      mongodbUri: null,
    });
  });

  it.each([
    ['PORT', 'eighty', 'PORT must be a number.'],
    ['PORT', '70000', 'PORT must be 65535 or less.'],
    [
      'PUBLIC_URL',
      'crosswalk',
      'PUBLIC_URL must be a web address such as https://crosswalk.example.',
    ],
    ['MONGODB_URI', 'localhost', 'MONGODB_URI must begin with mongodb:// or mongodb+srv://.'],
    ['SMTP_URL', 'mail.example', 'SMTP_URL must begin with smtp:// or smtps://.'],
    [
      'TILE_URL',
      'https://tiles.example',
      'TILE_URL must be a web address with {z}, {x} and {y} in it.',
    ],
    ['REACH_MILES', '-1', 'REACH_MILES must be more than 0.'],
    ['FRESH_MONTHS', '1.5', 'FRESH_MONTHS must be a whole number.'],
    ...['everyone', '10.0.0.0/33', 'loopback, ', '10.0.0.0/8/9'].map(
      (value) =>
        [
          'TRUST_PROXY',
          value,
          'TRUST_PROXY must be "none", or addresses and networks such as loopback',
        ] as const,
    ),
    ['AUTH_SECRET', 'short', 'AUTH_SECRET must be at least 32 characters long.'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
    ],
  ])('refuses %s=%s in words', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });

  it.each([
    ['none', []],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32,192.0.2.1', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']],
  ])('takes TRUST_PROXY=%s', (value, trustedProxies) => {
    expect(readConfig({ TRUST_PROXY: value })).toMatchObject({ trustedProxies });
  });

  it('names every wrong setting at once', () => {
    expect(() => readConfig({ PORT: 'x', REACH_MILES: '0' })).toThrow(/PORT .*\nREACH_MILES /);
  });

  it('wants the public address in production, and the secret where several processes share a MongoDB', () => {
    const env = { NODE_ENV: 'production', MONGODB_URI: 'mongodb://db/crosswalk' };

    expect(() => readConfig(env)).toThrow(/PUBLIC_URL must be set[\s\S]*AUTH_SECRET must be set/);
  });

  it('wants a sender where mail leaves by SMTP', () => {
    expect(() => readConfig({ SMTP_URL: 'smtp://mail.example' })).toThrow(/^MAIL_FROM must be set/);
  });

  it('keeps no slash at the end of the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://crosswalk.example/' }).publicUrl).toBe(
      'https://crosswalk.example',
    );
  });
});

describe('.env.example', () => {
  it('lists every setting and no other', () => {
    const text = readFileSync(join(root, '.env.example'), 'utf8');
    const listed = [...text.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1]);

    expect(listed.sort()).toEqual([...settingNames].sort());
  });

  it('shows the defaults', () => {
    const text = readFileSync(join(root, '.env.example'), 'utf8');
    const env = Object.fromEntries(
      [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );

    expect(readConfig(env, '/srv')).toEqual(readConfig({}, '/srv'));
  });
});
