import { describe, expect, it } from 'vitest';
import { planPost } from '../../src/schedules/index.ts';

type Row = Parameters<typeof planPost>[0];

const row = (over: Partial<Row>): Row => ({
  number: 7,
  place: 'telegram:-100200:3',
  what: 'metric',
  argument: 'conversion',
  by: 'ivan@shop.test',
  cron: '30 8 * * 1-5',
  timezone: 'Europe/Madrid',
  nextAt: new Date('2026-11-20T07:30:00Z'),
  ...over,
});

describe('a planned post', () => {
  it('is of its time, in its zone, to its topic; the next one follows', () => {
    const { draft, due, nextAt } = planPost(row({}), new Date('2026-11-20T07:30:01Z'));
    expect(draft).toMatchObject({
      key: 'schedule:7:2026-11-20T07:30:00.000Z',
      place: { channel: 'telegram', chat: '-100200', topic: 3 },
      operation: 'notice',
      payload: { kind: 'scheduled', number: 7, what: 'metric', argument: 'conversion', isLate: false },
    });
    expect([due, nextAt]).toEqual([new Date('2026-11-20T07:30:00Z'), new Date('2026-11-23T07:30:00Z')]);
  });

  it('T05 that was missed is made once, for the last time, and says that it is late', () => {
    const { draft, nextAt } = planPost(
      row({ nextAt: new Date('2026-11-16T07:30:00Z') }),
      new Date('2026-11-19T10:00:00Z'),
    );
    expect(draft).toMatchObject({ key: 'schedule:7:2026-11-19T07:30:00.000Z', payload: { isLate: true } });
    expect(nextAt).toEqual(new Date('2026-11-20T07:30:00Z'));
    const short = planPost(row({}), new Date('2026-11-20T07:31:59Z'));
    expect(short.draft.payload).toMatchObject({ isLate: false });
  });

  it('T05 comes once on the day that clocks leave its time out, and on the day that they show it twice', () => {
    const nightly = { cron: '30 2 * * *', timezone: 'Europe/Madrid' };
    const spring = planPost(
      row({ ...nightly, nextAt: new Date('2026-03-28T01:30:00Z') }),
      new Date('2026-03-28T01:30:00Z'),
    );
    // 02:30 is left out on the 29th: the clocks jump at 01:00 UTC
    expect(spring.nextAt).toEqual(new Date('2026-03-29T01:00:00Z'));
    const after = planPost(row({ ...nightly, nextAt: spring.nextAt }), new Date('2026-03-29T01:00:00Z'));
    expect(after.nextAt).toEqual(new Date('2026-03-30T00:30:00Z'));
    const autumn = planPost(
      row({ ...nightly, nextAt: new Date('2026-10-25T00:30:00Z') }),
      new Date('2026-10-25T00:30:00Z'),
    );
    expect(autumn.nextAt, 'not at 01:30 UTC, when the clocks show 02:30 again').toEqual(
      new Date('2026-10-26T01:30:00Z'),
    );
  });
});
