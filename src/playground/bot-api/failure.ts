export type FailureParameters = { retry_after?: number; migrate_to_chat_id?: number };

/** A refusal as the Bot API words it. */
export class ApiFailure extends Error {
  readonly code: number;
  readonly parameters: FailureParameters | undefined;

  constructor(code: number, description: string, parameters?: FailureParameters) {
    super(description);
    this.name = 'ApiFailure';
    this.code = code;
    this.parameters = parameters;
  }
}

/** Gives a 400 with the sentence the Bot API says it with. */
export function badRequest(sentence: string): ApiFailure {
  return new ApiFailure(400, `Bad Request: ${sentence}`);
}

/** Gives a 429 that names the wait. */
export function tooMany(retryAfterSeconds: number): ApiFailure {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
  return new ApiFailure(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
