// What is sent with the forms of introductions, parsed. Nothing is trusted; who may do what is decided elsewhere.
import { z } from 'zod';
import { holdsAddress, type Side, sides } from '../../domain/introduction.ts';
import { type FieldError, formOf, tooLong, typedText } from '../../web/form-fields.ts';
import { firstText, type RawQuery } from '../../web/list.ts';

export const longestWord = 1_500;

export interface AskQuery {
  readonly partner: string;
  readonly group: string;
  /** The side in whose name staff ask; null where it is not said. */
  readonly from: Side | null;
}

export function readAskQuery(raw: RawQuery): AskQuery {
  const from = firstText(raw, 'from');
  return {
    partner: firstText(raw, 'partner'),
    group: firstText(raw, 'group'),
    from: sides.find((side) => side === from) ?? null,
  };
}

const askForm = z.object({
  form: typedText,
  word: typedText,
  contact: typedText,
  agreed: typedText,
});
export type AskForm = z.output<typeof askForm>;

export const emptyAskForm = (form: string): AskForm => ({
  form,
  word: '',
  contact: '',
  agreed: '',
});

export const parseAskForm = (body: unknown): AskForm => askForm.parse(formOf(body));

/** What is wrong with a personal word; nothing where it is none. */
export function wordErrors(word: string, exchange: 'if they accept' | 'never'): FieldError[] {
  const long = tooLong('word', 'Your word', word, longestWord);
  const message =
    exchange === 'never'
      ? 'Leave mail addresses out: who declines gives none away'
      : 'Leave mail addresses out: they are exchanged if they accept';
  return [...(long ? [long] : []), ...(holdsAddress(word) ? [{ field: 'word', message }] : [])];
}

const answerForm = z.object({ choice: typedText, word: typedText });
export type AnswerForm = z.output<typeof answerForm>;

export const parseAnswerForm = (body: unknown): AnswerForm => answerForm.parse(formOf(body));
