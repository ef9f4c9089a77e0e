import {
  answerPinned,
  answerScheduleBroken,
  answerScheduleChanged,
  answerScheduled,
  answerSchedules,
  markLate,
  markLive,
  type Answer,
  type ScheduleFact,
  type Words,
} from '../../src/answers/index.ts';
import { minutesAgo, NOW } from './facts.ts';

type Case = (words: Words) => Answer;

const schedule = (over: Partial<ScheduleFact> = {}): ScheduleFact => ({
  number: 1,
  what: 'cockpit',
  name: null,
  cron: '30 8 * * 1-5',
  timezone: 'Europe/Madrid',
  nextAt: minutesAgo(-18 * 60),
  isPaused: false,
  by: 'Ivan',
  ...over,
});

const POST: Answer = { lines: [['🟢 Corner Shop · 3 green'], ['more']], buttons: [] };

export const SCHEDULE_CASES: Record<string, Case> = {
  schedules: (words) =>
    answerSchedules(
      {
        now: NOW,
        schedules: [
          schedule(),
          schedule({ number: 12, what: 'watchlist', name: 'Compliance', cron: '0 9 * * 1', isPaused: true }),
          schedule({ number: 13, what: 'metric', name: 'Checkout\nconversion 90d', cron: '0 18 * * *' }),
          schedule({ number: 14, name: 'growth', cron: '5 7 * * 0,6', by: 'Ann' }),
        ],
      },
      words,
    ),
  'schedules-none': (words) => answerSchedules({ schedules: [], now: NOW }, words),
  'schedule-done': (words) => answerScheduled(schedule(), NOW, words),
  'schedule-paused': (words) =>
    answerScheduleChanged(
      { number: 1, change: 'pause', schedules: [schedule({ isPaused: true })], now: NOW },
      words,
    ),
  'schedule-removed': (words) =>
    answerScheduleChanged({ number: 1, change: 'remove', schedules: [], now: NOW }, words),
  'schedule-late': (words) => markLate(POST, { due: minutesAgo(125), now: NOW }, words),
  'schedule-broken': (words) => answerScheduleBroken({ answer: { lines: [['⛔ gone']] }, number: 12 }, words),
  'pin-live': (words) => markLive(POST, NOW, words),
  'pin-done': (words) => answerPinned('pinned', words),
  'pin-ended': (words) => answerPinned('unpinned', words),
  'pin-none': (words) => answerPinned('none', words),
};
