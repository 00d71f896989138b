// Audits a page with axe. A page is first proven to answer, so that an error page never passes for a good one.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each violation, with where it is; none for an accessible page. */
export async function findBarriers(page: Page): Promise<string[]> {
  // The audit itself needs no second page, which the packaged Chromium would be slow to open.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(rules)
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')}) ${node.failureSummary ?? ''}`),
  );
}
