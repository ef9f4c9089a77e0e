/** Values an error's sentence is made with; the words are in `locales/*.ftl` under `error-<code>`. */
export type ErrorDetails = Record<string, string | number>;

/** The base of every error that a person may read. `code` is stable; `message` is the English sentence. */
export class HeartbeatError extends Error {
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(code: string, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** The caller's input cannot be used: a bad file, argument or request. CLI exit 2, HTTP 400. */
export class InputError extends HeartbeatError {}

/** The thing named does not exist. HTTP 404. */
export class NotFoundError extends HeartbeatError {}

/** The caller may not do that, or a gate said no. CLI exit 3, HTTP 403. */
export class RefusedError extends HeartbeatError {}

/** The thing has changed since the caller saw it. HTTP 409 or 412. */
export class ConflictError extends HeartbeatError {}

/** Another run holds what this one needs. CLI exit 4, HTTP 423. */
export class LockedError extends HeartbeatError {}

/** A system that Heartbeat needs did not answer as it should. HTTP 503. */
export class UnavailableError extends HeartbeatError {}
