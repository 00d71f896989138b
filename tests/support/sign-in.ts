// Signs a test's person in the way people do it: a link is made, opened, and its button pressed.
import request from 'supertest';
import { paths } from '../../server/paths.ts';
import { addPerson } from '../../server/store/people.ts';
import type { TestApp } from './app.ts';

/** What a person of a test may do; nothing unless said so. */
export interface Roles {
  readonly staff?: boolean;
  /** Slugs of partners they answer for. */
  readonly partners?: readonly string[];
  /** Slugs of groups they organize. */
  readonly groups?: readonly string[];
  /** One of their own unless it is given. */
  readonly address?: string;
}

export interface SignedInPerson {
  /** The identifier of the person, as writers and viewers have it. */
  readonly id: string;
  readonly address: string;
  /** The value of a Cookie header. */
  readonly cookie: string;
  /** Sends the cookie with every request: `await agent.get('/account')`. */
  readonly agent: ReturnType<typeof request.agent>;
}

let count = 0;
let pressed = 0;

export async function signInAs(
  { app, services }: Pick<TestApp, 'app' | 'services'>,
  { staff = false, partners = [], groups = [], address }: Roles = {},
): Promise<SignedInPerson> {
  count += 1;
  const person = await addPerson(
    services.store,
    address ?? `person-${count}@crosswalk.example`,
    { staff, partners, groups },
    services.clock(),
  );
  const cookie = await pressButton(app, await services.signIn.makeToken(person.address));
  const agent = request.agent(app);
  agent.set('cookie', cookie);
  return { id: person.id, address: person.address, cookie, agent };
}

/** Presses the button of a sign-in link; gives the Cookie header of the session that begins. */
export async function pressButton(app: TestApp['app'], token: string): Promise<string> {
  pressed += 1;
  const answer = await request(app)
    .post(paths.signInConfirm)
    // From a place of its own: how often one sender may try is counted.
    .set('x-forwarded-for', `198.18.${(pressed >> 8) % 256}.${pressed % 256}`)
    .type('form')
    .send({ token });
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`);
  return cookiesOf(answer.headers['set-cookie']);
}

/** What a browser sends back after these Set-Cookie headers. */
export const cookiesOf = (setCookies: unknown): string =>
  (Array.isArray(setCookies) ? setCookies.map(String) : [])
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
