// Renders one component as a page would and reads the markup; addresses of assets are their names.
import { join } from 'node:path';
import { type CheerioAPI, load } from 'cheerio';
import ejs from 'ejs';
import { root } from '../../server/root.ts';

const views = join(root, 'views');

/** The component `views/components/<name>.ejs` with these inputs. */
export async function renderComponent(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): Promise<CheerioAPI> {
  const html = await ejs.renderFile(
    join(views, 'components', `${name}.ejs`),
    { asset: (asset: string) => `/assets/${asset}`, ...inputs },
    { views: [views] },
  );
  return load(html);
}
