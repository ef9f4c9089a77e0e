import { z } from 'zod';
import { readChannels, type ChannelsConfig } from './config-channels.ts';
import { InputError } from './errors.ts';
import { parseApiTokens, type ApiToken } from './people/index.ts';

const TELEGRAM_API = 'https://api.telegram.org';
const SLACK_API = 'https://slack.com/api/';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

const PORT_MAX = 65_535;
const port = z
  .string()
  .refine(
    (text) => /^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX,
    `must be a number from 0 to ${PORT_MAX}`,
  )
  .transform(Number);
const oneOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  z.enum(names, `must be one of ${names.join(', ')}`);
const url = (protocols: RegExp, example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(text), `must be a URL such as ${example}`);
const postgresUrl = url(/^postgres(ql)?:/, 'postgresql://user:password@host:5432/name');
const httpUrl = url(/^https?:/, 'https://heartbeat.example.com');

/** Every setting: its check, its default and the sentence of the README's table. */
export const Settings = z.object({
  PORT: port.default(8080).describe('Port of the web server; 0 takes a free one'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address the web server binds to; any other than loopback needs `API_TOKENS`'),
  PUBLIC_URL: httpUrl
    .optional()
    .describe(
      'Base of links in messages; unset: `http://localhost:PORT`. A host that chats refuse in buttons becomes plain text',
    ),
  HEARTBEAT_WORKSPACE: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of the workspace's files; unset: the demo workspace"),
  HEARTBEAT_DATA: z
    .string()
    .min(1)
    .default('.heartbeat')
    .describe('Folder of the embedded database and the picture cache; one process at a time'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe("Heartbeat's own PostgreSQL (schema `heartbeat`); unset: embedded, in `HEARTBEAT_DATA`"),
  MARTS_URL: postgresUrl
    .optional()
    .describe('The warehouse, PostgreSQL, read-only; unset: the embedded marts'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[^\s/]+$/, 'must be one word such as 123456:ABC-def, as @BotFather gives it')
    .optional()
    .describe("Telegram bot's token; long polling unless the web hook's secret is set"),
  TELEGRAM_API_ROOT: httpUrl.default(TELEGRAM_API).describe('Root of the Bot API'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'may hold A-Z, a-z, 0-9, _ and -, at most 256')
    .optional()
    .describe('Web hook mode at `POST /telegram`; the header `X-Telegram-Bot-Api-Secret-Token` must match'),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-/, 'must start with xoxb-')
    .optional()
    .describe("Slack bot's token; needs one of the next two"),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'must start with xapp-')
    .optional()
    .describe('Socket Mode: Heartbeat connects to Slack; wins over the signing secret'),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('HTTP mode: Slack calls `POST /slack/events`, signed with this'),
  SLACK_API_URL: httpUrl.default(SLACK_API).describe('Root of the Slack Web API'),
  SMTP_URL: url(/^smtps?:/, 'smtp://user:password@mail.example.com:587')
    .optional()
    .describe('Mail server; needs `MAIL_FROM`. `smtps://` or `?requireTLS=true` insist on TLS'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'must be an address such as Heartbeat <heartbeat@example.com>')
    .optional()
    .describe("Sender's address"),
  DKIM_DOMAIN: z
    .string()
    .min(3)
    .optional()
    .describe('Signs mail with DKIM for this domain; needs the next two'),
  DKIM_SELECTOR: z.string().min(1).optional().describe('DKIM selector'),
  DKIM_KEY_FILE: z.string().min(1).optional().describe('File with the private key of DKIM, PEM'),
  WEBHOOKS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Web hooks out, signed as Standard Webhooks say: `name=https://…|whsec_<base64>`, comma-separated; a second secret after another `|` while one is replaced',
    ),
  MSTEAMS_WEBHOOKS: z
    .string()
    .min(1)
    .optional()
    .describe('Microsoft Teams web hooks (Workflows): `name=https://…`, comma-separated'),
  DISCORD_WEBHOOKS: z
    .string()
    .min(1)
    .optional()
    .describe('Discord web hooks: `name=https://…`, comma-separated'),
  TWILIO_URL: httpUrl
    .optional()
    .describe('SMS through Twilio: `https://<account sid>:<auth token>@api.twilio.com`; needs `SMS_FROM`'),
  SMS_FROM: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11}|MG[0-9a-f]{32})$/,
      'must be a number such as +34600111222, a short name, or the id of a messaging service',
    )
    .optional()
    .describe("SMS's sender"),
  API_TOKENS: z
    .string()
    .min(1)
    .optional()
    .describe('`name:token` or `name:role:token`, comma-separated; unset: the API answers 401'),
  WATCHDOG_URL: httpUrl
    .optional()
    .describe('Pinged each minute after a full loop worked: tick, judge, delivery'),
  PLAYGROUND: oneOf(['auto', 'on', 'off'])
    .default('auto')
    .describe('The playground at `/play`; `auto`: on when no chat token is set'),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('JSON lines on stderr'),
});
export type Settings = z.infer<typeof Settings>;

