import { createWords } from '../../src/answers/index.ts';
import { whenText } from '../../src/answers/schedules.ts';

export { parseSchedule } from '../../src/answers/index.ts';

/** A schedule's time in every language. */
export function whenTextOf(cron: string): string[] {
  return (['en', 'ru'] as const).map((locale) => whenText(cron, createWords(locale, 'UTC')));
}
