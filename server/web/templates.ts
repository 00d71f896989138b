// EJS as Crosswalk uses it: each template compiled once to plain code, and parts included without a look at the disk.
// EJS's own way runs a template inside `with`, where every name is looked up anew, and asks the disk at each include:
// a page of twenty groups takes four times as long. What a template may ask for is decided in render.ts.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';

type Inputs = Readonly<Record<string, unknown>>;

/** What every template is given beside its inputs. */
const given = ['page', 'site', 'asset', 'toJsonLd'] as const;

/** The names that it may use are declared around the template: one that declares such a name itself means its own. */
function compileWith(file: string, names: readonly string[]): TemplateFunction {
  const text = readFileSync(file, 'utf8');
  return ejs.compile(`<%{%>${text}<%}%>`, {
    filename: file,
    _with: false,
    destructuredLocals: [...names],
    async: false,
  });
}

/**
 * Renders templates of a folder for Express: `app.engine('ejs', ...)`.
 * @param folder absolute path of the views
 * @param isKept false reads and compiles anew each time, while they are written
 */
export function openTemplates(folder: string, isKept: () => boolean) {
  const kept = new Map<string, TemplateFunction>();

  /** A template is compiled for the names that it is given: a name that is missing is an error, as ever. */
  function templateOf(name: string, names: readonly string[]): TemplateFunction {
    const key = `${name} ${names.join()}`;
    const template = kept.get(key) ?? compileWith(join(folder, `${name}.ejs`), names);
    if (isKept()) kept.set(key, template);
    return template;
  }

  function render(name: string, inputs: Inputs): string {
    const include = (part: string, more?: Inputs): string => render(part, { ...inputs, ...more });
    return templateOf(name, [...Object.keys(inputs), 'include'])({ ...inputs, include });
  }

  return (file: string, options: object, done: (error: unknown, html?: string) => void): void => {
    const all = options as Inputs;
    const inputs = Object.fromEntries(given.map((name) => [name, all[name]]));
    let html: string;
    try {
      html = render(relative(folder, file).replace(/\.ejs$/, ''), inputs);
    } catch (error) {
      done(error);
      return;
    }
    done(null, html);
  };
}
