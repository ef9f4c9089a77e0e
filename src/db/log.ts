/** What this room says while it runs; a pino logger fits. */
export type DbLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/** For callers that do not listen. */
export const silentLog: DbLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