export type TelegramConfig =
  | { mode: 'off' }
  | { mode: 'polling'; token: string; apiRoot: string }
  | { mode: 'webhook'; token: string; apiRoot: string; secret: string };

export type SlackConfig =
  | { mode: 'off' }
  | { mode: 'socket'; token: string; apiUrl: string; appToken: string }
  | { mode: 'http'; token: string; apiUrl: string; signingSecret: string };

/** The settings, checked and resolved; what cannot be half-set cannot be written down. */
export type Config = {
  http: { host: string; port: number; publicUrl: string | null };
  /** null = the demo workspace */
  workspaceDir: string | null;
  dataDir: string;
  databaseUrl: string | null;
  martsUrl: string | null;
  telegram: TelegramConfig;
  slack: SlackConfig;
  channels: ChannelsConfig;
  watchdogUrl: string | null;
  apiTokens: readonly ApiToken[];
  playground: boolean;
  logLevel: Settings['LOG_LEVEL'];
};

/** Reads the environment. Throws InputError `config_invalid` that lists every problem at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = Settings.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`);
  const raw = parsed.success ? parsed.data : (given as Partial<Settings>);
  problems.push(...crossProblems(raw));
  const apiTokens = readApiTokens(raw.API_TOKENS, problems);
  const channels = readChannels(raw, problems);
  if (!parsed.success || problems.length > 0) {
    throw new InputError(
      'config_invalid',
      `Heartbeat cannot start with these settings:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
  }
  return toConfig(parsed.data, { apiTokens, channels });
}

function crossProblems(settings: Partial<Settings>): string[] {
  const problems: string[] = [];
  const slackCompanion = settings.SLACK_APP_TOKEN ?? settings.SLACK_SIGNING_SECRET;
  if (settings.SLACK_BOT_TOKEN && !slackCompanion)
    problems.push(
      'SLACK_BOT_TOKEN is set alone. Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) too.',
    );
  if (!settings.SLACK_BOT_TOKEN && slackCompanion)
    problems.push(
      'A Slack app token or signing secret is set without SLACK_BOT_TOKEN. Set the bot token too, or remove it.',
    );
  if (settings.TELEGRAM_WEBHOOK_SECRET && !settings.TELEGRAM_BOT_TOKEN)
    problems.push(
      'TELEGRAM_WEBHOOK_SECRET is set without TELEGRAM_BOT_TOKEN. Set the token @BotFather gave, or remove the secret.',
    );
  if (settings.HOST && !LOOPBACK.has(settings.HOST) && !settings.API_TOKENS)
    problems.push(
      `HOST is ${settings.HOST}, which others can reach, and API_TOKENS is unset, so pages would be open to anybody. Set API_TOKENS, or HOST=127.0.0.1.`,
    );
  return problems;
}

function readApiTokens(text: string | undefined, problems: string[]): ApiToken[] {
  if (!text) return [];
  try {
    return parseApiTokens(text);
  } catch (error) {
    problems.push(`API_TOKENS: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return [];
  }
}

function toConfig(
  settings: Settings,
  { apiTokens, channels }: Pick<Config, 'apiTokens' | 'channels'>,
): Config {
  const telegram = telegramConfig(settings);
  const slack = slackConfig(settings);
  const hasChat = telegram.mode !== 'off' || slack.mode !== 'off';
  return {
    http: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    },
    workspaceDir: settings.HEARTBEAT_WORKSPACE ?? null,
    dataDir: settings.HEARTBEAT_DATA,
    databaseUrl: settings.DATABASE_URL ?? null,
    martsUrl: settings.MARTS_URL ?? null,
    telegram,
    slack,
    channels,
    watchdogUrl: settings.WATCHDOG_URL ?? null,
    apiTokens,
    playground: settings.PLAYGROUND === 'on' || (settings.PLAYGROUND === 'auto' && !hasChat),
    logLevel: settings.LOG_LEVEL,
  };
}

function telegramConfig(settings: Settings): TelegramConfig {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_WEBHOOK_SECRET: secret } = settings;
  if (!token) return { mode: 'off' };
  return secret ? { mode: 'webhook', token, apiRoot, secret } : { mode: 'polling', token, apiRoot };
}

function slackConfig(settings: Settings): SlackConfig {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = settings;
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings;
  if (token && appToken) return { mode: 'socket', token, apiUrl, appToken };
  if (token && signingSecret) return { mode: 'http', token, apiUrl, signingSecret };
  return { mode: 'off' };
}

/** The settings as rows of a Markdown table: name, default, meaning. */
export function settingsTable(): string {
  const rows = Object.entries(Settings.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    const shown = fallback.success && fallback.data !== undefined ? `\`${String(fallback.data)}\`` : 'unset';
    // a bar inside a cell ends it
    const meaning = (schema.description ?? '').replaceAll('|', '\\|');
    return `| \`${name}\` | ${shown} | ${meaning} |`;
  });
  return ['| name | default | meaning |', '|---|---|---|', ...rows].join('\n');
}
