// Groups that a partner told us of in its own words, while staff have not looked at them yet.
import type { Store } from '../../store/store.ts';
import { readNewSuggestions } from '../../store/suggestions.ts';

export async function findSuggested(store: Store, partner: string): Promise<readonly string[]> {
  const fresh = await readNewSuggestions(store);
  return fresh
    .filter((suggestion) => suggestion.kind === 'group' && suggestion.partner === partner)
    .map(({ text }) => text);
}
