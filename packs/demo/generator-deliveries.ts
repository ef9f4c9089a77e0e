/** Deliveries of an hour, by zone of the city: counted in the hour in which the customer opened the door. */
import { HOUR } from '../../src/lib/time.ts';
import { dayDemand, localTime } from './calendar.ts';
import { createNoise, roundBy, roundParts } from './noise.ts';
import type { Row } from './target.ts';
import { isDuring } from './truth.ts';

const DELIVERIES_A_DAY = 690;
/** By local hour; couriers are out from 8 to 23. */
const HOUR_SHARE = [
  0, 0, 0, 0, 0, 0, 0, 0, 0.035, 0.05, 0.06, 0.07, 0.075, 0.07, 0.065, 0.055, 0.055, 0.065, 0.08, 0.09, 0.09,
  0.075, 0.065, 0,
];
const ZONES = [
  { name: 'centre', share: 0.44, minutes: 38, onTime: 0.962 },
  { name: 'north', share: 0.31, minutes: 43, onTime: 0.951 },
  { name: 'south', share: 0.25, minutes: 48, onTime: 0.938 },
];
const FAILED = 0.012;
const AGE_REQUIRED = 0.12;
const AGE_MISSED = 0.004;
const AGE_MISSED_IN_FAILURE = 0.12;
const STRIKE = { minutes: 1.7, onTime: 0.6, failed: 4 };
const CALM = { minutes: 1, onTime: 1, failed: 1 };

const noise = {
  delivered: createNoise('delivered'),
  minutes: createNoise('delivery minutes'),
  late: createNoise('late'),
  failed: createNoise('failed deliveries'),
  age: createNoise('age required'),
  ageMissed: createNoise('age missed'),
};

/** Rows of `marts.deliveries` for an hour; none at night. */
export function listDeliveryRows(startMs: number): Row[] {
  const hour = Math.floor(startMs / HOUR);
  const time = localTime(startMs);
  const share = HOUR_SHARE[time.hour] ?? 0;
  if (share === 0) return [];
  const total = DELIVERIES_A_DAY * share * dayDemand(time) * (1 + 0.05 * noise.delivered.bell(hour));
  const delivered = roundParts(
    ZONES.map((zone) => total * zone.share),
    noise.delivered.spread(hour),
  );
  const strike = isDuring('courier_strike', startMs) ? STRIKE : CALM;
  const missed = isDuring('scanner_failure', startMs) ? AGE_MISSED_IN_FAILURE : AGE_MISSED;
  return ZONES.map((zone, i) => {
    const at = hour * ZONES.length + i;
    const count = delivered[i] ?? 0;
    const late = count * (1 - zone.onTime * strike.onTime) * (1 + 0.15 * noise.late.bell(at));
    const minutes = count * zone.minutes * strike.minutes * (1 + 0.04 * noise.minutes.bell(at));
    const withAge = roundBy(count * AGE_REQUIRED, noise.age.spread(at));
    return [
      new Date(startMs).toISOString(),
      zone.name,
      count,
      count - Math.min(count, roundBy(late, noise.late.spread(at))),
      roundBy(count * FAILED * strike.failed, noise.failed.spread(at)),
      Math.round(minutes),
      withAge,
      withAge - Math.min(withAge, roundBy(withAge * missed, noise.ageMissed.spread(at))),
    ];
  });
}
