// Audits a page with axe. A page is first proven to answer, so that an error page never passes for a good one.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What can be wrong on one screen and right on another: colours, sizes, and what a width hides or shows. */
const rulesOfScreens = [
  'color-contrast',
  'link-in-text-block',
  'target-size',
  'scrollable-region-focusable',
  'aria-hidden-focus',
  'button-name',
  'link-name',
  'label',
];

/** Pins on a map stand where their places are, which WCAG 2.5.8 names as its example of an essential exception. */
async function isPin(page: Page, rule: string, target: string): Promise<boolean> {
  if (rule !== 'target-size') return false;
  return page.locator(target).evaluate((element) => element.classList.contains('map-mark'));
}

/**
 * One line for each violation, with where it is; none for an accessible page.
 * @param again that the same page was looked at on another screen before: only what a screen changes is
 */
export async function findBarriers(page: Page, { again = false } = {}): Promise<string[]> {
  // Our pages have no frames, so the second page that axe would open to gather their results is not needed.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (again
    ? axe.withRules(rulesOfScreens)
    : axe.withTags(rules)
  ).analyze();
  const barriers: string[] = [];
  for (const { id, help, nodes } of violations) {
    for (const { target, failureSummary = '' } of nodes) {
      const where = target.join(' ');
      if (await isPin(page, id, where)) continue;
      barriers.push(`${id}: ${help} (${where}) ${failureSummary}`);
    }
  }
  return barriers;
}
