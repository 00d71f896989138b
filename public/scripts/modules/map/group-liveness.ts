// What our own API says of a group being alive, in the words of its page; asked once for each group.

const known = new Map<string, Promise<string | null>>();

/** "Met 3 weeks ago"; null where it cannot be had: the group's page has it. Never rejects. */
export function findLiveness(slug: string): Promise<string | null> {
  const asked = known.get(slug) ?? ask(slug).catch(() => null);
  known.set(slug, asked);
  return asked;
}

async function ask(slug: string): Promise<string | null> {
  const answer = await fetch(`/api/v1/groups/${encodeURIComponent(slug)}`);
  if (!answer.ok) return null;
  const group = (await answer.json()) as { liveness?: { text?: unknown } };
  const text = group.liveness?.text;
  return typeof text === 'string' ? text.charAt(0).toUpperCase() + text.slice(1) : null;
}
