// What people and files say, as text that is what it looks like: every form, query, list and command passes through
// here. What does not show and only deceives or breaks goes; what a script or an emoji needs to be written stays.

/** Most text needs no second look. */
const needsLook = /[^\t\n\r\x20-\x7e]/;

/** White space that is a control character as well. */
const oddSpace = /[\v\f\u0085\u2028\u2029]/g;

/**
 * Controls but for tabs and line breaks; marks that turn the direction of what follows; zero-width spaces, soft hyphens
 * and other invisible ones; halves of characters and what is no character.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\0-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Tags spell out flags such as Scotland's behind a black one; elsewhere they hide text. */
const strayTags = /(\u{1f3f4}[\u{e0020}-\u{e007f}]*)|[\u{e0000}-\u{e007f}]+/gu;

/** Joiners part and tie the letters of many scripts, and make one emoji of several; behind a Latin letter they hide. */
const joiners = /(?<before>^|[\s\S])[\u200c\u200d]+/gu;
const isJoined =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|(?![\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Inherited}0-9])[\p{L}\p{M}\p{N}]/u;

/** Anything that is seen. */
const seen = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * The text without what nobody sees, in Unicode's composed form; '' where nothing of it is seen. Tabs and line breaks
 * stay, and so do the marks for the direction of a single word. Doing it again changes nothing.
 */
export function cleanText(text: string): string {
  if (!needsLook.test(text)) return text;
  const cleaned = text
    .replace(oddSpace, ' ')
    .replace(unseen, '')
    .replace(strayTags, '$1')
    .normalize('NFC')
    .replace(joiners, (run, before: string) =>
      isJoined.test(before) ? `${before}${run.at(-1)}` : before,
    )
    // What was apart may belong together now.
    .normalize('NFC');
  return seen.test(cleaned) ? cleaned : '';
}

/** The same for what a form holds: each of its texts, and the names of its fields. */
export function cleanForm(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      cleanText(name),
      Array.isArray(value) ? value.map(cleanValue) : cleanValue(value),
    ]),
  );
}

const cleanValue = (value: unknown): unknown =>
  typeof value === 'string' ? cleanText(value) : value;
