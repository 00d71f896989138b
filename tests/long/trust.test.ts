// Every trick on every route: the tests of tests/trust, which take a few of them in turn in the short run.
process.env['TRUST_WHOLE'] = 'yes';
await import('../trust/harm.test.ts');
await import('../trust/markup.test.ts');
