/** A mail server that is strict about what it takes, keeps it, and fails as a test asks. */
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';

/** What the next mails meet. */
export type MailFault =
  /** an SMTP code and text at a step */
  | { at: 'connect' | 'mail' | 'rcpt' | 'data'; code: number; text: string }
  /** no word from this step on */
  | { at: 'connect' | 'rcpt' | 'data'; hang: true }
  /** the connection is cut: before the message was asked for, or after all of it came */
  | { at: 'rcpt' | 'data'; cut: true };

export type ReceivedMail = { raw: string; from: string; to: string; parsed: ParsedMail };

export type MailServer = {
  port: number;
  /** `smtp://localhost:<port>` */
  url: string;
  mails: ReceivedMail[];
  /** connections that were secured by TLS when a mail came */
  secured: boolean[];
  /** every RFC that a mail broke; tests want it empty */
  complaints: string[];
  /** all mails meet it until it is cleared by null */
  fault: MailFault | null;
  /** ends idle connections, as a server does after a while */
  dropConnections(): void;
  /** waits for the mail that a test looks for */
  waitFor(matches: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>;
  close(): Promise<void>;
};

export type MailServerOptions = {
  /** offer STARTTLS, with a certificate that nobody trusts */
  starttls?: boolean;
  /** speak TLS from the first byte */
  secure?: boolean;
  /** the only user and password that are let in; without them nobody needs to sign in */
  login?: { user: string; pass: string };
};

const LINE_MAX_OCTETS = 998;
const ONCE = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'auto-submitted',
];

/** Starts it on a free port of the loopback. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const kept: MailServer = {
    port: 0,
    url: '',
    mails: [],
    secured: [],
    complaints: [],
    fault: null,
    dropConnections: () => cutAll(server),
    waitFor: (matches, timeoutMs) => waitFor(kept, matches, timeoutMs),
    close: () => closeServer(server),
  };
  const server = new SMTPServer(toServerOptions(kept, options, (session) => cut(server, session)));
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kept.port = (server.server.address() as AddressInfo).port;
  kept.url = `${options.secure ? 'smtps' : 'smtp'}://localhost:${kept.port}`;
  return kept;
}

type Cut = (session: SMTPServerSession) => void;
type Done = (error?: Error | null) => void;

function toServerOptions(kept: MailServer, options: MailServerOptions, cutOff: Cut): SMTPServerOptions {
  const { login } = options;
  const at = (step: MailFault['at']) => (session: SMTPServerSession, done: Done) =>
    answerStep(kept.fault?.at === step ? kept.fault : null, { session, done, cutOff });
  return {
    secure: options.secure ?? false,
    hideSTARTTLS: !options.starttls,
    disabledCommands: [...(options.starttls ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    authOptional: !login,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onConnect: at('connect'),
    onMailFrom: (_address, session, done) => at('mail')(session, done),
    onRcptTo: (_address, session, done) => at('rcpt')(session, done),
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.user && password === login?.pass) return done(null, { user: username });
      return done(new Error(`535 5.7.8 no: ${username}/${password}`));
    },
    onData: (stream, session, done) => void keep(kept, { stream, session }, () => at('data')(session, done)),
  };
}

function answerStep(
  fault: MailFault | null,
  { session, done, cutOff }: { session: SMTPServerSession; done: Done; cutOff: Cut },
): void {
  if (fault === null) return done();
  if ('hang' in fault) return undefined;
  if ('cut' in fault) return cutOff(session);
  return done(Object.assign(new Error(fault.text), { responseCode: fault.code }));
}

type Incoming = { stream: SMTPServerDataStream; session: SMTPServerSession };

async function keep(kept: MailServer, { stream, session }: Incoming, done: () => void): Promise<void> {
  const bytes = await readWhole(stream);
  if (!bytes) return;
  const raw = bytes.toString('latin1');
  kept.complaints.push(...complaintsOf(raw));
  const { mailFrom, rcptTo } = session.envelope;
  const parsed = await simpleParser(bytes);
  kept.secured.push(session.secure);
  kept.mails.push({
    raw,
    parsed,
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address).join(','),
  });
  done();
}

/** Gives a message; undefined when the connection ended within it. */
async function readWhole(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** RFC 5322 and 5321: line ends, line lengths, 7 bits, headers that stand once and those that must stand. */
export function complaintsOf(raw: string): string[] {
  const complaints: string[] = [];
  if (/[^\r]\n|\r[^\n]/.test(raw)) complaints.push('a bare CR or LF');
  // oxlint-disable-next-line no-control-regex
  if (/[^\u0001-\u007f]/.test(raw)) complaints.push('more than 7 bits');
  if (raw.split('\r\n').some((line) => line.length > LINE_MAX_OCTETS))
    complaints.push('a line of more than 998 octets');
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n(?=[ \t])/g, '');
  const names = head.split('\r\n').map((line) => /^([\x21-\x39\x3b-\x7e]+):/.exec(line)?.[1]?.toLowerCase());
  if (names.includes(undefined)) complaints.push('a header line without a name');
  for (const name of ONCE)
    if (names.filter((one) => one === name).length > 1) complaints.push(`${name} stands more than once`);
  for (const name of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'auto-submitted'])
    if (!names.includes(name)) complaints.push(`${name} is missing`);
  return complaints;
}

function connectionsOf(server: SMTPServer): { session: SMTPServerSession; _socket: Socket }[] {
  return [...server.connections] as { session: SMTPServerSession; _socket: Socket }[];
}

function cut(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of connectionsOf(server))
    if (connection.session.id === session.id) connection._socket.destroy();
}

function cutAll(server: SMTPServer): void {
  for (const { _socket } of connectionsOf(server)) _socket.destroy();
}

async function closeServer(server: SMTPServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(resolve));
  cutAll(server);
  await closed;
}

async function waitFor(
  { mails }: MailServer,
  matches: (mail: ReceivedMail) => boolean,
  timeoutMs = 15_000,
): Promise<ReceivedMail> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const found = mails.find(matches);
    if (found) return found;
    if (performance.now() > until)
      throw new Error(
        `no such mail came within ${timeoutMs} ms; there are: ${mails.map(({ to, parsed }) => `${to} ${parsed.subject}`).join('; ') || 'none'}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
