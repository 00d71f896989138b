// The headers of every answer: nothing inline, nothing foreign, no frame.
import { describe, expect, it } from '@jest/globals';
import { securityHeaders } from '../../server/web/security.ts';

const plain = { publicUrl: 'http://localhost:3000', tiles: null };

describe('securityHeaders', () => {
  it('allow scripts and styles from this site alone, and nothing inline', () => {
    const policy = securityHeaders(plain)['content-security-policy'];

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('ask for TLS only where the public address has it', () => {
    const overTls = securityHeaders({ ...plain, publicUrl: 'https://crosswalk.example' });

    expect(overTls['strict-transport-security']).toBe('max-age=31536000');
    expect(overTls['content-security-policy']).toContain('upgrade-insecure-requests');
    expect(securityHeaders(plain)).not.toHaveProperty('strict-transport-security');
    expect(securityHeaders(plain)['content-security-policy']).not.toContain('upgrade');
  });

  it.each([
    ['https://tiles.example/{z}/{x}/{y}.png', 'https://tiles.example'],
    ['https://{s}.tiles.example/{z}/{x}/{y}.png?key=1', 'https://*.tiles.example'],
  ])('let images come from the tiles at %s', (url, origin) => {
    const policy = securityHeaders({ ...plain, tiles: { url, attribution: '' } })[
      'content-security-policy'
    ];

    expect(policy).toContain(`img-src 'self' data: ${origin}`);
  });

  it('keep the address of a page from other sites', () => {
    expect(securityHeaders(plain)['referrer-policy']).toBe('same-origin');
  });
});
