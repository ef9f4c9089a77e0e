import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlaceKey, placeKey } from '../../src/delivery/place.ts';
import type { Place } from '../../src/delivery/types.ts';

describe('key of a place', () => {
  it.each<[string, Place]>([
    ['telegram:-100200', { channel: 'telegram', chat: '-100200', topic: null }],
    ['telegram:-100200:7', { channel: 'telegram', chat: '-100200', topic: 7 }],
    ['telegram:1001', { channel: 'telegram', chat: '1001', topic: null }],
    ['slack:C0OPS', { channel: 'slack', conversation: 'C0OPS' }],
    ['mail:ops@shop.test', { channel: 'mail', address: 'ops@shop.test' }],
    ['mail:"a:b"@shop.test', { channel: 'mail', address: '"a:b"@shop.test' }],
  ])('%s', (key, place) => {
    expect(placeKey(place)).toBe(key);
    expect(parsePlaceKey(key)).toEqual(place);
  });

  it('is read back for every chat and topic', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.option(fc.nat()), (chat, topic) => {
        const place: Place = { channel: 'telegram', chat: String(chat), topic };
        expect(parsePlaceKey(placeKey(place))).toEqual(place);
      }),
    );
  });

  it.each(['', 'telegram', 'telegram:', 'telegram:1:x', 'telegram:1:2:3', 'slack:', 'fax:1', 'mail'])(
    'refuses %j and says how to write one',
    (key) => {
      expect(() => parsePlaceKey(key)).toThrowError(
        expect.objectContaining({
          code: 'place_key_invalid',
          message: expect.stringContaining('telegram:<chat>'),
        }),
      );
    },
  );
});
