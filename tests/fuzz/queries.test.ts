// Addresses and forms with anything in them, straight into what reads them: an answer or a refusal in words, no more.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../server/directory/directory.ts';
import {
  filterCities,
  filterGroups,
  filterPartners,
  parseCityFilter,
  parseGroupFilter,
  parsePartnerFilter,
} from '../../server/directory/filters.ts';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import type { Gazetteer } from '../../server/directory/places/places.ts';
import {
  countryCode,
  oneOf,
  readQuery,
  slug,
  stateCode,
} from '../../server/directory/query-values.ts';
import * as words from '../../server/domain/words.ts';
import { Problem } from '../../server/errors.ts';
import { parseNext, parseSignInForm, parseToken } from '../../server/features/accounts/form.ts';
import { makeOperations } from '../../server/features/api/operations.ts';
import { toRawQuery } from '../../server/features/api/query.ts';
import { parseEmbedQuery } from '../../server/features/embedding/query.ts';
import {
  parseCollaborationForm,
  toCollaboration,
} from '../../server/features/examples/collaboration-form.ts';
import { parseConveningForm, toConvening } from '../../server/features/examples/convening-form.ts';
import { findPath, parseFindQuery } from '../../server/features/finder/query.ts';
import {
  parseAnswerForm,
  parseAskForm,
  readAskQuery,
} from '../../server/features/introducing/form.ts';
import {
  findOrganizations,
  parseOrganizationQuery,
} from '../../server/features/known-clients/organization-query.ts';
import {
  readEntryForm,
  readMessageForm,
  readPlanForm,
} from '../../server/features/outreach/form.ts';
import { parseDraft, parseReportId, toAnswer } from '../../server/features/respond/form.ts';
import { parseProfile, parseTyped } from '../../server/features/respond/profile-form.ts';
import { parseChangesQuery } from '../../server/features/staff-records/changes-query.ts';
import { parsePersonForm, toInvitation } from '../../server/features/staff-records/person-form.ts';
import { parseAddress, parseStop, parseTypedGroup } from '../../server/features/still-here/form.ts';
import { parseSubscribeForm } from '../../server/features/subscribing/form.ts';
import { parseDecisionForm } from '../../server/features/suggesting/decision-form.ts';
import { parseSuggestForm } from '../../server/features/suggesting/form.ts';
import { parseChanges } from '../../server/features/survey/changes-query.ts';
import { readPlan } from '../../server/features/waves/form.ts';
import { built } from '../../server/root.ts';
import { toListView } from '../../server/web/list.ts';
import { aConvening, aGroup, aPartner, aWave } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';
import { ends, givesMemoryBack, runs } from './cases.ts';
import { anyFields, hostileText, wordOrWorse } from './hostile.ts';

const publicUrl = 'https://crosswalk.example';
const directory: Directory = aDirectory({
  partners: [aPartner()],
  groups: [aGroup(), aGroup({ name: 'Open Tulsa', topics: ['housing'] })],
  convenings: [aConvening()],
  waves: [aWave()],
});
let places: Gazetteer;
beforeAll(async () => {
  places = await loadGazetteer(join(built, 'gazetteer'));
});

/** Words that mean something in one field or another. */
const known = [
  ...words.flags,
  ...words.groupKinds,
  ...words.livenessStates,
  ...words.partnerStatuses,
  ...words.levels,
  ...['tulsa-ok', 'code-for-tulsa', 'tulsa-data-center', 'Tulsa, OK', '74103', '36.15,-95.99'],
  ...['36.15', '-95.99', '1', '2', '25', '500', 'asc', 'desc', 'all', 'name', 'housing', 'US'],
  ...[
    'OK',
    '2026',
    '2026-07',
    '2026-07-01',
    'https://example.org/',
    'ana@example.org',
    'yes',
    'on',
  ],
];

/** Refusals in words are answers too. */
function answers(work: () => unknown): void {
  try {
    ends(work);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.status).toBeLessThan(500);
  }
}

const filterNames = [
  ...['flag', 'state', 'country', 'city', 'kind', 'liveness', 'topic', 'status', 'q', 'show'],
  ...['sort', 'direction', 'page'],
];

const list = {
  path: '/groups',
  caption: 'Groups',
  noun: { one: 'group', many: 'groups' },
  columns: [
    {
      key: 'name',
      label: 'Name',
      cell: (text: string) => ({ kind: 'text' as const, text }),
      sortBy: (text: string) => text,
    },
  ],
  defaultSort: 'name',
};

type Fields = Record<string, unknown>;
const queries: [name: string, fields: readonly string[], read: (raw: Fields) => unknown][] = [
  ['cities', filterNames, (raw) => filterCities(directory, parseCityFilter(raw).filter)],
  ['groups', filterNames, (raw) => filterGroups(directory, parseGroupFilter(raw).filter)],
  ['partners', filterNames, (raw) => filterPartners(directory, parsePartnerFilter(raw).filter)],
  [
    'a list',
    filterNames,
    (raw) => toListView(list, raw, { filters: {}, rows: ['a', 'b'], total: 2 }),
  ],
  [
    'single values',
    ['one', 'state', 'country'],
    (raw) => {
      const read = readQuery(raw);
      const one = read.one('one', oneOf(words.flags));
      return [one, read.some('one', words.flags), read.one('state', stateCode)].concat(
        read.one('country', countryCode),
        read.one('slug', slug),
      );
    },
  ],
  [
    'find',
    ['place', 'lat', 'lng', 'within'],
    (raw) => {
      const query = parseFindQuery(raw);
      return [findPath(query), places.find(query.typed)];
    },
  ],
  ['an embedded map', ['flag', 'state', 'city', 'size'], parseEmbedQuery],
  [
    'the changes of surveys',
    ['from', 'to', 'cause', 'change'],
    (raw) => parseChanges(directory, raw),
  ],
  [
    'the change log',
    ['record', 'slug', 'by', 'origin', 'from', 'to', 'batch', 'page'],
    parseChangesQuery,
  ],
  ['an introduction', ['partner', 'group'], readAskQuery],
];

