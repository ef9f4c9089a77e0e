import { expect, it } from 'vitest';
import { createTurns } from '../../src/commands/rate-limit.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { stoppedClock } from '../support/deps.ts';

const ann = { workspaceId: 'shop', actor: 'ann@shop.test' };
const ivan = { workspaceId: 'shop', actor: 'ivan@shop.test' };
const tooMany = expect.objectContaining({ code: 'too_many_commands' });

function times(count: number, take: () => void): void {
  for (let n = 0; n < count; n += 1) take();
}

it('refuses the 61st command of a minute, of that person alone, and the first of the next minute no more', () => {
  const clock = stoppedClock('2026-11-20T10:00:00Z');
  const turns = createTurns(clock);
  times(60, () => turns.take(ann));
  expect(() => turns.take(ann)).toThrow(tooMany);
  turns.take(ivan);
  turns.take({ ...ann, workspaceId: 'other' });
  clock.add(MINUTE + 1);
  expect(() => turns.take(ann)).not.toThrow();
});

it('counts apart what is offered behind the bot’s name, and what is shown to who asked for nothing', () => {
  const turns = createTurns(stoppedClock('2026-11-20T10:00:00Z'));
  times(600, () => turns.takeShowing(ann));
  times(60, () => turns.takeInline(ann));
  times(60, () => turns.take(ann));
  expect(() => turns.takeShowing(ann)).toThrow(tooMany);
  expect(() => turns.takeInline(ann)).toThrow(tooMany);
});

it('knows nothing of what another process counted', () => {
  const clock = stoppedClock('2026-11-20T10:00:00Z');
  const one = createTurns(clock);
  times(60, () => one.take(ann));
  expect(() => createTurns(clock).take(ann)).not.toThrow();
});
