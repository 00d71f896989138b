// Sealed text opens with the same secret and key alone, and not once a character of it was changed.
// Where the secret comes from is in secret.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seal, unseal } from '../../server/mail/seal.ts';

const secret = 'a secret of at least thirty-two characters';

describe('sealing', () => {
  it('gives back what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, key) => {
        expect(unseal(seal(text, secret, key), secret, key)).toBe(text);
      }),
    );
  });

  it('seals the same text differently each time and shows nothing of it', () => {
    const [one, other] = [seal('token abc', secret, 'k'), seal('token abc', secret, 'k')];

    expect(one).not.toBe(other);
    expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('abc');
  });

  it.each([
    ['another secret', `${secret}!`, 'k'],
    ['another mail', secret, 'k2'],
  ])('does not open with %s', (_, itsSecret, key) => {
    expect(() => unseal(seal('text', secret, 'k'), itsSecret, key)).toThrow();
  });

  it('does not open once a single character was changed', () => {
    const sealed = seal('text', secret, 'k');
    const changed = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`;

    expect(() => unseal(changed, secret, 'k')).toThrow();
  });
});
