// `npm run bench`: measures Crosswalk against its floors in one run, and writes what it finds to BENCHMARKS.md.
// The same program is the floor and the measured Crosswalk in processes of their own; each loads only what it is.
const [role] = process.argv.slice(2);
if (role === 'floor') await (await import('./floor.ts')).serveFloor();
else if (role === 'host') await (await import('./host.ts')).host();
else await (await import('./run.ts')).runBench();
