// What partners offer and groups need: one list of kinds of data and help, so that an offer meets a need
// although the two are worded differently. Records keep the words that people wrote.
import { type Listed, makeVocabulary } from './vocabulary.ts';

const list: readonly Listed[] = [
  [
    'data',
    'data access, access to data, open data, datasets, local data, data sets, public data',
    [
      [
        'parcel data',
        'geocoded parcel data, parcels, property data, property records, land records, assessor data',
      ],
      [
        'neighborhood indicators',
        'indicators, neighborhood data, community indicators, neighborhood profiles',
      ],
      ['census data', 'demographic data, population data, american community survey data'],
      ['housing data', 'eviction data, foreclosure data, code violation data, permit data'],
      ['health data', 'birth records, vital records'],
      ['school data', 'education data, student data'],
      ['crime data', 'police data, court data, justice data'],
      ['transportation data', 'transit data, traffic data, gtfs'],
      ['boundary files', 'neighborhood boundaries, shapefiles, boundaries, base maps'],
    ],
  ],
  [
    'data analysis',
    'analysis, statistics, research, evaluation, data science',
    [
      ['data cleaning', 'geocoding, data standards, data documentation, metadata'],
      ['data visualization', 'charts, dashboards, visualization'],
    ],
  ],
  ['mapping', 'maps, gis, help with maps, web maps, cartography'],
  [
    'technical help',
    'technical assistance, technology help, tech support, technical advice',
    [
      [
        'software development',
        'programming, coding, developers, development, engineers, apps, websites, web development',
      ],
      [
        'design',
        'designers, user experience, ux, graphic design, user research, usability testing',
      ],
      ['hosting', 'servers, web hosting, cloud credits, infrastructure'],
    ],
  ],
  ['training', 'workshops, data training, classes, tutorials, mentoring, mentors, teaching'],
  [
    'meeting space',
    'space, a room, room, rooms, venue, office space, place to meet, meeting room, event space',
  ],
  ['volunteers', 'members, helping hands, volunteer time, people'],
  [
    'leaders',
    'leadership, organizers, co-organizers, project managers, product managers, core team',
  ],
  [
    'event participation',
    'speakers, speaker, talks, attendance at events, presenters, judges',
    [['hosting events', 'event organizing, hackathons, data day, data days, co-hosting events']],
  ],
  [
    'project ideas',
    'ideas, problem statements, problems to solve, projects, use cases, challenges',
  ],
  [
    'subject expertise',
    'expertise, domain knowledge, local knowledge, policy expertise, advice, subject matter experts',
  ],
  [
    'introductions',
    'contacts, connections, partners, partnerships, networking, links to city hall, government contacts, community contacts',
  ],
  ['community partners', 'residents, community organizations, nonprofits, outreach, user feedback'],
  [
    'funding',
    'money, grants, sponsors, sponsorship, donations, fiscal sponsorship, financial support',
  ],
  ['food', 'pizza, snacks, refreshments, catering'],
  ['publicity', 'promotion, communications, marketing, newsletter, social media, press'],
];

export const helpKinds = makeVocabulary(list, { inPhrases: true });
