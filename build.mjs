// Builds what is stale into dist/ and no more: the server, the browser scripts, the stylesheet,
// the gazetteer and the base map. `--watch` builds again when a source changes and restarts the server.
// Each target names its inputs; a stamp of their sizes and times tells whether it is stale.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const quiet = process.argv.includes('--quiet');

/** Every file below the given files and folders, sorted. */
function filesBelow(names) {
  return names
    .flatMap((name) => {
      const path = join(root, name);
      if (!existsSync(path)) return [];
      if (statSync(path).isFile()) return [path];
      return readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    })
    .sort();
}

/** Changes whenever an input is added, removed or written. */
function stampOf(inputs) {
  const hash = createHash('sha256');
  for (const path of filesBelow([...inputs, 'build.mjs', 'package-lock.json'])) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** The files that a target's last build wrote, from its manifest. */
const manifestOf = (target) => join(dist, 'manifests', `${target}.json`);

async function writeManifest(target, entries) {
  await mkdir(join(dist, 'manifests'), { recursive: true });
  await writeFile(manifestOf(target), JSON.stringify(entries, null, 2));
}

/** Text assets are compressed here, once, at the best level. */
async function compressBeside(file) {
  if (!['.js', '.css', '.svg', '.json', '.txt', '.webmanifest'].includes(extname(file))) return;
  const bytes = await readFile(file);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

/** Writes one asset under a name that holds a hash of its content, compressed beside, and returns that name. */
async function writeAsset(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const extension = extname(name);
  const file = `${basename(name, extension)}-${hash}${extension}`;
  await mkdir(join(dist, 'public'), { recursive: true });
  await writeFile(join(dist, 'public', file), bytes);
  await compressBeside(join(dist, 'public', file));
  return file;
}

/** Asset names to the hashed files that esbuild wrote for them. */
async function assetsOf(metafile, nameOf) {
  const entries = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (path.endsWith('.map')) continue;
    await compressBeside(join(root, path));
    if (output.entryPoint) entries[nameOf(output.entryPoint)] = basename(path);
  }
  return entries;
}

/** Packages that others load only where they are installed, and that are not. */
const absentOptions = [
  'kerberos',
  '@mongodb-js/zstd',
  '@aws-sdk/credential-providers',
  'gcp-metadata',
  'snappy',
  'socks',
  'aws4',
  'mongodb-client-encryption',
];

/** Left out of the bundle: the native packages, and what only builds and benches need. */
const unbundled = [
  'libsql',
  '@resvg/resvg-js',
  'esbuild',
  'sass',
  'autocannon',
  'cheerio',
  'playwright-core',
  '@sparticuz/chromium',
  'lighthouse',
];

/**
 * Writes letters beyond ASCII as escapes. esbuild leaves them in regular expressions and notices, and one such letter
 * makes Node hold the whole file at two bytes a letter, in each thread: megabytes for a dozen of them.
 */
async function escapeLetters(folder) {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    const code = await readFile(file, 'utf8');
    const plain = code.replace(
      /[\u0080-\uffff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (plain !== code) await writeFile(file, plain);
  }
}

async function buildServer() {
  const { build } = await import('esbuild');
  // A name of its own, so that two builds at once (two terminals, two test runs) do not meet.
  const out = join(dist, `server.next-${process.pid}`);
  await rm(out, { recursive: true, force: true });
  // Programs of the tests that run for minutes; where the tests are not shipped, they are not built.
  const trials = [
    { in: 'tests/bench/bench.ts', out: 'bench' },
    { in: 'tests/long/load.ts', out: 'load' },
    { in: 'tests/long/soak.ts', out: 'soak' },
  ];
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'server/main.ts', out: 'main' },
      { in: 'server/cli.ts', out: 'cli' },
      { in: 'server/store/embedded/worker.ts', out: 'store-worker' },
      { in: 'server/import/runs/worker.ts', out: 'import-worker' },
      { in: 'server/directory/places/build-gazetteer.ts', out: 'build-gazetteer' },
      { in: 'server/basemap/build-basemap.ts', out: 'build-basemap' },
      ...trials,
    ].filter((entry) => existsSync(join(root, entry.in))),
    outdir: out,
    bundle: true,
    splitting: true,
    // Packages are bundled too: a start reads a few files instead of two thousand. Left out are what is native
    // (the store, the painter of pictures), what only a build needs, and what the MongoDB driver and others look for and do without.
    external: [...unbundled, ...absentOptions],
    // Its first entry finds its own files in a way that a bundle cannot follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  await escapeLetters(out);
  await rm(join(dist, 'server'), { recursive: true, force: true });
  await rename(out, join(dist, 'server'));
}

