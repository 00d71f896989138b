// The answers to each wave of the survey, which earlier wave one may be compared with, and what is frozen.
// Counted when first asked for and kept with the snapshot; what moved between two waves is domain/transitions.ts.
import type { FrozenWave, Report, ReportVerdict, Wave } from '../domain/records.ts';
import type { WaveResponses } from './directory.ts';
import { newestWaveFirst } from './order.ts';

export interface WaveBook {
  verdictsOn(reportId: string): readonly ReportVerdict[];
  frozenWave(slug: string): FrozenWave | undefined;
  answersIn(slug: string): WaveResponses;
  waveBefore(slug: string): Wave | undefined;
}

const noVerdicts: readonly ReportVerdict[] = Object.freeze([]);

/** Every partner that was asked, and each one's first and last answer. */
function collectAnswers(wave: Wave | undefined, reports: readonly Report[]): WaveResponses {
  const final = new Map<string, Report>();
  const first = new Map<string, Report>();
  // Each partner's newest comes first, so the last one seen is its first.
  for (const report of reports) {
    if (report.origin !== 'answer') continue;
    if (!final.has(report.partner)) final.set(report.partner, report);
    first.set(report.partner, report);
  }
  const asked = new Set([...(wave?.asked ?? []), ...final.keys()]);
  return { asked: Object.freeze([...asked]), final, first };
}

/** @param reportsIn the reports of one wave, in partner order, each partner's newest first */
export function keepWaves(
  records: {
    readonly waves: readonly Wave[];
    readonly verdicts: readonly ReportVerdict[];
    readonly frozenWaves: readonly FrozenWave[];
  },
  reportsIn: (wave: string) => readonly Report[],
): WaveBook {
  const waves = [...records.waves].sort(newestWaveFirst);
  const waveBySlug = new Map(waves.map((wave) => [wave.slug, wave]));
  const frozen = new Map(records.frozenWaves.map((one) => [one.wave, one]));
  const verdicts = new Map<string, ReportVerdict[]>();
  for (const verdict of records.verdicts) {
    const known = verdicts.get(verdict.report);
    if (known) known.push(verdict);
    else verdicts.set(verdict.report, [verdict]);
  }
  const kept = new Map<string, WaveResponses>();

  function answersIn(slug: string): WaveResponses {
    const known = kept.get(slug);
    if (known) return known;
    const made = collectAnswers(waveBySlug.get(slug), reportsIn(slug));
    // A name that no wave has is not kept: anybody may ask for any number of them.
    if (waveBySlug.has(slug)) kept.set(slug, made);
    return made;
  }

  return {
    verdictsOn: (reportId) => verdicts.get(reportId) ?? noVerdicts,
    frozenWave: (slug) => frozen.get(slug),
    answersIn,
    waveBefore(slug) {
      const index = waves.findIndex((wave) => wave.slug === slug);
      if (index === -1) return undefined;
      return waves
        .slice(index + 1)
        .find((wave) => wave.state === 'closed' && answersIn(wave.slug).final.size > 0);
    },
  };
}
