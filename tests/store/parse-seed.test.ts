// The strict reading of the starting directory: what it refuses, and in which words.
import { describe, expect, it } from '@jest/globals';
import { parseSeed, SeedComplaints, type SeedFile } from '../../server/store/seed/parse-seed.ts';

/** A small directory of our own in which everything is right. */
const right: Record<SeedFile, string> = {
  'cities.csv': `slug,name,state,country,lat,lng
tulsa-ok,Tulsa,OK,US,36.154,-95.993
`,
  'partners.csv': `slug,name,host_institution,city,metro,lat,lng,website,status,since,in_2014,topics,offers,source_note,source_url,source_date,verified
data-center,"Data Center, Tulsa",,tulsa-ok,,36.154,-95.993,https://data.example/,current,2010,likely,housing;health,,its website,,2024-05,yes
`,
  'groups.csv': `slug,name,kind,city,state,country,lat,lng,website,events_url,code_url,topics,needs,previous_names,founded,listing_list,listing_date,listing_mark,last_event,last_event_source,source_note,source_url,source_date,verified
code-for-tulsa,Code for Tulsa,brigade,tulsa-ok,OK,US,36.154,-95.993,,,,,,Old Name;Older Name,2012,A list,2023-02-21,active,,,a list,https://list.example/,2023-02-21,no
`,
  'collaborations.csv': `slug,title,city,partner,partner_name,group,group_name,from,to,level,summary,link,source_note,source_url,source_date,verified
lots,Vacant lots,tulsa-ok,data-center,Data Center,code-for-tulsa,Code for Tulsa,2015,2017,extensive,They mapped lots.,,a blog,,,yes
`,
  'convenings.csv': `slug,name,kind,start,end,city,place,website,partners,groups,source_note,source_url,source_date,verified
data-day,Data Day,data day,2014-05-31,2014-06-01,tulsa-ok,"Tulsa, OK",,data-center,code-for-tulsa,a blog,,,yes
`,
  'survey-2014.json': JSON.stringify({
    slug: '2014-07',
    name: 'A survey',
    state: 'closed',
    opens: '2014-07',
    closes: '2014-07',
    introduction: '',
    aggregate: {
      respondents: 2,
      method: '',
      levels: [{ key: 'some', label: 'Some', count: 2, basis: 'stated', stated: 'two' }],
      combined: [],
      alsoStated: [],
      notes: [],
    },
    source: { note: 'an article', url: null, date: '2014-09', verified: true },
  }),
};

/** The complaints about a directory; none where it is right. */
function complaintsAbout(texts: Record<SeedFile, string>): readonly string[] {
  try {
    parseSeed(texts);
  } catch (error) {
    if (error instanceof SeedComplaints) return error.complaints;
    throw error;
  }
  return [];
}

/** The complaints about the directory in which one text of one file is replaced. */
function complaintsAfter(file: SeedFile, from: string, to: string): readonly string[] {
  expect(right[file]).toContain(from);
  return complaintsAbout({ ...right, [file]: right[file].replace(from, to) });
}

