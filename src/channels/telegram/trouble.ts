import { GrammyError, HttpError } from 'grammy';
import { TransportError } from './transport.ts';

/** Why a call did not succeed: Telegram refused it, or the way to Telegram failed. */
export type Trouble =
  | {
      kind: 'refused';
      code: number;
      description: string;
      retryAfterSeconds: number | null;
      migrateTo: string | null;
    }
  /** `maybeSent`: the call may have reached Telegram */
  | { kind: 'network'; reason: string; statusCode: number | null; maybeSent: boolean };

/** Reads what a call threw. Nothing of the request is kept: its address holds the token. */
export function toTrouble(error: unknown): Trouble {
  if (error instanceof GrammyError) {
    const { retry_after: retryAfter, migrate_to_chat_id: migrateTo } = error.parameters;
    return {
      kind: 'refused',
      code: error.error_code,
      description: error.description,
      retryAfterSeconds: retryAfter ?? null,
      migrateTo: migrateTo === undefined ? null : String(migrateTo),
    };
  }
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof TransportError)
    return {
      kind: 'network',
      reason: cause.message,
      statusCode: cause.statusCode,
      maybeSent: cause.maybeSent,
    };
  return {
    kind: 'network',
    reason: `the call failed (${errorName(cause)})`,
    statusCode: null,
    maybeSent: true,
  };
}

function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}

/** Says what went wrong in one line for logs and the delivery log. */
export function describeTrouble(trouble: Trouble): string {
  return trouble.kind === 'network' ? trouble.reason : `${trouble.code} ${trouble.description}`;
}