const groupFields = ['name', 'website', 'city', 'topics', 'needs', 'pickedTopics', 'pickedNeeds'];
const forms: [name: string, fields: readonly string[], read: (body: Fields) => unknown][] = [
  ['signing in', ['address', 'next'], (body) => [parseSignInForm(body), parseNext(body['next'])]],
  ['a token', ['token'], (body) => parseToken(body['token'])],
  [
    'an example',
    ['title', 'city', 'partner', 'partnerName', 'group', 'from', 'to', 'link', 'summary', 'state'],
    (body) => {
      const source = aPartner().source;
      return toCollaboration(directory, parseCollaborationForm(body), null, source);
    },
  ],
  [
    'a convening',
    ['name', 'kind', 'start', 'end', 'place', 'website', 'partners', 'groups'],
    (body) => {
      const source = aPartner().source;
      return toConvening({ directory, places }, parseConveningForm(body), null, source);
    },
  ],
  ['asking for an introduction', ['word', 'form', 'group', 'partner', 'exchange'], parseAskForm],
  ['answering an introduction', ['word', 'answer', 'exchange'], parseAnswerForm],
  ['a plan of outreach', ['owner', 'stage', 'next', 'note', 'shown'], readPlanForm],
  ['an entry of outreach', ['kind', 'date', 'words', 'text'], readEntryForm],
  ['a message', ['kind', 'to', 'subject', 'text'], readMessageForm],
  [
    'an answer to a survey',
    ['level', 'groups', 'anotherGroup', 'gave', 'barriers', 'wantsTies', 'publicNote'],
    (body) => [toAnswer(parseDraft(body, directory)), parseReportId(body['level'])],
  ],
  [
    'a profile',
    ['website', 'topics', 'offers', 'reachMiles', 'contacts', 'pickedTopics', 'shown'],
    (body) => parseProfile(parseTyped(body)),
  ],
  [
    'a person',
    ['address', 'name', 'staff', 'partners', 'groups', 'sure', 'shown'],
    (body) => toInvitation(directory, parsePersonForm(body)),
  ],
  ['a group of one’s own', [...groupFields, 'choice', 'contacts', 'shown'], parseTypedGroup],
  ['a group that stops', ['word', 'since'], (body) => parseStop(body, directory.today)],
  ['a group that comes back', ['address'], parseAddress],
  ['a subscription', ['place', 'within', 'address', 'lat', 'lng', 'nickname'], parseSubscribeForm],
  ['a decision', ['decision', 'word', 'fields', 'place'], parseDecisionForm],
  [
    'a suggestion',
    [...groupFields, 'about', 'slug', 'sender', 'address', 'stamp', 'nickname'],
    (body) => parseSuggestForm(body, body),
  ],
  ['the plan of a wave', ['name', 'opens', 'closes', 'introduction'], (body) => readPlan(body)],
];

describe('any query', () => {
  it.each(queries)('of %s is read or refused in words', async (_, names, read) => {
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(anyFields(names, known), (raw) => answers(() => read(raw))),
        runs(queries.length),
      ),
    );
  });
});

describe('any body', () => {
  it.each(forms)('of %s is read or refused in words', async (_, names, read) => {
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(anyFields(names, known), (body) => answers(() => read(body))),
        runs(forms.length),
      ),
    );
  });
});

describe('any question to the API', () => {
  const operations = makeOperations(publicUrl);

  it.each(operations.map((one) => [one.path, one] as const))(
    'at %s is answered or refused in words',
    async (path, operation) => {
      const names = [...Object.keys(operation.query.shape), 'stranger', '__proto__'];
      const search = fc.array(fc.tuple(fc.constantFrom(...names), wordOrWorse(known)), {
        maxLength: 4,
      });
      await givesMemoryBack(() =>
        fc.assert(
          fc.property(search, hostileText, (pairs, slugText) => {
            const raw = toRawQuery(new URLSearchParams(pairs));
            const address = `${path}?${new URLSearchParams(pairs)}`;
            const call = { directory, places, publicUrl, address, raw, slug: slugText };
            answers(() => operation.answer(call));
          }),
          runs(operations.length),
        ),
      );
    },
  );

  it('in the manner of the old API is answered or refused in words', async () => {
    const names = ['name', 'city', 'type', 'tags', 'q', 'page', 'per_page', '__proto__'];
    const search = fc.array(fc.tuple(fc.constantFrom(...names), wordOrWorse(known)), {
      maxLength: 4,
    });
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(search, (pairs) =>
          answers(() => {
            const query = parseOrganizationQuery(new URLSearchParams(pairs));
            return findOrganizations(directory, query, publicUrl);
          }),
        ),
        runs(),
      ),
    );
  });
});

describe('the address of a query', () => {
  it('leads to the same query', () => {
    fc.assert(
      fc.property(anyFields(['place', 'lat', 'lng', 'within'], known), (raw) => {
        const query = parseFindQuery(raw);
        const again = new URL(findPath(query), publicUrl).searchParams;

        expect(parseFindQuery(Object.fromEntries(again))).toEqual(query);
      }),
      runs(),
    );
  });
});
