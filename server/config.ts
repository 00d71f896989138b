// The only reader of process.env. Everything is read and checked once, at start, and frozen.
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const blankIsAbsent = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, fallback: z.input<T>) =>
  z.preprocess((value) => blankIsAbsent(value) ?? fallback, schema);

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be a web address such as https://crosswalk.example' })
  .transform((value) => value.replace(/\/+$/, ''));

/** A proxy's address, its network, or one of Express's names for private networks. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

const settings = z.object({
  NODE_ENV: withDefault(z.string(), 'development'),
  PORT: withDefault(
    z.coerce
      .number({ error: 'must be a number' })
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(65535, 'must be 65535 or less'),
    3000,
  ),
  HOST: withDefault(z.string(), '127.0.0.1'),
  DATA_DIR: withDefault(z.string(), 'data'),
  MONGODB_URI: optional(
    z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
  ),
  PUBLIC_URL: optional(httpUrl),
  AUTH_SECRET: optional(z.string().min(32, 'must be at least 32 characters long')),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')),
  MAIL_FROM: optional(z.string().regex(/@/, 'must contain a mail address')),
  TILE_URL: optional(
    z
      .string()
      .regex(
        /^https?:\/\/.*\{z\}.*\{x\}.*\{y\}|^https?:\/\/.*\{z\}.*\{y\}.*\{x\}/,
        'must be a web address with {z}, {x} and {y} in it',
      ),
  ),
  TILE_ATTRIBUTION: optional(z.string()),
  TRUST_PROXY: withDefault(
    z
      .string()
      .refine(
        (list) => list === 'none' || list.split(',').every((one) => isNetwork(one.trim())),
        'must be "none", or addresses and networks such as loopback, 10.0.0.0/8 or 2001:db8::/32 with commas between',
      ),
    'loopback',
  ),
  REACH_MILES: withDefault(
    z.coerce
      .number({ error: 'must be a number of miles' })
      .positive('must be more than 0')
      .max(500, 'must be 500 miles or less'),
    25,
  ),
  FRESH_MONTHS: withDefault(
    z.coerce
      .number({ error: 'must be a number of months' })
      .int('must be a whole number')
      .positive('must be more than 0')
      .max(600, 'must be 600 months or less'),
    24,
  ),
  BACKUP_KEEP_DAYS: withDefault(
    z.coerce
      .number({ error: 'must be a number of days' })
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(3650, 'must be 3650 days or less'),
    30,
  ),
  LOG_LEVEL: withDefault(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    }),
    'info',
  ),
});

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly mongodbUri: string | null;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly authSecret: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly tiles: { readonly url: string; readonly attribution: string } | null;
  /** The proxies whose word about the caller's address is taken; none where it is empty. */
  readonly trustedProxies: readonly string[];
  readonly reachMiles: number;
  readonly freshMonths: number;
  /** How long backups are kept, in days; 0 makes none at night. */
  readonly backupKeepDays: number;
  readonly logLevel: string;
}

/** Every variable that readConfig looks at; .env.example lists the same, and a test keeps the two equal. */
export const settingNames: readonly string[] = Object.keys(settings.shape);

/** The message names every wrong setting, one to a line. */
export class WrongSettings extends Error {
  constructor(complaints: readonly string[]) {
    super(complaints.join('\n'));
    this.name = 'WrongSettings';
  }
}

/**
 * Reads the settings from the environment.
 * @throws WrongSettings with every complaint at once.
 */
export function readConfig(env: NodeJS.ProcessEnv, workingFolder = process.cwd()): Config {
  const parsed = settings.safeParse(env);
  const complaints = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  const value = parsed.data;
  const production = env['NODE_ENV'] === 'production';
  if (production && !env['PUBLIC_URL']?.trim()) {
    complaints.push('PUBLIC_URL must be set in production: it is the address in links and mails.');
  }
  if (production && env['MONGODB_URI']?.trim() && !env['AUTH_SECRET']?.trim()) {
    complaints.push(
      'AUTH_SECRET must be set in production with MongoDB: every process needs the same one.',
    );
  }
  if (env['SMTP_URL']?.trim() && !env['MAIL_FROM']?.trim()) {
    complaints.push('MAIL_FROM must be set with SMTP_URL: mail servers refuse mail from nowhere.');
  }
  if (complaints.length > 0 || !value) throw new WrongSettings(complaints);

  return Object.freeze({
    production,
    port: value.PORT,
    host: value.HOST,
    dataDir: resolve(workingFolder, value.DATA_DIR),
    mongodbUri: value.MONGODB_URI ?? null,
    publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
    authSecret: value.AUTH_SECRET ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM ?? 'Crosswalk <crosswalk@localhost>',
    tiles: value.TILE_URL
      ? { url: value.TILE_URL, attribution: value.TILE_ATTRIBUTION ?? '' }
      : null,
    trustedProxies:
      value.TRUST_PROXY === 'none' ? [] : value.TRUST_PROXY.split(',').map((one) => one.trim()),
    reachMiles: value.REACH_MILES,
    freshMonths: value.FRESH_MONTHS,
    backupKeepDays: value.BACKUP_KEEP_DAYS,
    logLevel: value.LOG_LEVEL,
  });
}

/** Where the mail folder, the embedded store and backups are. */
export const inDataDir = (config: Config, ...names: string[]): string =>
  join(config.dataDir, ...names);
