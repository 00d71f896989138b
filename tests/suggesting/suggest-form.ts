// Fills in the forms of suggestions as a browser does: everything that the page holds is sent, with what is written.
import { type CheerioAPI, load } from 'cheerio';
import request from 'supertest';
import type { TestApp } from '../support/app.ts';

export type Values = Readonly<Record<string, string | readonly string[]>>;

/** What the form of a page would send as it stands; buttons aside. */
export function valuesOf($: CheerioAPI, selector: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  const form = $(selector);
  for (const element of form.find('input, select, textarea').toArray()) {
    const field = $(element);
    const name = field.attr('name') ?? '';
    const type = field.attr('type');
    if ((type === 'checkbox' || type === 'radio') && field.attr('checked') === undefined) continue;
    const value = field.is('select')
      ? (field.find('option[selected]').attr('value') ?? '')
      : field.is('textarea')
        ? field.text().replace(/^\n/, '')
        : (field.attr('value') ?? '');
    if (type === 'checkbox') values[name] = [...(values[name] ?? []), value];
    else values[name] = value;
  }
  return values;
}

export interface OpenForm {
  readonly action: string;
  readonly values: Record<string, string | string[]>;
  readonly $: CheerioAPI;
}

export function formIn(html: string, selector: string): OpenForm {
  const $ = load(html);
  return { action: $(selector).attr('action') ?? '', values: valuesOf($, selector), $ };
}

/** Opens the visitor's form. */
export async function openSuggest(test: TestApp, address = '/suggest'): Promise<OpenForm> {
  const answer = await request(test.app).get(address);
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  return formIn(answer.text, 'form.suggest');
}

export const post = (test: TestApp, action: string, values: Values) =>
  request(test.app).post(action).type('form').send(values);
