import { sql } from './db/index.ts';
import type { Deps } from './deps.ts';
import { DAY, HOUR } from './lib/time.ts';

/**
 * Forgets what only mattered for a while: updates already handled and tickets already used (platforms repeat within a day),
 * answers kept for repeated API requests, codes for linking, questions that nobody answered.
 */
export async function forgetOld({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db.prisma.$executeRaw(sql`delete from heartbeat.handled_update where at < now() - interval '7 days'`);
  await db.prisma.$executeRaw(sql`delete from heartbeat.api_request where at < now() - interval '2 days'`);
  await db.prisma.$executeRaw(sql`
    delete from heartbeat.link_code where expires_at < ${new Date(clock.now().getTime() - DAY)}::timestamptz`);
  await db.prisma.$executeRaw(sql`delete from heartbeat.conversation where expires_at <= ${clock.now()}`);
}

/** Forgets every hour until it is ended; trouble is logged and tried again an hour later. */
export function keepUp(deps: Pick<Deps, 'db' | 'clock' | 'log'>): { end(): void } {
  const run = (): void => {
    forgetOld(deps).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'old rows could not be removed; trying again in an hour'),
    );
  };
  run();
  const timer = setInterval(run, HOUR);
  return { end: () => clearInterval(timer) };
}
