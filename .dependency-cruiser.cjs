/** The rules of ARCHITECTURE.md, checked. Type imports do not count: types may cross where values may not. */
const room = (name) => `^src/${name}/`;
const onlyIn = (name, comment, allowed, packages) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(src|charts|packs)/', pathNot: allowed },
  to: { path: packages.map((one) => `node_modules/${one}(/|$)`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'rooms are read in one order',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'front-doors',
      comment: 'a room is entered through its index.ts',
      severity: 'error',
      from: { path: '^(src/([^/]+)/|packs/|src/[^/]+\\.ts$)' },
      to: {
        path: '^src/[^/]+/',
        pathNot: [
          '^src/$2/',
          '^src/lib/',
          '^src/[^/]+/index\\.ts$',
          '^src/channels/[^/]+/index\\.ts$',
          '^src/playground/bot-api/index\\.ts$',
        ],
      },
    },
    {
      name: 'pure-core',
      comment: 'the judge, the answers and the charts know no database, network, clock or vendor',
      severity: 'error',
      from: {
        path: ['^src/alerts/(judge|levels|route|plan|preview)', '^src/answers/', '^charts/'],
        pathNot: '^src/answers/load-locales\\.ts$',
      },
      to: {
        dependencyTypesNot: ['type-only'],
        path: [
          '^src/(db|http|site|channels|marts|pulse|pictures|messages|commands|playground)/',
          '^(fs|net|http|https|child_process|worker_threads|os)$',
          'node_modules/(pg|pg-boss|grammy|hono|nodemailer|pino|@prisma)(/|$)',
        ],
      },
    },
    {
      name: 'lib-knows-nothing',
      comment: 'lib has no word of the product',
      severity: 'error',
      from: { path: room('lib') },
      to: { path: '^(src/(?!lib/)|charts/|packs/)' },
    },
    {
      name: 'channels-are-strangers',
      comment: 'no channel imports another',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'domain-knows-no-door',
      comment: 'doors import the domain, never the other way round',
      severity: 'error',
      from: {
        path: '^src/(registry|people|marts|delivery|alerts|pulse|messages|schedules|watchlists|proposals|answers|pictures|journal|db)/',
      },
      to: { dependencyTypesNot: ['type-only'], path: '^src/(commands|channels|http|site|playground)/' },
    },
    {
      name: 'environment-is-read-once',
      comment: 'only config.ts and cli.ts know the environment',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|main)' },
      to: { path: '^dotenv' },
    },
    onlyIn('grammy-in-telegram', 'grammy lives in channels/telegram', '^src/channels/telegram/', [
      'grammy',
      '@grammyjs',
    ]),
    onlyIn('bolt-in-slack', 'Bolt lives in channels/slack', '^src/channels/slack/', ['@slack']),
    onlyIn('nodemailer-in-mail', 'nodemailer lives in channels/mail', '^src/channels/mail/', ['nodemailer']),
    onlyIn(
      'standardwebhooks-in-webhook',
      'standardwebhooks lives in channels/webhook',
      '^src/channels/webhook/',
      ['standardwebhooks'],
    ),
    onlyIn('prisma-in-db', 'Prisma and pg-boss live in db', '^src/db/', ['@prisma', 'prisma', 'pg-boss']),
    onlyIn('pictures-vendors', 'satori and resvg live in pictures and charts', '^(src/pictures/|charts/)', [
      'satori',
      '@resvg',
    ]),
    onlyIn('hono-in-http', 'hono lives in http and site', '^src/(http|site)/', ['hono', '@hono']),
    onlyIn('marked-in-site', 'marked lives in site', '^src/site/', ['marked']),
    onlyIn('croner-in-pulse', 'croner lives in pulse', '^src/pulse/', ['croner']),
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'src/db/generated'] },
    exclude: { path: ['^src/db/generated', '^dist'] },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
