import { describe, expect, it } from 'vitest';

import { fitValue } from '../../charts/fit-value.ts';
import type { Unit } from '../../src/registry/index.ts';
import type { Pen } from '../../charts/index.ts';
import { pen as realPen } from './pen.ts';

const COUNT: Unit = { kind: 'count' };
/** Letters are half as wide as they are high. */
const pen = (over: Parameters<typeof realPen>[0] = {}): Pen => ({
  ...realPen(over),
  measure: (text, { size }) => text.length * size * 0.5,
});

const room = { width: 200, weight: 700, sizes: [44, 32, 26] } as const;

describe('fitValue', () => {
  it('writes at the largest size that has room', () => {
    expect(fitValue(4.31, { kind: 'percent' }, room, pen())).toEqual({ text: '4.31\u202F%', size: 44 });
    expect(fitValue(1_234_567, COUNT, room, pen())).toEqual({ text: '1,234,567', size: 44 });
    expect(fitValue(1_234_567_890, COUNT, room, pen())).toEqual({ text: '1,234,567,890', size: 26 });
  });

  it('never cuts a number: it goes on in millions and billions', () => {
    expect(fitValue(-1_234_567_890_123, COUNT, room, pen())).toEqual({ text: '−1.23T', size: 44 });
    expect(fitValue(1_234_567_890_123, { kind: 'currency', code: 'EUR' }, room, pen()).text).toBe('€1.23T');
    expect(fitValue(1_234_567_890_123, { kind: 'percent' }, room, pen()).text).toBe('1.23T\u202F%');
    expect(fitValue(1_234_567_890_123, COUNT, room, pen({ locale: 'ru' })).text).toBe('1,23\u00A0трлн');
  });

  it('writes the hugest in powers of ten', () => {
    expect(fitValue(-1.7e308, COUNT, { ...room, width: 110 }, pen()).text).toBe('−1.7E308');
  });

  it('cuts a span of time that is longer than life', () => {
    expect(fitValue(1e12, { kind: 'duration', of: 'd' }, room, pen()).text).toMatch(/…$/u);
  });

  it('T02 never writes null', () => {
    expect(fitValue(null, COUNT, room, pen())).toEqual({ text: '–', size: 44 });
  });
});
