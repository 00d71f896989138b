// Our Brigade list against the list's own JSON Schema, and the tags of a real list as a map of Brigades counts them.
// The lists are not part of the project; CROSSWALK_RAW names the folder that holds them (see CONTRIBUTING.md).
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { toBrigadeList } from '../../server/features/known-clients/brigade-list.ts';
import {
  findOrganizations,
  parseOrganizationQuery,
} from '../../server/features/known-clients/organization-query.ts';
import { aGroup } from '../support/builders.ts';
import { aDirectory, seedDirectory } from '../support/directory.ts';

interface Listed {
  readonly name: string;
  readonly tags: readonly string[];
}

async function readRaw<Content>(name: string): Promise<Content> {
  const folder = process.env['CROSSWALK_RAW'];
  if (!folder) {
    throw new Error(
      'Set CROSSWALK_RAW to the folder of the real lists: CROSSWALK_RAW=../lists npm run test:raw',
    );
  }
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as Content;
}

describe('our Brigade list', () => {
  it("is valid against the list's own schema, with the starting directory", async () => {
    const schema = await readRaw<Record<string, unknown>>('organizations.schema.json');
    // Parts of it name themselves with fragments, which this validator takes for other documents.
    const plain = JSON.parse(
      JSON.stringify(schema, (key, value) =>
        key === '$id' && typeof value === 'string' ? undefined : value,
      ),
    );
    const validate = new Ajv({ strict: false, allErrors: true }).compile(plain);
    const list = JSON.parse(toBrigadeList(await seedDirectory()));
    validate(list);

    expect(validate.errors ?? []).toEqual([]);
    expect(list.length).toBeGreaterThan(200);
  });

  it('has as many official Brigades as the list of 2023, where that is what it holds', async () => {
    const listed = await readRaw<Listed[]>('organizations-2023-02-21.json');
    const directory = aDirectory({
      groups: listed.map(({ name, tags }, index) =>
        aGroup({ slug: `group-${index}`, name, tags: [...tags] }),
      ),
    });
    const official = findOrganizations(
      directory,
      parseOrganizationQuery(new URLSearchParams({ tags: 'Official' })),
      'https://crosswalk.example',
    );

    expect(official).toHaveLength(93);
    expect(new Set(official.map(({ id }) => id)).size).toBe(93);
  });
});
