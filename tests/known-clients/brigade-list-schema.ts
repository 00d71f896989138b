// What the Brigade list's own JSON Schema demands, in our words: which fields each record has, and the form of each.
// tests/raw holds our list to the schema itself.

const text = { type: 'string' };
const texts = { type: 'array', items: text };
/** A decimal number with its point, as a text. */
const degrees = { type: 'string', pattern: '^-?\\d+\\.\\d+$' };

export const brigadeListSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'website', 'city', 'tags'],
    properties: {
      name: { type: 'string', minLength: 1, not: { pattern: '[-/?]' } },
      website: text,
      events_url: text,
      rss: text,
      projects_list_url: text,
      city: text,
      type: text,
      latitude: degrees,
      longitude: degrees,
      tags: texts,
      previous_names: texts,
    },
  },
};
