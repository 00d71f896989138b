// The markup of each shared component by itself: words beside shapes, labels, errors, landmarks, links.
// The shapes of the flags are in flag-shapes.test.ts, whole pages in the tests of each feature.
import { describe, expect, it } from '@jest/globals';
import { flags } from '../../server/domain/words.ts';
import { flagLabel } from '../../server/web/format.ts';
import { renderComponent } from './render.ts';

describe('flag', () => {
  it.each(flags)('says %s as a word and shows it as a shape', async (flag) => {
    const $ = await renderComponent('flag', { flag, label: flagLabel(flag) });

    expect($('.flag').text().trim()).toBe(flagLabel(flag));
    expect($('svg').attr('aria-hidden')).toBe('true');
    expect($('use').attr('href')).toBe(`/assets/images/flags.svg#${flag}`);
  });
});

describe('legend', () => {
  const items = [
    {
      flag: 'no-group',
      label: 'No group in reach',
      count: 2,
      href: '/?flag=no-group',
      current: true,
    },
    {
      flag: 'dormant',
      label: 'Groups look asleep',
      count: 1,
      href: '/?flag=dormant',
      current: false,
    },
  ];

  it('is a navigation named after the total', async () => {
    const $ = await renderComponent('legend', { items, total: '33 partner cities', reset: null });

    const title = $(`#${$('nav').attr('aria-labelledby')}`);
    expect(title.text()).toBe('33 partner cities');
  });

  it('links each flag with its count and marks the chosen one', async () => {
    const $ = await renderComponent('legend', { items, total: '33 partner cities', reset: '/' });

    const links = $('li a').toArray();
    expect(links.map((link) => $(link).text().replace(/\s+/g, ' ').trim())).toEqual([
      'No group in reach 2',
      'Groups look asleep 1',
    ]);
    expect(links.map((link) => $(link).attr('aria-current'))).toEqual(['true', undefined]);
    expect($('a:contains("Show all flags")').attr('href')).toBe('/');
  });
});

describe('group-card', () => {
  const group = {
    name: 'Code for <Tulsa>',
    href: '/groups/code-for-tulsa',
    kind: 'Code for America Brigade',
    place: 'Tulsa, OK',
    distance: '4.2 miles away',
    liveness: { state: 'no-signal', text: 'listed, February 2023, not checked since' },
    nextMeeting: null,
    join: [{ label: 'See its meetings', href: 'https://meet.example/' }],
    topics: ['housing'],
    previously: 'Known before as Open Tulsa',
  };

  it('is an article whose heading links to the group', async () => {
    const $ = await renderComponent('group-card', { group });

    expect($('article h3 a').text()).toBe('Code for <Tulsa>');
    expect($('article h3 a').attr('href')).toBe('/groups/code-for-tulsa');
  });

  it('says distance, liveness, old names and how to join in words', async () => {
    const $ = await renderComponent('group-card', { group });

    const text = $('article').text();
    expect(text).toContain('4.2 miles away');
    expect(text).toContain('listed, February 2023, not checked since');
    expect(text).toContain('Known before as Open Tulsa');
    expect($('li a:contains("See its meetings")').attr('href')).toBe('https://meet.example/');
  });

  it('says so where no way to join is known', async () => {
    const $ = await renderComponent('group-card', { group: { ...group, join: [] } });

    expect($('article').text()).toContain('We know of no website or meeting page.');
  });
});

describe('search-form', () => {
  it('is a search whose labelled field keeps what was typed', async () => {
    const $ = await renderComponent('search-form', { value: '"Tulsa"', action: '/find' });

    const field = $(`#${$('label:contains("City, state or ZIP code")').attr('for')}`);
    expect($('form').attr('role')).toBe('search');
    expect($('form').attr('action')).toBe('/find');
    expect(field.attr('name')).toBe('place');
    expect(field.val()).toBe('"Tulsa"');
  });

  it('keeps a distance that is not the usual one', async () => {
    const $ = await renderComponent('search-form', { value: '', action: '/find', within: 100 });

    expect($('input[name="within"]').val()).toBe('100');
  });
});

describe('field', () => {
  it('ties label, hint and error to the input', async () => {
    const $ = await renderComponent('field', {
      id: 'name',
      label: 'Name of the group',
      value: 'x',
      hint: 'As its members say it.',
      error: 'Give the name of the group.',
      required: true,
    });

    const input = $(`#${$('label').attr('for')}`);
    const described = (input.attr('aria-describedby') ?? '')
      .split(' ')
      .map((id) => $(`#${id}`).text());
    expect(described[0]).toBe('As its members say it.');
    expect(described[1]).toBe('Error: Give the name of the group.');
    expect(input.attr('aria-invalid')).toBe('true');
  });

  it('says that a field is optional', async () => {
    const $ = await renderComponent('field', { id: 'note', label: 'Note', value: '' });

    expect($('label').text()).toContain('(optional)');
    expect($('input').attr('required')).toBeUndefined();
  });
});

describe('error-summary', () => {
  it('is announced and leads to each field', async () => {
    const $ = await renderComponent('error-summary', {
      errors: [{ field: 'name', message: 'Give the name of the group.' }],
    });

    expect($('[role="alert"] h2').text()).toBe('Please check one answer');
    expect($('a').attr('href')).toBe('#name');
  });
});

describe('breadcrumbs', () => {
  it('links the way up and marks the page itself', async () => {
    const $ = await renderComponent('breadcrumbs', {
      items: [{ label: 'Cities', href: '/cities' }, { label: 'Tulsa, OK' }],
    });

    expect($('nav[aria-label="Breadcrumbs"] ol > li a').attr('href')).toBe('/cities');
    expect($('[aria-current="page"]').text()).toBe('Tulsa, OK');
  });
});

describe('empty', () => {
  it('says what is so and what to do next', async () => {
    const $ = await renderComponent('empty', {
      title: 'No convening is announced',
      text: 'The last one was in 2019.',
      actions: [{ label: 'See past convenings', href: '/convenings' }],
    });

    expect($('h2').text()).toBe('No convening is announced');
    expect($('a').attr('href')).toBe('/convenings');
  });
});

describe('liveness', () => {
  it('says it in words and hides the mark from screen readers', async () => {
    const $ = await renderComponent('liveness', { state: 'live', text: 'met 3 weeks ago' });

    expect($('.liveness').text()).toBe('met 3 weeks ago');
    expect($('.liveness-mark').attr('aria-hidden')).toBe('true');
  });
});

describe('source-note', () => {
  it('says that a record is not checked and names its source', async () => {
    const $ = await renderComponent('source-note', {
      source: { note: 'A list of 2023', url: null, date: 'February 2023', verified: false },
    });

    expect($('[role="note"]').text()).toContain('Not checked yet.');
    expect($('[role="note"]').text()).toContain('A list of 2023 (February 2023)');
  });
});
