/**
 * Which room may import which (docs/architecture.md). Checked by `npm run direction`.
 * A room that is not named in a rule's `to` may not be imported from there.
 */
const room = (name) => `^src/${name}(/|\\.ts$)`;

/** Room to the rooms it may import besides itself. */
const MAY_IMPORT = {
  model: [],
  array: ['model'],
  store: ['model'],
  trust: ['model', 'store'],
  wire: ['model'],
  operations: ['model', 'array', 'store', 'trust', 'wire'],
  log: ['model', 'wire', 'release'],
  release: [],
  accept: ['model', 'wire', 'run/places'],
  metrics: ['model', 'wire'],
  tracing: ['model', 'wire'],
  audit: ['model'],
  load: ['model', 'wire', 'accept', 'run/places'],
  // Joined to a provider in run; by itself it knows the ports, and what is shown of each room.
  admin: ['model', 'array', 'store', 'trust', 'operations', 'log', 'release', 'audit'],
  // It runs in a browser, which has nothing of the rest; of the admin API's shapes only types are named.
  console: [],
  'log-reader': ['model', 'log', 'release'],
  // Looks at an installation from beside: never at the parts of a running provider.
  support: [
    'accept/client/answer',
    'accept/world/target',
    'admin',
    'audit',
    'audit',
    'config',
    'log',
    'model',
    'release',
    'run/folders',
    'run/places',
    'run/public-names',
    'store',
    'trust',
    'wire',
  ],
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'src-never-imports-what-it-is-tested-or-replaced-by',
      comment:
        'The array is loaded by the name in the configuration; tests are no part of the product.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(simulator|docs|test|bench|scripts)/' },
    },
    {
      name: 'certificates-are-made-by-the-acceptance-runner-and-the-load-generator-alone',
      comment: 'They play a vCenter with a certificate authority; the provider signs nothing.',
      severity: 'error',
      from: { path: '^src/', pathNot: [room('accept'), room('load')] },
      to: { path: '^certs/' },
    },
    {
      name: 'simulator-knows-only-the-port',
      severity: 'error',
      from: { path: '^simulator/' },
      to: {
        path: '^(src|docs|certs|test|bench|scripts)/',
        pathNot: [room('array'), room('model')],
      },
    },
    {
      name: 'an-example-array-knows-only-the-port',
      severity: 'error',
      from: { path: '^docs/examples/' },
      to: {
        path: '^(src|simulator|certs|test|bench|scripts)/',
        pathNot: [room('array'), room('model')],
      },
    },
    {
      name: 'trust-sees-only-the-port-of-the-store',
      severity: 'error',
      from: { path: room('trust') },
      to: { path: '^src/store/', pathNot: '^src/store/port\\.ts$' },
    },
    {
      name: 'operations-see-no-xml-no-socket-no-sql',
      comment: 'From the wire only types, from the store only its port.',
      severity: 'error',
      from: { path: room('operations') },
      to: {
        path: '^src/(wire|store)/',
        pathNot: '^src/(wire/(call|descriptor)\\.ts|wire/generated/|store/(port|errors)\\.ts)',
      },
    },
    ...Object.entries(MAY_IMPORT).map(([name, others]) => ({
      name: `${name}-imports-only-${others.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: '^src/', pathNot: [name, ...others].map(room) },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
