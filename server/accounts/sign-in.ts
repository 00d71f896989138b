// Signing in by mailed link, through better-auth on the store's own database. Its HTTP routes are not mounted:
// the pages of the accounts feature and the command line call these few functions.
import { AsyncLocalStorage } from 'node:async_hooks';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import { betterAuth } from 'better-auth/minimal';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { Connection } from 'mongoose';
import { forgetEnded } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';

/** How long a sign-in link is good for, in minutes. */
export const linkMinutes = 20;

/** How long a session lasts, in days; using it makes it no longer, so that reading never writes. */
export const sessionDays = 30;

type Db = Parameters<typeof mongodbAdapter>[0];

export interface Session {
  /** Names the session in the list of a person's sessions. */
  readonly id: string;
  /** Ends it; shown to nobody. */
  readonly token: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** What the browser said of itself when it signed in, '' where unknown. */
  readonly browser: string;
}

export interface SignIn {
  /**
   * Makes a single-use link token for a known address; only its hash is stored.
   * An unknown address gets one too, but it opens nothing: whether to mail it is for the caller to decide.
   */
  makeToken(address: string): Promise<string>;
  /**
   * Uses a token up and starts a session.
   * @returns the cookies to set, or null where the token is unknown, used or too old
   */
  useToken(token: string, browser: string): Promise<readonly string[] | null>;
  /** The session and the person's identifier behind a Cookie header, or null. Writes nothing. */
  findSession(
    cookie: string,
  ): Promise<{ readonly session: Session; readonly person: string } | null>;
  /** The person's sessions, newest first. */
  listSessions(cookie: string): Promise<readonly Session[]>;
  /** Ends one of the person's own sessions, named by identifier. */
  endSession(cookie: string, id: string): Promise<boolean>;
  /** Ends all sessions of the person but this one; says how many there were. */
  endOtherSessions(cookie: string): Promise<number>;
  /** Ends this session; returns the cookies that clear it. */
  signOut(cookie: string): Promise<readonly string[]>;
}

/** @param publicUrl decides whether cookies are `Secure`: they are where it begins with https. */
export function openSignIn(store: Store, options: { secret: string; publicUrl: string }): SignIn {
  const { connection } = store;
  // better-auth hands a token to a callback; each call of makeToken waits for its own.
  const waiting = new AsyncLocalStorage<{ token: string }>();

  const auth = betterAuth({
    appName: 'Crosswalk',
    baseURL: options.publicUrl,
    secret: options.secret,
    database: mongodbAdapter(databaseOf(connection), { transaction: false }),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    user: {
      modelName: 'people',
      additionalFields: {
        staff: { type: 'boolean', defaultValue: false, input: false },
        partners: { type: 'string[]', defaultValue: [], input: false },
        groups: { type: 'string[]', defaultValue: [], input: false },
      },
    },
    session: {
      modelName: 'sessions',
      expiresIn: sessionDays * 24 * 60 * 60,
      disableSessionRefresh: true,
      // The default lets nobody see their sessions who signed in more than a day ago.
      freshAge: 0,
    },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    advanced: {
      cookiePrefix: 'crosswalk',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ token }) => {
          const call = waiting.getStore();
          if (call) call.token = token;
        },
      }),
    ],
  });

  const withCookie = (cookie: string): Headers => new Headers({ cookie });

  async function sessionsOf(cookie: string): Promise<Session[]> {
    const sessions = await auth.api.listSessions({ headers: withCookie(cookie) });
    return sessions.map(toSession).sort((one, other) => +other.createdAt - +one.createdAt);
  }

  return {
    async makeToken(address) {
      const call = { token: '' };
      await waiting.run(call, () =>
        auth.api.signInMagicLink({ body: { email: address }, headers: new Headers() }),
      );
      return call.token;
    },

    async useToken(token, browser) {
      await forgetEnded(store, new Date());
      const response = await auth.api.magicLinkVerify({
        query: { token },
        headers: new Headers({ 'user-agent': browser }),
        asResponse: true,
      });
      return response.ok ? response.headers.getSetCookie() : null;
    },

    async findSession(cookie) {
      const found = await auth.api.getSession({
        headers: withCookie(cookie),
        query: { disableRefresh: true },
      });
      return found ? { session: toSession(found.session), person: found.user.id } : null;
    },

    listSessions: sessionsOf,

    async endSession(cookie, id) {
      const session = (await sessionsOf(cookie)).find((one) => one.id === id);
      if (!session) return false;
      await auth.api.revokeSession({
        body: { token: session.token },
        headers: withCookie(cookie),
      });
      return true;
    },

    async endOtherSessions(cookie) {
      const others = (await sessionsOf(cookie)).length - 1;
      if (others > 0) await auth.api.revokeOtherSessions({ headers: withCookie(cookie) });
      return Math.max(0, others);
    },

    async signOut(cookie) {
      const response = await auth.api.signOut({ headers: withCookie(cookie), asResponse: true });
      return response.headers.getSetCookie();
    },
  };
}

/** The store builds every index when it opens; better-auth would build its own behind the back of requests. */
function databaseOf(connection: Connection): Db {
  const database = connection.getClient().db(connection.name);
  const collection = database.collection.bind(database);
  database.collection = ((name: string) =>
    Object.assign(collection(name), { createIndex: async () => name })) as Db['collection'];
  return database;
}

function toSession(session: {
  id: string;
  token: string;
  createdAt: Date;
  expiresAt: Date;
  userAgent?: string | null | undefined;
}): Session {
  return {
    id: session.id,
    token: session.token,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    browser: session.userAgent ?? '',
  };
}
