/** A web hook's address: the URL, and for signed ones the secrets, newest first (two while one is being replaced). */
export type HookAddress = { url: string; secrets: readonly string[] };

/** Addresses by the names that the workspace's files use. */
export type HookAddresses = ReadonlyMap<string, HookAddress>;

export type MailConfig = {
  /** smtp:// or smtps:// with user and password, and nodemailer's options such as `?requireTLS=true` */
  url: string;
  /** the header From */
  from: string;
  dkim: { domain: string; selector: string; keyFile: string } | null;
};

/** Twilio's Messaging API, or one that speaks like it. */
export type SmsConfig = { apiRoot: string; accountSid: string; authToken: string; from: string };

/** Settings of the channels besides the chats. */
export type ChannelSettings = {
  SMTP_URL?: string | undefined;
  MAIL_FROM?: string | undefined;
  DKIM_DOMAIN?: string | undefined;
  DKIM_SELECTOR?: string | undefined;
  DKIM_KEY_FILE?: string | undefined;
  WEBHOOKS?: string | undefined;
  MSTEAMS_WEBHOOKS?: string | undefined;
  DISCORD_WEBHOOKS?: string | undefined;
  TWILIO_URL?: string | undefined;
  SMS_FROM?: string | undefined;
};

export type ChannelsConfig = {
  mail: MailConfig | null;
  webhooks: HookAddresses;
  msteams: HookAddresses;
  discord: HookAddresses;
  sms: SmsConfig | null;
};

const NAME = /^[a-z][a-z0-9_-]{0,30}$/;
const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;
const SECRET_BYTES_MIN = 24;

/** Reads and checks the channels' settings; `problems` gets a sentence for each that is wrong or half-set, never a secret. */
export function readChannels(settings: ChannelSettings, problems: string[]): ChannelsConfig {
  problems.push(...halfSet(settings));
  return {
    mail: readMail(settings),
    webhooks: readHooks('WEBHOOKS', settings.WEBHOOKS, { signed: true, problems }),
    msteams: readHooks('MSTEAMS_WEBHOOKS', settings.MSTEAMS_WEBHOOKS, { signed: false, problems }),
    discord: readHooks('DISCORD_WEBHOOKS', settings.DISCORD_WEBHOOKS, { signed: false, problems }),
    sms: readSms(settings, problems),
  };
}

function halfSet(settings: ChannelSettings): string[] {
  const problems: string[] = [];
  if (settings.SMTP_URL && !settings.MAIL_FROM)
    problems.push("SMTP_URL is set without MAIL_FROM. Set the sender's address.");
  if (settings.MAIL_FROM && !settings.SMTP_URL)
    problems.push('MAIL_FROM is set without SMTP_URL. Set the mail server, or remove it.');
  const dkim = [settings.DKIM_DOMAIN, settings.DKIM_SELECTOR, settings.DKIM_KEY_FILE];
  const given = dkim.filter((part) => part !== undefined).length;
  if (given > 0 && given < dkim.length)
    problems.push('DKIM is set in part. Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, or none of them.');
  if (Boolean(settings.TWILIO_URL) !== Boolean(settings.SMS_FROM))
    problems.push('Of TWILIO_URL and SMS_FROM one is set alone. SMS needs both.');
  return problems;
}

function readMail(settings: ChannelSettings): MailConfig | null {
  const { SMTP_URL: url, MAIL_FROM: from } = settings;
  if (!url || !from) return null;
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = settings;
  return { url, from, dkim: domain && selector && keyFile ? { domain, selector, keyFile } : null };
}

type HookRules = { signed: boolean; problems: string[] };

/** `pager=https://example.com/hook|whsec_…|whsec_…, ops=https://…`: names, addresses, secrets. */
function readHooks(setting: string, text: string | undefined, rules: HookRules): HookAddresses {
  const hooks = new Map<string, HookAddress>();
  const entries = (text ?? '').split(',').map((entry) => entry.trim());
  for (const [index, entry] of entries.entries()) {
    if (entry === '') continue;
    const { name, hook, problem } = readHook(entry, rules.signed);
    if (problem !== null) rules.problems.push(`${setting}: entry ${index + 1} ${problem}.`);
    else if (hooks.has(name)) rules.problems.push(`${setting}: the name ${name} stands there twice.`);
    else hooks.set(name, hook);
  }
  return hooks;
}

function readHook(
  entry: string,
  signed: boolean,
): { name: string; hook: HookAddress; problem: string | null } {
  const at = entry.indexOf('=');
  const name = entry.slice(0, Math.max(0, at)).trim();
  const [url = '', ...secrets] = entry
    .slice(at + 1)
    .split('|')
    .map((part) => part.trim());
  return { name, hook: { url, secrets }, problem: hookProblem({ name, url, secrets }, signed) };
}

function hookProblem(
  { name, url, secrets }: { name: string; url: string; secrets: readonly string[] },
  signed: boolean,
): string | null {
  if (!NAME.test(name)) return 'has no name: write name=https://…';
  if (!URL.canParse(url) || !/^https?:/.test(url))
    return 'has no address after its name: write name=https://…';
  if (!signed) return secrets.length === 0 ? null : 'has a secret, which this kind of hook does not use';
  if (secrets.length === 0) return 'has no secret: write name=https://…|whsec_<base64>';
  const isGood = (secret: string): boolean =>
    SECRET.test(secret) && Buffer.from(secret.slice('whsec_'.length), 'base64').length >= SECRET_BYTES_MIN;
  return secrets.every(isGood)
    ? null
    : `has a secret that is not whsec_ and base64 of at least ${SECRET_BYTES_MIN} bytes`;
}

/** `https://<account sid>:<auth token>@api.twilio.com`. */
function readSms(
  { TWILIO_URL: text, SMS_FROM: from }: ChannelSettings,
  problems: string[],
): SmsConfig | null {
  if (!text || !from || !URL.canParse(text)) return null;
  const url = new URL(text);
  const accountSid = decodeURIComponent(url.username);
  const authToken = decodeURIComponent(url.password);
  if (!accountSid || !authToken) {
    problems.push(
      'TWILIO_URL has no account and token. Write https://<account sid>:<auth token>@api.twilio.com.',
    );
    return null;
  }
  return { apiRoot: `${url.protocol}//${url.host}`, accountSid, authToken, from };
}
