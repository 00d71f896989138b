// What partners and groups work on: one list of topics, each with other words for it and a wider topic above it.
// It joins the words of neighborhood data and those of civic tech. Records keep the words that people wrote.
import { type Listed, makeVocabulary, type Term } from './vocabulary.ts';

const list: readonly Listed[] = [
  [
    'housing',
    'homes, housing policy, housing market, housing data',
    [
      [
        'affordable housing',
        'housing affordability, rent, rents, rental housing, subsidized housing, public housing',
      ],
      ['eviction', 'eviction prevention, tenant rights, tenants, displacement'],
      ['homelessness', 'homeless, housing insecurity, unhoused people'],
      ['foreclosure', 'mortgages, mortgage lending, home ownership, homeownership'],
      [
        'vacant property',
        'vacancy, vacant lots, vacant land, blight, abandoned buildings, land bank',
      ],
      ['housing quality', 'code enforcement, code violations, building inspections, healthy homes'],
    ],
  ],
  [
    'community development',
    'neighborhoods, neighborhood revitalization, neighborhood development, neighborhood change, place-based work',
    [
      [
        'planning and land use',
        'planning, urban planning, city planning, regional planning, land use, zoning',
      ],
      ['property', 'real estate, parcels, property data, property tax, assessments'],
      ['parks and open space', 'parks, green space, recreation, playgrounds, public space'],
      ['arts and culture', 'arts, culture, museums, libraries, history, local history'],
    ],
  ],
  [
    'economy',
    'economic development, economics, regional economy, economic opportunity',
    [
      ['jobs', 'employment, workforce, workforce development, job training, labor, wages'],
      [
        'small business',
        'businesses, entrepreneurship, startups, local business, business permits',
      ],
    ],
  ],
  [
    'poverty',
    'income, low-income families, economic security, financial security, family self-sufficiency, asset building',
    [
      [
        'public benefits',
        'benefits, safety net, social services, human services, snap, medicaid enrollment',
      ],
      ['food access', 'food, food security, food insecurity, hunger, nutrition, urban agriculture'],
    ],
  ],
  [
    'health',
    'public health, community health, wellness, population health, health equity, health data',
    [
      ['mental health', 'behavioral health, suicide prevention'],
      ['substance use', 'opioids, overdose, addiction, drugs, harm reduction'],
      ['maternal and child health', 'infant mortality, births, prenatal care, immunization'],
      ['health care', 'access to care, hospitals, clinics, health insurance'],
      ['environmental health', 'asthma, lead, lead poisoning, lead paint'],
      ['epidemics', 'covid, covid-19, pandemic, infectious disease'],
    ],
  ],
  [
    'education',
    'schools, public schools, k-12, learning, students, education data',
    [
      ['early childhood', 'preschool, pre-k, child care, early learning, kindergarten readiness'],
      ['school attendance', 'absenteeism, chronic absence, dropouts, graduation rates'],
      ['higher education', 'colleges, universities, college access'],
      ['STEM learning', 'stem, coding classes, computer science education, learning to code'],
    ],
  ],
  [
    'children and families',
    'children, families, family, child well-being, kids',
    [
      ['youth', 'teens, young people, youth development, out-of-school time'],
      ['child welfare', 'foster care, child abuse, adoption'],
    ],
  ],
  ['older adults', 'aging, seniors, elderly, ageing'],
  [
    'transportation',
    'transport, mobility, getting around',
    [
      ['transit', 'public transit, public transportation, buses, bus, rail, gtfs, trains'],
      [
        'walking and cycling',
        'bikes, bicycles, cycling, biking, pedestrians, walkability, bike share, sidewalks',
      ],
      ['road safety', 'traffic safety, vision zero, crashes, traffic'],
    ],
  ],
  [
    'public safety',
    'safety, crime, crime data, community safety',
    [
      ['policing', 'police, police accountability, use of force, police data'],
      [
        'justice',
        'criminal justice, courts, justice reform, expungement, record clearance, bail, court dates',
      ],
      ['reentry', 'prisoner reentry, incarceration, jails, prisons'],
      ['violence prevention', 'gun violence, domestic violence, youth violence'],
    ],
  ],
  [
    'emergencies',
    'disasters, disaster response, disaster relief, emergency management, emergency preparedness, fire',
  ],
  [
    'environment',
    'sustainability, environmental justice, nature, conservation, environmental data',
    [
      ['climate', 'climate change, climate action, resilience, heat'],
      ['air quality', 'air, air pollution'],
      ['water', 'water quality, rivers, flooding, stormwater, drinking water, beaches'],
      ['energy', 'solar, utilities, electricity, energy efficiency'],
      ['waste', 'recycling, trash, litter, garbage collection'],
      ['trees', 'urban forest, street trees, tree canopy'],
    ],
  ],
  [
    'equity',
    'racial equity, race, social justice, inclusion, civil rights, racial justice',
    [
      ['immigration', 'immigrants, refugees, newcomers, language access'],
      ['disability', 'accessibility, people with disabilities'],
      ['gender', 'women, women in tech, lgbtq'],
    ],
  ],
  [
    'open data',
    'open datasets, data portals, data portal, public data, open data policy',
    [
      [
        'neighborhood data',
        'indicators, neighborhood indicators, community indicators, local data, data intermediaries',
      ],
      ['census', 'demographics, population, american community survey'],
      [
        'data literacy',
        'data skills, data training, data journalism, data science, data visualization',
      ],
    ],
  ],
  ['mapping', 'maps, gis, geospatial, cartography, openstreetmap, geography'],
  [
    'civic engagement',
    'community engagement, participation, public participation, civic participation, community organizing, volunteering',
    [
      ['voting', 'elections, voter registration, voter information, redistricting'],
      ['participatory budgeting', 'community budgeting'],
    ],
  ],
  [
    'open government',
    'transparency, accountability, open gov, government transparency, anti-corruption',
    [
      ['public budgets', 'budget, city budget, government spending, procurement, public finance'],
      ['legislation', 'laws, council meetings, city council, public meetings, legal codes'],
      ['campaign finance', 'political donations, lobbying, money in politics'],
    ],
  ],
  [
    'government services',
    'digital services, public services, service design, government technology, e-government, city services',
    [['311', 'service requests, potholes, non-emergency requests, fixing streets']],
  ],
  [
    'digital equity',
    'digital inclusion, digital divide, internet access, broadband, digital literacy, connectivity',
    [
      [
        'privacy',
        'data privacy, surveillance, data ethics, algorithmic fairness, artificial intelligence',
      ],
    ],
  ],
  ['nonprofits', 'philanthropy, nonprofit sector, social sector, giving, charity, foundations'],
];

export const topics = makeVocabulary(list);

/** The topic that a word stands for, by its label or another word for it; undefined where the list lacks it. */
export const canonicalTopic = (word: string): Term | undefined => topics.find(word);
