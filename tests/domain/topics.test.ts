// The lists of topics and of kinds of help: which words mean one thing, and which is wider than which.
import { describe, expect, it } from '@jest/globals';
import { helpKinds } from '../../server/domain/help-kinds.ts';
import { canonicalTopic, topics } from '../../server/domain/topics.ts';
import { closeness, makeVocabulary } from '../../server/domain/vocabulary.ts';

const readOne = (word: string) => {
  const [reading] = topics.read([word]);
  if (!reading) throw new Error(`nothing read in ${word}`);
  return reading;
};

describe('a topic', () => {
  it.each([
    ['Housing', 'housing'],
    ['public transportation', 'transit'],
    ['Crime', 'public safety'],
    ['Parks & open spaces', 'parks and open space'],
    ['real estate', 'property'],
    ['community development', 'community development'],
    ['planning', 'planning and land use'],
    ['families', 'children and families'],
    ['Schools', 'education'],
    ['digital divide', 'digital equity'],
    ['evictions', 'eviction'],
  ])('is known by %s as %s', (word, label) => {
    expect(canonicalTopic(word)?.label).toBe(label);
  });

  it('is not known by a word of one’s own', () => {
    expect(canonicalTopic('beekeeping')).toBeUndefined();
    expect(canonicalTopic('')).toBeUndefined();
  });

  it('has a wider one that is in the list too, and no more than two levels', () => {
    for (const { parent } of topics.terms) {
      const wider = topics.terms.find(({ slug }) => slug === parent);
      expect(parent === null || wider?.parent === null).toBe(true);
    }
    expect(canonicalTopic('eviction')?.parent).toBe('housing');
  });

  it('is one of a list that people can look through', () => {
    expect(topics.terms.length).toBeGreaterThanOrEqual(30);
    expect(topics.terms.length).toBeLessThanOrEqual(80);
    expect(new Set(topics.terms.map(({ slug }) => slug)).size).toBe(topics.terms.length);
  });
});

describe('two topics', () => {
  it.each([
    ['transit', 'buses', 'same'],
    ['housing', 'eviction', 'related'],
    ['eviction', 'Housing', 'related'],
    ['eviction', 'homelessness', 'none'],
    ['housing', 'transit', 'none'],
    ['Beekeeping', 'bee-keeping', 'none'],
    ['Beekeepers', 'beekeeper', 'same'],
  ])('%s and %s are %s', (one, other, expected) => {
    expect(closeness(readOne(one), readOne(other))).toBe(expected);
  });

  it('that mean one thing are read as one, as first written', () => {
    const read = topics.read(['Buses', 'transit', ' ', 'Beekeeping', 'beekeeping']);

    expect(read.map(({ written }) => written)).toEqual(['Buses', 'Beekeeping']);
  });
});

describe('a kind of help', () => {
  it.each([
    ['geocoded parcel data', 'parcel data'],
    ['Geocoded parcel data since 2010', 'parcel data'],
    ['a room for your meetings', 'meeting space'],
    ['help with maps', 'mapping'],
    ['speakers', 'event participation'],
  ])('is read in %s as %s', (words, label) => {
    expect(helpKinds.find(words)?.label).toBe(label);
  });
});

describe('a list of words', () => {
  it('refuses a word that stands for two things', () => {
    const twice = () =>
      makeVocabulary([
        ['buses', 'transit'],
        ['trains', 'transit'],
      ]);

    expect(twice).toThrow('“transit” stands for both buses and trains.');
  });
});
