import { describe, expect, it } from 'vitest';

import { spreadLabels } from '../../charts/edge-labels.ts';

const label = (text: string, y: number) => ({ text, y, color: '#000000', weight: 400 as const });
const range = { gap: 36, top: 18, bottom: 424 };
const places = (...labels: ReturnType<typeof label>[]) =>
  spreadLabels(labels, range).map(({ text, y }) => [text, y]);

describe('spreadLabels', () => {
  it('leaves labels that are apart', () => {
    expect(places(label('3.1', 300), label('norm', 100))).toEqual([
      ['norm', 100],
      ['3.1', 300],
    ]);
  });

  it('keeps the first in its place and moves the others away', () => {
    expect(places(label('3.1', 200), label('alert', 210), label('norm', 190))).toEqual([
      ['norm', 164],
      ['3.1', 200],
      ['alert', 236],
    ]);
  });

  it('shifts a stack that would leave the range', () => {
    expect(places(label('3.1', 420), label('alert', 422))).toEqual([
      ['3.1', 388],
      ['alert', 424],
    ]);
    expect(places(label('3.1', 20), label('alert', 19))).toEqual([
      ['alert', 18],
      ['3.1', 54],
    ]);
  });

  it('gives nothing of nothing', () => {
    expect(places()).toEqual([]);
  });
});
