import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import {
  createTransport,
  type DKIMOptions,
  type MailMessage,
  type SendMailOptions,
  type SMTPPoolOptions,
} from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { MailConfig } from '../../config-channels.ts';
import { InputError } from '../../errors.ts';
import { SECOND } from '../../lib/time.ts';
import type { MailFailure, MailServer } from './classify.ts';
import { CONNECTIONS, type MailTimeouts } from './limits.ts';

const IDLE_MS = 30 * SECOND;
/** What a signature covers: RFC 6376 section 5.4.1, and both headers of RFC 8058, which it asks for. */
const SIGNED_HEADERS = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

export type Delivered = { ok: true } | ({ ok: false } & MailFailure);

/** Connections to the mail server. */
export interface MailTransport {
  readonly server: MailServer;
  /** Hands one mail over, once. Never throws. `mail.messageId` must be its own. */
  deliver(mail: SendMailOptions & { messageId: string }): Promise<Delivered>;
  /** Connects and signs in; undefined when that worked, else what failed. */
  verify(): Promise<{ error: unknown } | undefined>;
  close(): void;
}

type Progress = { isDataSent: boolean };

/** Opens the pool of SMTP_URL's server; nothing connects yet. Throws InputError `dkim_key_unreadable`. */
export function openTransport(config: MailConfig, timeouts: MailTimeouts): MailTransport {
  const options = { ...poolOptions(config, timeouts), ...dkimOptions(config) };
  const transporter = createTransport({ ...options, pool: true });
  transporter.on('error', () => {});
  const underWay = new Map<string, Progress>();
  transporter.use('stream', (mail, done) => {
    watchData(mail, underWay);
    done();
  });
  return {
    server: {
      host: options.host ?? 'localhost',
      insistsOnTls: options.secure === true || options.requireTLS === true,
      secrets: secretsOf(options),
    },
    async deliver(mail) {
      const progress: Progress = { isDataSent: false };
      underWay.set(mail.messageId, progress);
      try {
        await transporter.sendMail({ ...mail, signal: AbortSignal.timeout(timeouts.totalMs) });
        return { ok: true };
      } catch (error) {
        return { ok: false, error, isDataSent: progress.isDataSent };
      } finally {
        underWay.delete(mail.messageId);
      }
    },
    async verify() {
      try {
        await transporter.verify();
        return undefined;
      } catch (error) {
        return { error };
      }
    },
    close: () => transporter.close({ force: true }),
  };
}

/** The password, and the form in which it goes over the line. */
function secretsOf({ auth }: SMTPPoolOptions): string[] {
  const { user = '', pass = '' } = auth ?? {};
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  return pass === '' ? [] : [pass, encode(pass), encode(`\u0000${user}\u0000${pass}`)];
}

/**
 * The pool never sends a mail again by itself but where not a byte of it went out. Without a wish for TLS an offer of it is taken
 * as it comes, with any certificate (RFC 7435).
 */
function poolOptions({ url }: MailConfig, timeouts: MailTimeouts): SMTPPoolOptions {
  const given: SMTPPoolOptions = parseConnectionUrl(url);
  const insists = given.secure === true || given.requireTLS === true;
  return {
    ...given,
    ...(insists ? {} : { opportunisticTLS: true, tls: { rejectUnauthorized: false, ...given.tls } }),
    maxConnections: CONNECTIONS,
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  };
}

function dkimOptions({ dkim }: MailConfig): { dkim?: DKIMOptions } {
  if (dkim === null) return {};
  return {
    dkim: {
      domainName: dkim.domain,
      keySelector: dkim.selector,
      privateKey: readKey(dkim.keyFile),
      headerFieldNames: SIGNED_HEADERS,
    },
  };
}

function readKey(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    createPrivateKey(pem);
    return pem;
  } catch (error) {
    throw new InputError(
      'dkim_key_unreadable',
      `DKIM_KEY_FILE ${file} holds no private key that can be read. Give it the PEM file whose public half is in DNS.`,
      { details: { file }, cause: error },
    );
  }
}

/** The message is read only once the server has asked for it (354): what is read to its end may have been taken. */
function watchData(mail: MailMessage, underWay: ReadonlyMap<string, Progress>): void {
  const { message, data } = mail;
  const progress = underWay.get(data.messageId ?? '');
  if (!progress) return;
  const open = message.createReadStream.bind(message);
  message.createReadStream = (options) => {
    const source = open(options);
    return Readable.from(readAll(source, progress), { objectMode: false });
  };
}

async function* readAll(source: Readable, progress: Progress): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield chunk as Buffer;
  progress.isDataSent = true;
}