describe('reading the starting directory', () => {
  it('turns rows into records, and a collaboration of a known level into a report', () => {
    const seed = parseSeed(right);

    expect(seed.partners).toMatchObject([
      {
        slug: 'data-center',
        topics: ['housing', 'health'],
        source: { note: 'its website; likely in the network in 2014', date: '2024-05' },
      },
    ]);
    expect(seed.groups).toMatchObject([
      {
        previousNames: ['Old Name', 'Older Name'],
        listing: { list: 'A list', date: '2023-02-21', mark: 'active' },
        signs: [],
      },
    ]);
    expect(seed.reports).toMatchObject([
      { partner: 'data-center', level: 'extensive', date: '2017', collaboration: 'lots' },
    ]);
  });

  it.each<[string, SeedFile, string, string, string]>([
    [
      'a wrong heading',
      'cities.csv',
      'slug,name',
      'name,slug',
      'cities.csv, line 1: the columns must be slug, name, state, country, lat, lng.',
    ],
    [
      'a cell too many',
      'groups.csv',
      '2023-02-21,no',
      '2023-02-21,no,more',
      'groups.csv, line 2: has 25 cells where 24 are expected.',
    ],
    [
      'an unclosed quote',
      'convenings.csv',
      'Tulsa, OK"',
      'Tulsa, OK',
      'convenings.csv, line 2: Quote Not Closed: the parsing is finished with an opening quote at line 2',
    ],
    [
      'a missing name',
      'groups.csv',
      'code-for-tulsa,Code for Tulsa',
      'code-for-tulsa,',
      'groups.csv, line 2: name is missing.',
    ],
    [
      'a space at the end',
      'partners.csv',
      'its website',
      'its website ',
      'partners.csv, line 2: source_note begins or ends with a space: "its website ".',
    ],
    [
      'a slug with capitals',
      'convenings.csv',
      'data-day',
      'Data-Day',
      'convenings.csv, line 2: slug must be small letters and digits with hyphens, not "Data-Day".',
    ],
    [
      'a slug that stands twice',
      'cities.csv',
      '-95.993\n',
      '-95.993\ntulsa-ok,Tulsa,OK,US,36.1,-95.9\n',
      'cities.csv, line 3: slug "tulsa-ok" is already on line 2.',
    ],
    [
      'a latitude beyond the pole',
      'groups.csv',
      '36.154',
      '95.993',
      'groups.csv, line 2: lat must be degrees from -90 to 90, not "95.993".',
    ],
    [
      'a longitude that lost its point',
      'groups.csv',
      '-95.993',
      '120046595',
      'groups.csv, line 2: lng must be degrees from -180 to 180, not "120046595".',
    ],
    [
      'a web address without a scheme',
      'partners.csv',
      'https://data.example/',
      'data.example',
      'partners.csv, line 2: website must be a web address that begins with http, not "data.example".',
    ],
    [
      'a script where an address belongs',
      'partners.csv',
      'https://data.example/',
      'javascript:alert(1)',
      'partners.csv, line 2: website must be a web address that begins with http, not "javascript:alert(1)".',
    ],
    [
      'a kind that is not one',
      'groups.csv',
      'brigade',
      'club',
      'groups.csv, line 2: kind must be one of brigade, open-data-group, meetup, civic-hacking-group, other, not "club".',
    ],
    [
      'a day that does not exist',
      'convenings.csv',
      '2014-06-01',
      '2014-06-31',
      'convenings.csv, line 2: end must be a date such as 2014-07-31, 2014-07 or 2014, not "2014-06-31".',
    ],
    [
      'an event that ends before it starts',
      'convenings.csv',
      '2014-06-01',
      '2014-05-30',
      'convenings.csv, line 2: end must not be before start.',
    ],
    [
      'a city that is not there',
      'partners.csv',
      'tulsa-ok',
      'tulsa-tx',
      'partners.csv, line 2: city "tulsa-tx" is not in cities.csv.',
    ],
    [
      "a state that is not its city's",
      'groups.csv',
      'OK,US',
      'TX,US',
      'groups.csv, line 2: state and country must be those of its city, tulsa-ok.',
    ],
    [
      'a group that is not there',
      'collaborations.csv',
      'code-for-tulsa',
      'code-for-texas',
      'collaborations.csv, line 2: group "code-for-texas" is not in groups.csv.',
    ],
    [
      'half a listing',
      'groups.csv',
      'A list,2023-02-21',
      'A list,',
      'groups.csv, line 2: listing_list, listing_date and listing_mark must be filled together.',
    ],
    [
      'a level without a partner',
      'collaborations.csv',
      'tulsa-ok,data-center',
      'tulsa-ok,',
      'collaborations.csv, line 2: level needs a partner.',
    ],
    [
      'totals that do not add up',
      'survey-2014.json',
      '"respondents":2',
      '"respondents":3',
      'survey-2014.json: aggregate: must have levels that add up to its respondents.',
    ],
    [
      'a field that nobody knows',
      'survey-2014.json',
      '"method"',
      '"methods"',
      'survey-2014.json: aggregate: Unrecognized key: "methods".',
    ],
  ])('refuses %s', (_, file, from, to, complaint) => {
    expect(complaintsAfter(file, from, to)).toContain(complaint);
  });

  it('tells every wrong cell of every file at once', () => {
    const texts = {
      ...right,
      'partners.csv': right['partners.csv'].replace('current', 'present'),
      'groups.csv': right['groups.csv'].replace('brigade', 'club').replace('36.154', 'north'),
    };

    const complaints = complaintsAbout(texts);

    expect(complaints.map((words) => words.split(' must ')[0])).toEqual([
      'partners.csv, line 2: status',
      'groups.csv, line 2: kind',
      'groups.csv, line 2: lat',
    ]);
  });
});
