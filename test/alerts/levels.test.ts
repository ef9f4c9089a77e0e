import { describe, expect, it } from 'vitest';
import { hasLeft, isWorse, levelOf, worseLevel, worseValue } from '../../src/alerts/levels.ts';
import type { Lines } from '../../src/alerts/levels.ts';

const UP: Lines = { direction: 'up', norm: 4, alert: 3 };
const DOWN: Lines = { direction: 'down', norm: 10, alert: 20 };

describe('level of a value', () => {
  it.each([
    ['better than both', UP, 4.1, 'green'],
    ['T02 equal to norm is not worse', UP, 4, 'green'],
    ['worse than norm', UP, 3.99, 'amber'],
    ['T02 equal to alert is not worse', UP, 3, 'amber'],
    ['worse than alert', UP, 2.99, 'red'],
    ['better than both, down', DOWN, 9, 'green'],
    ['T02 equal to norm is not worse, down', DOWN, 10, 'green'],
    ['worse than norm, down', DOWN, 10.01, 'amber'],
    ['T02 equal to alert is not worse, down', DOWN, 20, 'amber'],
    ['worse than alert, down', DOWN, 20.01, 'red'],
  ] as const)('%s', (_, lines, value, level) => {
    expect(levelOf(value, lines)).toBe(level);
  });

  it('T02 a null line means that level does not exist', () => {
    expect(levelOf(-1e9, { ...UP, norm: null, alert: null })).toBe('green');
    expect(levelOf(-1e9, { ...UP, alert: null })).toBe('amber');
    expect(levelOf(3.5, { ...UP, norm: null })).toBe('green');
    expect(levelOf(2.5, { ...UP, norm: null })).toBe('red');
  });

  it('a line at zero is a line', () => {
    expect(levelOf(-0.5, { direction: 'up', norm: 0, alert: -1 })).toBe('amber');
    expect(levelOf(-2, { direction: 'up', norm: null, alert: 0 })).toBe('red');
  });
});

describe('leaving a level', () => {
  const bands = { bandNorm: 4.2, bandAlert: 3.6 };
  const none = { bandNorm: null, bandAlert: null };

  it.each([
    ['T03 amber is not left between norm and its band', 'amber', 4.1, { ...UP, ...bands }, false],
    ['T03 amber is not left at its band', 'amber', 4.2, { ...UP, ...bands }, false],
    ['amber is left beyond its band', 'amber', 4.21, { ...UP, ...bands }, true],
    ['T03 red is not left between alert and its band', 'red', 3.5, { ...UP, ...bands }, false],
    ['T03 red is not left at its band', 'red', 3.6, { ...UP, ...bands }, false],
    ['red is left beyond its band', 'red', 3.61, { ...UP, ...bands }, true],
    ['without a band amber is left at norm', 'amber', 4, { ...UP, ...none }, true],
    ['without a band amber is not left below norm', 'amber', 3.99, { ...UP, ...none }, false],
    ['without a band red is left at alert', 'red', 3, { ...UP, ...none }, true],
    ['without a band red is not left below alert', 'red', 2.99, { ...UP, ...none }, false],
    ['down: amber is left beyond its band', 'amber', 7.9, { ...DOWN, bandNorm: 8, bandAlert: null }, true],
    ['down: amber is not left at its band', 'amber', 8, { ...DOWN, bandNorm: 8, bandAlert: null }, false],
    ['without norm, leaving amber is leaving red', 'amber', 3.5, { ...UP, ...bands, norm: null }, false],
    ['without norm its band means nothing', 'amber', 3.7, { ...UP, ...bands, norm: null }, true],
    ['without alert its band means nothing', 'red', 3.1, { ...UP, ...bands, alert: null }, true],
    [
      'a band on the bad side lets nobody leave early',
      'amber',
      3.9,
      { ...UP, ...none, bandNorm: 3.5 },
      false,
    ],
    ['nor from red', 'red', 2.9, { ...UP, ...none, bandAlert: 2 }, false],
  ] as const)('%s', (...[, level, value, lines, left]) => {
    expect(hasLeft(level, value, lines)).toBe(left);
  });
});

describe('comparing', () => {
  it('the worse of two levels', () => {
    expect(worseLevel('green', 'amber')).toBe('amber');
    expect(worseLevel('red', 'amber')).toBe('red');
    expect(worseLevel('red', 'red')).toBe('red');
  });

  it('the worse of two values, by direction', () => {
    expect(worseValue(2, 3, 'up')).toBe(2);
    expect(worseValue(2, 3, 'down')).toBe(3);
    expect(isWorse(2, 2, 'up')).toBe(false);
    expect(isWorse(2, 2, 'down')).toBe(false);
  });
});
