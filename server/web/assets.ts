// The built files under /assets: their hashed addresses for templates, and the bytes, ready compressed.
// A name holds a hash of the content, so a browser may keep it for ever.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { paths } from '../paths.ts';
import { type Encoding, preferredEncoding } from './encoding.ts';
import type { Headers } from './security.ts';

export interface Assets {
  /** The address of a built file: `styles/main.css` → `/assets/main-1A2B3C4D.css`. Throws for a name that was not built. */
  address(name: string): string;
  /** Answers a request for a built file; false when the address is not one. */
  send(req: IncomingMessage, res: ServerResponse): boolean;
  /** Changes whenever any built file does. */
  readonly version: string;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** What means something for a file that no browser opens as a page; the content policy is four fifths of the rest. */
const namesForParts = new Set([
  'x-content-type-options',
  'cross-origin-resource-policy',
  'strict-transport-security',
]);
const isPage = (extension: string): boolean => extension === '.svg' || extension === '.txt';

const endings: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz', identity: '' };

/** Reads the build's manifests; the files themselves are read when first asked for, then kept. */
export function openAssets(built: string, headers: Headers): Assets {
  const manifests = join(built, 'manifests');
  const names: Record<string, string> = {};
  for (const file of existsSync(manifests) ? readdirSync(manifests).sort() : []) {
    Object.assign(names, JSON.parse(readFileSync(join(manifests, file), 'utf8')));
  }
  const folder = join(built, 'public');
  const files = new Set(existsSync(folder) ? readdirSync(folder) : []);
  const kept = new Map<string, Buffer>();
  const headersForParts = Object.fromEntries(
    Object.entries(headers).filter(([name]) => namesForParts.has(name.toLowerCase())),
  );

  function read(file: string): Buffer {
    const bytes = kept.get(file) ?? readFileSync(join(folder, file));
    kept.set(file, bytes);
    return bytes;
  }

  return {
    version: Object.values(names).join(' '),

    address(name) {
      const file = names[name];
      if (file === undefined) throw new Error(`No built file is named ${name}; run npm run build.`);
      return `${paths.assets}/${file}`;
    },

    send(req, res) {
      const url = req.url ?? '';
      if (!url.startsWith(`${paths.assets}/`)) return false;
      const file = url.slice(paths.assets.length + 1).split('?', 1)[0] ?? '';
      const type = types[extname(file)];
      if (!files.has(file) || type === undefined) return false;
      if (req.method !== 'GET' && req.method !== 'HEAD') return false;

      const wanted = preferredEncoding(req.headers['accept-encoding']);
      const encoding = files.has(file + endings[wanted]) ? wanted : 'identity';
      const bytes = read(file + endings[encoding]);
      res.writeHead(200, {
        ...(isPage(extname(file)) ? headers : headersForParts),
        'content-type': type,
        'content-length': bytes.length,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      });
      res.end(req.method === 'HEAD' ? undefined : bytes);
      return true;
    },
  };
}
