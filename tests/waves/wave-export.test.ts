// The frozen export of a wave: counts that add up, the same bytes in any order of records, and nothing private.
// When it is frozen is in whole-wave.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { levels } from '../../server/domain/words.ts';
import { toExportCsv, toExportJson, toWaveExport } from '../../server/survey/wave-export.ts';
import { aCity, aGroup, aPartner, aReport, aWave } from '../support/builders.ts';

const slugs = ['ash', 'birch', 'cedar', 'elm', 'fir', 'holly'];
const wave = '2026-06';

const anyFacts = fc
  .record({
    asked: fc.subarray(slugs),
    answers: fc.array(
      fc.record({
        partner: fc.constantFrom(...slugs),
        level: fc.constantFrom(...levels),
        minute: fc.integer({ min: 10, max: 59 }),
        isOther: fc.boolean(),
      }),
      { maxLength: 15 },
    ),
  })
  .map(({ asked, answers }) => ({
    wave: aWave({ slug: wave, asked }),
    closedAt: '2026-07-01T00:00:00.000Z',
    partners: slugs.map((slug) => aPartner({ slug, name: slug.toUpperCase() })),
    cities: [aCity()],
    groups: [aGroup({ slug: 'code-for-tulsa', name: 'Code for Tulsa' })],
    reports: answers.map(({ partner, level, minute, isOther }) =>
      aReport({
        partner,
        level,
        wave: isOther ? null : wave,
        date: '2026-06-10',
        createdAt: `2026-06-10T10:${minute}:00.000Z`,
        groups: ['code-for-tulsa', 'gone-since'],
        barriers: ['no-time'],
        internalNote: 'for staff alone',
        publicNote: '@cmd',
        by: 'somebody',
      }),
    ),
  }));

describe('the export of a wave', () => {
  it('counts everybody once: respondents and not answered add up to invited, levels to respondents', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const exported = toWaveExport(facts);

        expect(exported.respondents + exported.notAnswered.length).toBe(exported.invited);
        expect(exported.answers).toHaveLength(exported.respondents);
        expect(levels.reduce((sum, level) => sum + exported.levels[level], 0)).toBe(
          exported.respondents,
        );
        const answered = facts.reports.filter((report) => report.wave === wave);
        const everybody = new Set([...facts.wave.asked, ...answered.map(({ partner }) => partner)]);
        expect(exported.invited).toBe(everybody.size);
      }),
    );
  });

  it('is the same bytes in whatever order the records come', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned = {
          ...facts,
          partners: [...facts.partners].reverse(),
          reports: [...facts.reports].reverse(),
          wave: { ...facts.wave, asked: [...facts.wave.asked].reverse() },
        };

        expect(toExportJson(toWaveExport(turned))).toBe(toExportJson(toWaveExport(facts)));
        expect(toExportCsv(toWaveExport(turned))).toBe(toExportCsv(toWaveExport(facts)));
      }),
    );
  });

  it('holds nothing private, and nothing that a spreadsheet would run', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const exported = toWaveExport(facts);
        const csv = toExportCsv(exported);
        const both = toExportJson(exported) + csv;

        for (const secret of ['no-time', 'for staff alone', 'somebody']) {
          expect(both).not.toContain(secret);
        }
        expect(csv).not.toMatch(/(^|,)@cmd/m);
        expect(csv.trimEnd().split('\r\n')).toHaveLength(exported.invited + 1);
      }),
    );
  });

  it('keeps the first and the final answer, and names a group that is gone by its slug', () => {
    const answer = { partner: 'ash', wave, date: '2026-06-10' };
    const exported = toWaveExport({
      wave: aWave({ slug: wave, asked: ['ash', 'birch'] }),
      closedAt: '2026-07-01T00:00:00.000Z',
      partners: [aPartner({ slug: 'ash', name: 'Ash Center' }), aPartner({ slug: 'birch' })],
      cities: [aCity()],
      groups: [],
      reports: [
        aReport({ ...answer, level: 'unaware', createdAt: '2026-06-10T10:00:00.000Z' }),
        aReport({
          ...answer,
          level: 'some',
          groups: ['gone'],
          date: '2026-06-12',
          createdAt: '2026-06-12T10:00:00.000Z',
        }),
      ],
    });

    expect(exported.answers).toEqual([
      {
        slug: 'ash',
        name: 'Ash Center',
        city: { slug: 'tulsa-ok', name: 'Tulsa', state: 'OK', country: 'US' },
        firstLevel: 'unaware',
        firstDate: '2026-06-10',
        level: 'some',
        date: '2026-06-12',
        groups: [{ slug: 'gone', name: 'gone' }],
        gave: [],
        publicNote: '',
      },
    ]);
    expect(exported.notAnswered.map(({ slug }) => slug)).toEqual(['birch']);
  });
});