/**
 * Leaflet without what no map here has: shapes and markers of its own (the ground and the marks are drawn in
 * modules/map), tooltips, the layers and scale controls, WMS.
 * Its classes are marked as free of side effects, so that esbuild can leave the unused ones out.
 */
const lightLeaflet = {
  name: 'light-leaflet',
  setup(build) {
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replace(/= (\w+)\.extend\(/g, '= /* @__PURE__ */ $1.extend(')
        .replace(/\bBrowser\.(vml|canvas)\b/g, 'false')
        .replace(/^(Control\.(Layers|Scale)|control\.(layers|scale)) = .*;$/gm, '')
        .replace(/^(TileLayer\.WMS|tileLayer\.wms) = .*;$/gm, '')
        .replace(/^(Icon|Polyline|SVG|GeoJSON)\.\w+ = \w+;$/gm, '')
        .replace(/ instanceof Path\b/g, ' === null')
        .replace('icon: new IconDefault()', 'icon: null')
        .replace(
          /^(Marker|Circle|CircleMarker|Polyline|Polygon|LayerGroup|SVG|Canvas)\.include\((\w+|\{[\s\S]*?^\})\);$/gm,
          '',
        )
        .replace(/^(Map|Layer)\.include\(\{\s+\/\/ @method (open|bind)Tooltip[\s\S]*?^\}\);$/gm, '')
        .replace(
          /^Map\.include\(\{\s+\/\/ @namespace Map; @method getRenderer[\s\S]*?^\}\);$/gm,
          '',
        );
      return { contents, loader: 'js' };
    });
  },
};

async function buildScripts() {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: readdirSync(join(root, 'public/scripts'))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .map((name) => `public/scripts/${name}`),
    outdir: 'dist/public',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    metafile: true,
    plugins: [lightLeaflet],
    logLevel: 'warning',
  });
  await writeManifest(
    'scripts',
    await assetsOf(metafile, (path) => `scripts/${basename(path, '.ts')}.js`),
  );
}

/** The USWDS classes that a template or a script names. */
function usedClasses() {
  const files = filesBelow(['views', 'public/scripts']).filter((file) => /\.(ejs|ts)$/.test(file));
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/usa-[\w-]+/g) ?? []));
}

/** Leaves out the rules that only fit USWDS classes which nothing here uses: two fifths of the sheet. */
function withoutUnused(sheet, used) {
  const css = sheet.replace(/\/\*[\s\S]*?\*\//g, '');
  const isUsed = (selector) =>
    (selector.replace(/:not\([^)]*\)/g, '').match(/\.usa-[\w-]+/g) ?? []).every((name) =>
      used.has(name.slice(1)),
    );
  let at = 0;
  /** Reads up to the end of the block that is open. */
  const readBlock = () => {
    let kept = '';
    while (at < css.length) {
      const [open, close] = [css.indexOf('{', at), css.indexOf('}', at)];
      if (open === -1 || (close !== -1 && close < open)) {
        const end = close === -1 ? css.length : close;
        kept += css.slice(at, end);
        at = end + 1;
        return kept;
      }
      const start = Math.max(at, css.lastIndexOf(';', open) + 1);
      const [before, head] = [css.slice(at, start), css.slice(start, open)];
      at = open + 1;
      const body = readBlock();
      const selectors = head.trim().startsWith('@')
        ? [head]
        : head.split(/,(?![^(]*\))/).filter(isUsed);
      kept += before;
      if (selectors.length > 0 && body.trim() !== '') kept += `${selectors.join(',')}{${body}}`;
    }
    return kept;
  };
  return readBlock();
}

