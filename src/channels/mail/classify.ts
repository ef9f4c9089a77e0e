import type { NodemailerError } from 'nodemailer';
import { oneLine, shorten } from '../../answers/index.ts';
import type { SendOutcome } from '../../delivery/index.ts';

const REASON_MAX = 300;

/** What failed, and how far the mail had come. */
export type MailFailure = {
  error: unknown;
  /** the whole message was handed to the connection: the server may have taken it */
  isDataSent: boolean;
};

/** What a failure is judged by besides its error. */
export type MailServer = {
  host: string;
  /** `smtps://` or `requireTLS=true` */
  insistsOnTls: boolean;
  /** never repeated, whatever the server says */
  secrets: readonly string[];
};

// RFC 4954 section 6: authentication needed, refused, too weak, or wanted over TLS alone.
const AUTH_REFUSED = new Set([530, 534, 535, 538]);
// RFC 5321 section 4.2.3: unknown here, not local, name not allowed.
const MAILBOX = new Set([550, 551, 553]);
/** Node's and OpenSSL's names of a certificate that is not trusted, and of a server that speaks no TLS. */
const NO_TRUST = /^(ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|HOSTNAME_MISMATCH|EPROTO$)/;
const OUR_FAULT = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM', 'EREQUIRETLS']);
const NOT_SET_UP = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG']);

/**
 * Gives the error class of a mail that was not taken. It is decided by the SMTP code, the enhanced code (RFC 3463) and where in the
 * dialogue they came, never by words.
 */
export function classifyFailure(failure: MailFailure, server: MailServer): SendOutcome {
  const error = toMailError(failure.error);
  const code = error.responseCode ?? null;
  const reason = maskReason(error.message, server);
  if (isAboutTls(error) && server.insistsOnTls)
    return { kind: 'unauthorized', reason: tlsAdvice(error, server, reason) };
  if (code !== null && code >= 500 && code !== 503) return classifyRefusal(error, { code, reason });
  if (code === null && NOT_SET_UP.has(error.code ?? ''))
    return { kind: 'unauthorized', reason: authAdvice(reason) };
  if (code === null && OUR_FAULT.has(error.code ?? '')) return { kind: 'bad', reason, statusCode: null };
  return code === null
    ? { kind: 'retry', reason: `${server.host}: ${reason}`, statusCode: null, maybeSent: failure.isDataSent }
    : { kind: 'retry', reason, statusCode: code, maybeSent: false };
}

function classifyRefusal(
  error: NodemailerError,
  { code, reason }: { code: number; reason: string },
): SendOutcome {
  if (AUTH_REFUSED.has(code) || error.code === 'EAUTH')
    return { kind: 'unauthorized', reason: authAdvice(reason) };
  return isMailboxGone(error, code)
    ? { kind: 'gone', reason, statusCode: code }
    : { kind: 'bad', reason, statusCode: code };
}

/** 5.1.x speaks of the recipient's address, except 5.1.7 and 5.1.8, which speak of the sender's; 5.2.1 of a mailbox that is shut. */
function isMailboxGone({ response, command }: NodemailerError, code: number): boolean {
  if (command === 'MAIL FROM') return false;
  const [, subject, detail] = /^\d{3}[ -]5\.(\d{1,3})\.(\d{1,3})\b/.exec(response ?? '') ?? [];
  if (subject === undefined) return MAILBOX.has(code);
  if (subject === '1') return detail !== '7' && detail !== '8';
  return (subject === '2' && detail === '1') || (subject === '0' && MAILBOX.has(code));
}

/** A server that is only slow or busy with TLS is none that lacks it. */
function isAboutTls({ code, originalCode, responseCode }: NodemailerError): boolean {
  const isRefused = code === 'ETLS' && responseCode !== undefined && responseCode >= 500;
  return isRefused || NO_TRUST.test(originalCode ?? '') || NO_TRUST.test(code ?? '');
}

function tlsAdvice({ originalCode, code }: NodemailerError, { host }: MailServer, reason: string): string {
  const isCertificate =
    NO_TRUST.test(originalCode ?? code ?? '') && !/EPROTO|ERR_SSL/.test(originalCode ?? '');
  return isCertificate
    ? `The certificate of ${host} is not trusted: ${reason}. Give it one that is, or name its authority in NODE_EXTRA_CA_CERTS.`
    : `SMTP_URL insists on TLS and ${host} offers none: ${reason}. Use a server with TLS, or smtp:// without requireTLS.`;
}

function authAdvice(reason: string): string {
  return `The mail server refuses to work for us: ${reason}. Check user and password in SMTP_URL.`;
}

/** Gives a sentence fit for logs: one line, short, without the secrets. */
export function maskReason(text: string, { secrets }: Pick<MailServer, 'secrets'>): string {
  const masked = secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return shorten(oneLine(masked), REASON_MAX);
}

function toMailError(error: unknown): NodemailerError {
  return error instanceof Error ? error : new Error(String(error));
}
