import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Finding } from '../../src/registry/finding.ts';
import { parseCut } from '../../src/registry/parse-cut.ts';
import { parseMetric } from '../../src/registry/parse-metric.ts';
import { parseOwners } from '../../src/registry/parse-owners.ts';
import { parseWorkspace } from '../../src/registry/parse-workspace.ts';
import { decodeText } from '../../src/registry/source-text.ts';
import { checks, CUT, METRIC, OWNERS, WORKSPACE } from './workspace-folder.ts';

const WHERE = { id: 'fuzz', file: 'metrics/fuzz.yaml', zone: 'Europe/Madrid', checks };

type Parsed = { isUsable: boolean; findings: readonly Finding[] };

const PARSERS: Record<string, { good: string; parse(text: string): Parsed }> = {
  metric: { good: METRIC, parse: (text) => usable(parseMetric(text, WHERE)) },
  cut: { good: CUT, parse: (text) => usable(parseCut(text, WHERE)) },
  workspace: { good: WORKSPACE, parse: (text) => usable(parseWorkspace(text, checks)) },
  owners: {
    good: OWNERS,
    parse: (text) => {
      const { isFileBroken, findings } = parseOwners(text);
      return { isUsable: !isFileBroken, findings };
    },
  },
};
const kind = fc.constantFrom(...Object.keys(PARSERS));

function usable({ value, findings }: { value: unknown; findings: readonly Finding[] }): Parsed {
  return { isUsable: value !== null, findings };
}

/** Reads bytes as a file of a kind, and lists what is wrong with what is said of it. Empty: all is well. */
function faultsOf(kind: string, bytes: Uint8Array): string[] {
  const decoded = decodeText(bytes);
  const parsed = decoded.value === null ? null : PARSERS[kind]?.parse(decoded.value);
  const findings = [...decoded.findings, ...(parsed?.findings ?? [])];
  const lines = Buffer.from(bytes).toString('latin1').split('\n').length;
  const isSilent = !parsed?.isUsable && !findings.some(({ severity }) => severity === 'error');
  return [
    ...(isSilent ? ['nothing is usable and nobody says why'] : []),
    ...findings.flatMap((finding) => faultsIn(finding, lines)),
  ];
}

function faultsIn({ line, reason, hint }: Finding, lines: number): string[] {
  const text = `${reason} ${hint ?? ''}`;
  return [
    ...(line >= 1 && line <= lines ? [] : [`line ${line} of ${lines}`]),
    ...(/^\S.*[.…]$/.test(reason) ? [] : [`no sentence: ${reason}`]),
    ...(/undefined|\[object|function/.test(text) ? [`leaks: ${text}`] : []),
    ...(text.isWellFormed() && !text.includes('\n') && text.length < 500 ? [] : [`unfit: ${text}`]),
  ];
}

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    '1h',
    'percent',
    'up',
    'ivan@shop.test',
    '2026-11-01',
    '17 * * * *',
    'verified',
    'x'.repeat(200),
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie('any'), { maxKeys: 3 }),
  ),
})).any;
const key = fc.constantFrom(
  ...Object.values(PARSERS).flatMap(({ good }) =>
    [...good.matchAll(/^[ -]*([a-z_]+):/gm)].map((match) => match[1] ?? ''),
  ),
);

describe('whatever stands in a file', () => {
  it('random bytes are problems, never a crash', () => {
    fc.assert(
      fc.property(kind, fc.uint8Array({ maxLength: 300 }), (kind, bytes) => {
        expect(faultsOf(kind, bytes)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('random characters of YAML are problems, never a crash', () => {
    const characters = Array.from('-:?#&*!|>[]{},"\'%@` \n\t~<=a1é\u2028');
    const unit = fc.constantFrom(...characters, 'name', 'sql', ': ', '\n  ', '- ', '\n');
    fc.assert(
      fc.property(kind, fc.array(unit, { maxLength: 60 }), (kind, units) => {
        expect(faultsOf(kind, Buffer.from(units.join('')))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('random values of real keys are problems, never a crash', () => {
    const entry = fc.dictionary(key, value, { maxKeys: 12 });
    fc.assert(
      fc.property(kind, fc.oneof(entry, fc.array(entry, { maxLength: 3 })), (kind, data) => {
        expect(faultsOf(kind, Buffer.from(stringify(data)))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('good files with a piece cut out or put in are good or problems, never a crash', () => {
    fc.assert(
      fc.property(kind, fc.nat(), fc.nat(30), fc.string({ maxLength: 10 }), (kind, at, length, insert) => {
        const text = PARSERS[kind]?.good ?? '';
        const start = at % text.length;
        const changed = text.slice(0, start) + insert + text.slice(start + length);
        expect(faultsOf(kind, Buffer.from(changed))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