async function buildStyles() {
  const [{ compileAsync }, { build }] = await Promise.all([import('sass'), import('esbuild')]);
  const sheets = readdirSync(join(root, 'public/styles')).filter((name) =>
    /^[^_].*\.scss$/.test(name),
  );
  await mkdir(join(dist, 'styles'), { recursive: true });
  const used = usedClasses();
  for (const sheet of sheets) {
    const { css } = await compileAsync(join(root, 'public/styles', sheet), {
      loadPaths: [join(root, 'node_modules/@uswds/uswds/packages'), join(root, 'node_modules')],
      style: 'expanded',
      quietDeps: true,
      silenceDeprecations: ['if-function', 'import', 'global-builtin'],
    });
    await writeFile(join(dist, 'styles', sheet.replace(/scss$/, 'css')), withoutUnused(css, used));
  }
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: sheets.map((name) => `dist/styles/${name.replace(/scss$/, 'css')}`),
    outdir: 'dist/public',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    target: ['chrome109', 'firefox115', 'safari16'],
    // Style sheets name fonts from the project's folder: url("public/fonts/...").
    alias: { public: join(root, 'public') },
    loader: { '.woff2': 'file', '.svg': 'file', '.png': 'file' },
    metafile: true,
    logLevel: 'warning',
  });
  const entries = await assetsOf(metafile, (path) => `styles/${basename(path)}`);
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const [input] = Object.keys(output.inputs);
    if (path.endsWith('.woff2') && input) entries[`fonts/${basename(input)}`] = basename(path);
  }
  await writeManifest('styles', entries);
}

async function buildImages() {
  const entries = {};
  for (const path of filesBelow(['public/images'])) {
    const name = `images/${relative(join(root, 'public/images'), path)}`;
    entries[name] = await writeAsset(name, await readFile(path));
  }
  await writeManifest('images', entries);
}

/** Runs one of the built server's own programs. */
function run(program, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', join(dist, 'server', program), ...args],
      {
        stdio: 'inherit',
      },
    );
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    );
  });
}

async function buildGazetteer() {
  await run('build-gazetteer.js', join(dist, 'gazetteer'));
}

async function buildBasemap() {
  const out = join(dist, 'basemap');
  await run('build-basemap.js', out);
  const entries = {};
  for (const name of await readdir(out)) {
    entries[`basemap/${name}`] = await writeAsset(name, await readFile(join(out, name)));
  }
  await writeManifest('basemap', entries);
}

const targets = [
  { name: 'server', inputs: ['server', 'models', 'tests/bench', 'tests/long'], build: buildServer },
  { name: 'scripts', inputs: ['public/scripts'], build: buildScripts },
  {
    name: 'styles',
    inputs: ['public/styles', 'public/fonts', 'public/scripts', 'views'],
    build: buildStyles,
  },
  { name: 'images', inputs: ['public/images'], build: buildImages },
  {
    name: 'gazetteer',
    inputs: ['server/directory/places'],
    after: 'server',
    build: buildGazetteer,
  },
  { name: 'basemap', inputs: ['server/basemap'], after: 'server', build: buildBasemap },
];

/** Builds every stale target, those that need the built server after it, and returns the names built. */
async function buildStale() {
  const stampsFile = join(dist, 'stamps.json');
  const stamps = existsSync(stampsFile) ? JSON.parse(readFileSync(stampsFile, 'utf8')) : {};
  const stale = targets
    .map((target) => ({ ...target, stamp: stampOf(target.inputs) }))
    .filter((target) => stamps[target.name] !== target.stamp);
  if (stale.length === 0) return [];
  if (!quiet) console.log(`Building ${stale.map((target) => target.name).join(', ')} ...`);
  await mkdir(dist, { recursive: true });
  const running = new Map();
  for (const target of stale) {
    const ready = running.get(target.after) ?? Promise.resolve();
    running.set(
      target.name,
      ready.then(target.build).then(() => {
        stamps[target.name] = target.stamp;
      }),
    );
  }
  const results = await Promise.allSettled(running.values());
  await writeFile(stampsFile, JSON.stringify(stamps, null, 2));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return stale.map((target) => target.name);
}

async function buildAndWatch() {
  let server;
  let timer;
  const restart = async () => {
    try {
      await buildStale();
      server?.kill('SIGTERM');
      server = spawn(process.execPath, ['--enable-source-maps', join(dist, 'server/main.js')], {
        stdio: 'inherit',
      });
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  };
  await restart();
  for (const folder of ['server', 'models', 'public', 'views']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, 150);
    });
  }
  process.on('SIGINT', () => {
    server?.kill('SIGTERM');
    process.exit(0);
  });
}

if (process.argv.includes('--watch')) await buildAndWatch();
else await buildStale();
