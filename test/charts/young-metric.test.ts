import { describe, expect, it } from 'vitest';
import { createWords } from '../../src/answers/index.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { listTimeTicks } from '../../charts/time-ticks.ts';

const words = createWords('en', 'Europe/Madrid');
const fromMs = Date.parse('2026-11-20T08:14:00Z');

describe('time ticks of a span shorter than the range', () => {
  it.each([
    [10 * MINUTE, ['09:14', '09:16', '09:18', '09:20', '09:22', '09:24']],
    [55 * MINUTE, ['09:20', '09:30', '09:40', '09:50', '10:00']],
    [3 * HOUR, ['09:30', '10:00', '10:30', '11:00', '11:30', '12:00']],
  ])('are round minutes of the clock (%i ms)', (spanMs, labels) => {
    const ticks = listTimeTicks({ fromMs, toMs: fromMs + spanMs }, '1d', words);
    expect(ticks.map((tick) => tick.label)).toEqual(labels);
  });
});
