// What the form opens with, as a table: the newest word of the partner, and never somebody else's.
import { describe, expect, it } from '@jest/globals';
import { emptyDraft, toDraft } from '../../server/survey/answer.ts';
import { prefillOf } from '../../server/survey/prefill.ts';
import { aReport } from '../support/builders.ts';

const wave = '2026-11';
const draft = { ...emptyDraft, publicNote: 'half', savedAt: '2026-11-20T10:00:00.000Z' };
const left = (savedAt: string) => ({ wave: '2026-07', draft: { ...draft, savedAt } });
const answered = aReport({ wave, date: '2026-11-18', level: 'some' });
const earlier = aReport({
  wave: '2026-07',
  date: '2026-07-12',
  level: 'led',
  createdAt: '2026-07-12T10:00:00.000Z',
});
const between = aReport({ date: '2026-09-01', createdAt: '2026-09-01T10:00:00.000Z' });
const derived = aReport({ collaboration: 'maps', date: '2026-10', level: 'extensive' });
const nothing = { wave, draft: null, reports: [], leftOver: null };

describe('the form opens with', () => {
  it.each([
    ['nothing where nothing was said', {}, { kind: 'nothing' }],
    [
      'nothing where only a collaboration is documented',
      { reports: [derived] },
      { kind: 'nothing' },
    ],
    [
      'the last answer of an earlier wave',
      { reports: [derived, earlier] },
      { kind: 'earlier', report: earlier },
    ],
    [
      'a later report between waves',
      { reports: [earlier, between] },
      { kind: 'earlier', report: between },
    ],
    [
      'what was answered in this wave',
      { reports: [earlier, answered] },
      { kind: 'answered', report: answered },
    ],
    [
      'the draft before what was answered',
      { reports: [answered], draft },
      { kind: 'draft', savedAt: draft.savedAt },
    ],
    [
      'what was answered where the draft says the same',
      { reports: [answered], draft: { ...toDraft(answered), savedAt: draft.savedAt } },
      { kind: 'answered', report: answered },
    ],
    [
      'what was left unsent after the last answer',
      { reports: [earlier], leftOver: left('2026-07-30T10:00:00.000Z') },
      { kind: 'left-over', wave: '2026-07', savedAt: '2026-07-30T10:00:00.000Z' },
    ],
    [
      'the last answer where it is newer than what was left unsent',
      { reports: [between], leftOver: left('2026-07-30T10:00:00.000Z') },
      { kind: 'earlier', report: between },
    ],
  ])('%s', (_name, known, origin) => {
    expect(prefillOf({ ...nothing, ...known }).origin).toEqual(origin);
  });

  it('the last report of any kind where it is a report between waves that is written', () => {
    const known = { ...nothing, wave: null, reports: [earlier, between] };

    expect(prefillOf(known)).toEqual({
      values: toDraft(between),
      origin: { kind: 'earlier', report: between },
    });
  });
});
