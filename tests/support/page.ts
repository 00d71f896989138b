// Reads a page of the running application as a person would: by role, label and text.
import { type CheerioAPI, load } from 'cheerio';
import request from 'supertest';
import type { TestApp } from './app.ts';

export interface ReadPage {
  readonly status: number;
  readonly $: CheerioAPI;
  /** The text of the first heading. */
  readonly title: string;
  /** The text of all that a selector finds, each with its white space made plain. */
  texts(selector: string): string[];
  /** The address of the link with this text, or undefined. */
  href(text: string): string | undefined;
}

export async function readPage(app: TestApp, address: string): Promise<ReadPage> {
  const response = await request(app.app).get(address);
  const $ = load(response.text);
  const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return {
    status: response.status,
    $,
    title: words($('h1').text()),
    texts: (selector) =>
      $(selector)
        .toArray()
        .map((element) => words($(element).text())),
    href: (text) =>
      $('a')
        .toArray()
        .map((link) => $(link))
        .find((link) => words(link.text()) === text)
        ?.attr('href'),
  };
}
