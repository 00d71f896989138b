// Turns drawings into PNG, one at a time and off the main thread, and keeps a bounded number of them.
// resvg is a native package: on a platform without its binary nothing is painted, which is said once in the log.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { root } from '../../root.ts';

export interface Picture {
  readonly png: Buffer;
  /** Follows from the drawing. */
  readonly etag: string;
}

export interface Painter {
  /** Undefined where nothing can be painted, and while too many others wait for theirs. */
  paint(svg: string): Promise<Picture | undefined>;
}

const mostKept = 300;
const mostWaiting = 12;

const fonts = [
  'merriweather/Latin-Merriweather-Bold.ttf',
  'public-sans/PublicSans-Regular.ttf',
  'public-sans/PublicSans-Bold.ttf',
].map((name) => join(root, 'node_modules/@uswds/uswds/dist/fonts', name));

type Render = (svg: string) => Promise<Buffer>;

async function openRenderer(): Promise<Render> {
  const { renderAsync } = await import('@resvg/resvg-js');
  return async (svg) => {
    const image = await renderAsync(svg, {
      font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'Public Sans' },
      logLevel: 'off',
    });
    return image.asPng();
  };
}

/** @param open makes what renders; a test hands in its own */
export function openPainter(log: Logger, open: () => Promise<Render> = openRenderer): Painter {
  const oneAtATime = pLimit(1);
  const kept = new Map<string, Promise<Picture | undefined>>();
  let renderer: Promise<Render | null> | undefined;

  const findRenderer = (): Promise<Render | null> => {
    renderer ??= open().catch((error: unknown) => {
      log.warn(
        { err: error },
        'Pictures of cities cannot be drawn here: the package @resvg/resvg-js has no program for this platform. Links show the common picture.',
      );
      return null;
    });
    return renderer;
  };

  async function render(svg: string, key: string): Promise<Picture | undefined> {
    const paintIt = await findRenderer();
    if (!paintIt) return undefined;
    try {
      return { png: await paintIt(svg), etag: `"${key}"` };
    } catch (error) {
      log.error({ err: error }, 'a picture could not be drawn');
      return undefined;
    }
  }

  return {
    paint(svg) {
      const key = createHash('sha256').update(svg).digest('base64url').slice(0, 16);
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      if (oneAtATime.pendingCount >= mostWaiting) return Promise.resolve(undefined);
      const made = oneAtATime(() => render(svg, key));
      kept.set(key, made);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      void made.then((picture) => {
        if (!picture) kept.delete(key);
      });
      return made;
    },
  };
}
