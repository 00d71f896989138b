// What somebody with an account did here, found by their identifier: it is kept when they go, without saying whose.
import { changeModel } from '../../../models/change.ts';
import { introductionModel } from '../../../models/introduction.ts';
import { outreachModel } from '../../../models/outreach.ts';
import { reportModel } from '../../../models/report.ts';
import { sessionModel } from '../../../models/session.ts';
import { suggestionModel } from '../../../models/suggestion.ts';
import { verdictModel } from '../../../models/verdict.ts';
import type { Store } from '../store.ts';

export interface Authored {
  /** Surveys that were answered, and reports between them. */
  readonly reports: readonly { readonly partner: string; readonly date: string }[];
  /** How many of the rest there are. */
  readonly verdicts: number;
  readonly changes: number;
  readonly introductionsAsked: number;
  readonly suggestionsDecided: number;
  readonly outreachEntries: number;
}

export async function readAuthored({ connection }: Store, by: string): Promise<Authored> {
  const [reports, verdicts, changes, introductionsAsked, suggestionsDecided, items] =
    await Promise.all([
      reportModel(connection).find({ by }, { partner: 1, date: 1 }).sort({ date: 1 }).lean(),
      verdictModel(connection).countDocuments({ by }),
      changeModel(connection).countDocuments({ by }),
      introductionModel(connection).countDocuments({ by }),
      suggestionModel(connection).countDocuments({ 'decision.by': by }),
      outreachModel(connection).find({ 'log.by': by }, { log: 1 }).lean(),
    ]);
  return {
    reports: reports.map(({ partner, date }) => ({ partner, date })),
    ...{ verdicts, changes, introductionsAsked, suggestionsDecided },
    outreachEntries: items.flatMap(({ log }) => log.filter((entry) => entry.by === by)).length,
  };
}

export interface KeptSession {
  readonly browser: string;
  readonly since: Date;
  readonly until: Date;
}

export async function readSessionsOf(
  { connection }: Store,
  person: string,
): Promise<KeptSession[]> {
  const records = await sessionModel(connection)
    .find({ userId: person })
    .sort({ createdAt: 1 })
    .lean<{ userAgent?: string | null; createdAt: Date; expiresAt: Date }[]>();
  return records.map(({ userAgent, createdAt, expiresAt }) => ({
    browser: userAgent ?? '',
    since: createdAt,
    until: expiresAt,
  }));
}
