// What people send about their own data: an address, a name, and that they mean it.
import { z } from 'zod';
import { mailAddress } from '../../mail/outbox.ts';
import { normalAddress } from '../../store/people.ts';
import { type FieldError, formOf, tooLong, typedText } from '../../web/form-fields.ts';

const form = z.object({
  address: typedText,
  newAddress: typedText,
  name: typedText,
  /** Sent by the button of the page that asks, and ticked by staff. */
  sure: z
    .enum(['yes', ''])
    .catch('')
    .transform((value) => value === 'yes'),
});

export type PrivacyForm = z.output<typeof form>;

export const parsePrivacyForm = (body: unknown): PrivacyForm => form.parse(formOf(body));

/** The address in lower case; null where it is none. */
export function toAddress(typed: string): string | null {
  const parsed = mailAddress.safeParse(typed);
  return parsed.success ? normalAddress(parsed.data) : null;
}

export const addressError = (field: string): FieldError => ({
  field,
  message: 'Enter a mail address, such as ana@example.org',
});

export function nameErrors(name: string): FieldError[] {
  const error = tooLong('name', 'The name', name, 120);
  return error === false ? [] : [error];
}
