import { sha256 } from './definition-hash.ts';
import { brokenPartsOf } from './merge-registries.ts';
import type { Cut, Metric, Registry } from './types.ts';
import {
  decideVerification,
  type RememberedVerification,
  type VerificationDecision,
} from './verification.ts';

/** Rises when stored definitions change their shape, so that older ones are written anew and never read as new ones. */
const DEFINITION_FORMAT = 1;

/** What the table holds of a metric, as far as a sync decides by it. */
export type StoredMetric = {
  id: string;
  /** of the whole definition; null when it is of an older shape */
  fingerprint: string | null;
  definitionHash: string;
  state: string;
  remembered: RememberedVerification;
  isRetired: boolean;
};

/** What the table holds of a cut, as far as a sync decides by it. */
export type StoredCut = { id: string; fingerprint: string | null; isRetired: boolean };

export type MetricWrite = { metric: Metric; fingerprint: string; verification: VerificationDecision };
export type CutWrite = { cut: Cut; fingerprint: string };

/** What a sync writes, and what it means. */
export type SyncPlan = {
  metrics: MetricWrite[];
  retiredMetrics: string[];
  cuts: CutWrite[];
  retiredCuts: string[];
  /** ids of metrics that are new, or were retired and are back */
  added: string[];
  changed: { id: string; definitionChanged: boolean }[];
  verificationLost: string[];
  verificationGained: string[];
};

const NOTHING_REMEMBERED: RememberedVerification = { by: null, at: null, hash: null };

/** SHA-256, in hex, of everything a file says. */
export function fingerprintOf(definition: Metric | Cut): string {
  return sha256({ format: DEFINITION_FORMAT, definition });
}

/** Decides what to write so that the tables say what the registry says. A broken file is not a deleted one: its row stays. */
export function planSync(
  registry: Registry,
  stored: { metrics: readonly StoredMetric[]; cuts: readonly StoredCut[] },
): SyncPlan {
  const broken = brokenPartsOf(registry);
  const known = new Map(stored.metrics.map((row) => [row.id, row]));
  const metrics = [...registry.metrics.values()].flatMap((metric) =>
    planMetric(metric, known.get(metric.id)),
  );
  const isNew = ({ metric }: MetricWrite): boolean => known.get(metric.id)?.isRetired ?? true;
  const stateBefore = ({ metric }: MetricWrite): string => known.get(metric.id)?.state ?? 'unverified';
  const flips = metrics.filter((write) => stateBefore(write) !== write.verification.state);
  return {
    metrics,
    retiredMetrics: listRetired(stored.metrics, registry.metrics, broken.metrics),
    ...planCuts(registry, stored.cuts, broken.cuts),
    added: metrics.filter(isNew).map(({ metric }) => metric.id),
    changed: metrics
      .filter((write) => !isNew(write))
      .map(({ metric: { id, definitionHash } }) => ({
        id,
        definitionChanged: known.get(id)?.definitionHash !== definitionHash,
      })),
    verificationLost: idsOf(flips, 'unverified'),
    verificationGained: idsOf(flips, 'verified'),
  };
}

function idsOf(writes: readonly MetricWrite[], state: VerificationDecision['state']): string[] {
  return writes.filter(({ verification }) => verification.state === state).map(({ metric }) => metric.id);
}

// The verification follows from the file and from what is remembered, so an unchanged file needs no write.
function planMetric(metric: Metric, row: StoredMetric | undefined): MetricWrite[] {
  const fingerprint = fingerprintOf(metric);
  if (row && !row.isRetired && row.fingerprint === fingerprint) return [];
  const verification = decideVerification(metric, row?.remembered ?? NOTHING_REMEMBERED);
  return [{ metric, fingerprint, verification }];
}

function planCuts(
  { cuts }: Registry,
  stored: readonly StoredCut[],
  broken: readonly string[],
): { cuts: CutWrite[]; retiredCuts: string[] } {
  const known = new Map(stored.map((row) => [row.id, row]));
  const writes = [...cuts.values()].flatMap((cut) => {
    const row = known.get(cut.id);
    const fingerprint = fingerprintOf(cut);
    return row && !row.isRetired && row.fingerprint === fingerprint ? [] : [{ cut, fingerprint }];
  });
  return { cuts: writes, retiredCuts: listRetired(stored, cuts, broken) };
}

function listRetired(
  stored: readonly { id: string; isRetired: boolean }[],
  present: ReadonlyMap<string, unknown>,
  broken: readonly string[],
): string[] {
  const kept = new Set([...present.keys(), ...broken]);
  return stored.filter(({ id, isRetired }) => !isRetired && !kept.has(id)).map(({ id }) => id);
}
