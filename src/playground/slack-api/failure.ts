/** A refusal as the Web API gives it: `ok: false` with a code; the status is 200 unless it is a 429. */
export class SlackFailure extends Error {
  readonly extra: Record<string, unknown>;

  constructor(code: string, extra: Record<string, unknown> = {}) {
    super(code);
    this.name = 'SlackFailure';
    this.extra = extra;
  }
}

/** The platform is asked too often; it says how long to wait, in seconds. */
export class RateLimited extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('ratelimited');
    this.name = 'RateLimited';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Gives the refusal of arguments or blocks, with each problem's place. */
export function refuseFor(code: string, messages: readonly string[]): SlackFailure {
  return new SlackFailure(code, { errors: messages, response_metadata: { messages } });
}
