// Jest runs the TypeScript sources as native ES modules; swc only strips the types.
// `npm test` runs the projects "server" and "browser"; "raw" needs the real lists (see CONTRIBUTING.md); "long" takes
// its hours: `npm run test:long`.
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default {
  // One more than the smallest machine has cores: many tests wait for programs that they started.
  maxWorkers: 3,
  // Modules of a test file are not all given back when it ends: a worker that grew is replaced by a new one.
  workerIdleMemoryLimit: '1GB',
  // Starting the whole application takes its time on a busy machine. Jest hears it here only, not in a project.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'server',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/tests/browser/',
        '<rootDir>/tests/raw/',
        '<rootDir>/tests/long/',
      ],
    },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/tests/browser/**/*.test.ts'] },
    { ...shared, displayName: 'raw', testMatch: ['<rootDir>/tests/raw/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'long',
      testMatch: ['<rootDir>/tests/{fuzz,long}/**/*.test.ts'],
    },
  ],
};
