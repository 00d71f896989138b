// The picture of a city, for those who show a link to its page. Drawn when somebody asks, from what the snapshot says.
import { Router } from 'express';
import type { CityEntry } from '../../directory/directory.ts';
import { notFound } from '../../errors.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone } from '../../web/access.ts';
import { drawCity } from './drawing.ts';
import { openPainter } from './paint.ts';

export function pictureRoutes({ directory, log }: Pick<Services, 'directory' | 'log'>): Router {
  const router = Router();
  const painter = openPainter(log);
  /** Kept as long as the snapshot that a city is of. */
  const drawings = new WeakMap<CityEntry, string>();
  const drawingOf = (city: CityEntry, sampleData: boolean): string => {
    const drawing = drawings.get(city) ?? drawCity(city, sampleData);
    drawings.set(city, drawing);
    return drawing;
  };

  router.get(paths.cityPicture, anyone, async (req, res) => {
    const current = directory.current();
    const city = current.findCity(String(req.params['slug'] ?? ''));
    if (!city) throw notFound('There is no picture of this city, as there is no such city here.');
    const picture = await painter.paint(drawingOf(city, current.sampleData));
    if (!picture) {
      const asset = res.app.locals['asset'] as (name: string) => string;
      res.set('cache-control', 'no-store').redirect(307, asset('images/picture.png'));
      return;
    }
    res.set({
      etag: picture.etag,
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    });
    res.type('png').send(picture.png);
  });

  return router;
}
