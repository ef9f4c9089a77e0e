import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { readTickLag } from '../pulse/index.ts';
import type { LoopStats } from './ready.ts';
import type { RequestFacts } from './request-log.ts';

const NANOSECONDS = 1e9;
const DELAY_RESOLUTION_MS = 10;
const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Heartbeat's own figures for Prometheus. */
export interface Figures {
  countRequest(facts: RequestFacts): void;
  /** Gives them in Prometheus's text format. */
  render(): Promise<{ contentType: string; text: string }>;
  close(): void;
}

type FiguresDeps = Pick<Deps, 'db' | 'workspaceId' | 'registry' | 'clock' | 'log'>;

/** Makes the figures of one server; each server has its own registry. */
export function createFigures(deps: FiguresDeps, stats?: LoopStats): Figures {
  const registry = new Registry();
  const closeProcess = addProcessFigures(registry);
  if (stats) addLoopFigures(registry, stats);
  const refreshStored = addStoredFigures(registry, deps);
  const countRequest = addRequestFigures(registry);
  return {
    countRequest,
    async render() {
      await refreshStored();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    close: closeProcess,
  };
}

type Described = { name: string; help: string };

/** A counter that is kept elsewhere and read when asked for. */
function addCounter(registry: Registry, described: Described, read: () => number): void {
  const counter = new Counter({
    ...described,
    registers: [registry],
    collect() {
      counter.reset();
      counter.inc(read());
    },
  });
}

function addGauge(registry: Registry, described: Described, read: () => number): void {
  const gauge = new Gauge({
    ...described,
    registers: [registry],
    collect() {
      gauge.set(read());
    },
  });
}

function addProcessFigures(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const loop = new Gauge({
    name: 'heartbeat_event_loop_delay_seconds',
    help: 'How long the main thread was kept from its next task since the last look; 1 is the longest.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      const sleepMs = DELAY_RESOLUTION_MS;
      for (const quantile of [0.5, 0.99, 1]) {
        const seconds = delay.percentile(quantile * 100) / NANOSECONDS - sleepMs / 1000;
        loop.set({ quantile: String(quantile) }, Number.isFinite(seconds) ? Math.max(0, seconds) : 0);
      }
      delay.reset();
    },
  });
  addGauge(
    registry,
    { name: 'heartbeat_process_resident_memory_bytes', help: 'Memory of the process.' },
    () => process.memoryUsage.rss(),
  );
  addGauge(
    registry,
    { name: 'heartbeat_process_heap_used_bytes', help: 'JavaScript heap in use.' },
    () => process.memoryUsage().heapUsed,
  );
  addCounter(registry, { name: 'heartbeat_process_cpu_seconds_total', help: 'Processor time used.' }, () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  addGauge(registry, { name: 'heartbeat_process_uptime_seconds', help: 'Since the process started.' }, () =>
    process.uptime(),
  );
  return () => delay.disable();
}

function addLoopFigures(registry: Registry, { pulse, outbox }: LoopStats): void {
  const add = (name: string, help: string, read: () => number): void =>
    addCounter(registry, { name, help }, read);
  add('heartbeat_ticks_total', 'Metrics computed by this process.', () => pulse.ticks);
  add('heartbeat_tick_failures_total', 'Of these, those whose SQL failed.', () => pulse.failed);
  add('heartbeat_deliveries_sent_total', 'Messages sent by this process.', () => outbox.sent);
  add('heartbeat_deliveries_retried_total', 'Attempts that are to be repeated.', () => outbox.retried);
  add('heartbeat_deliveries_dead_total', 'Deliveries given up by this process.', () => outbox.dead);
}

function addRequestFigures(registry: Registry): Figures['countRequest'] {
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'heartbeat_http_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'heartbeat_http_request_duration_seconds',
    help: 'How long answers took.',
    labelNames: ['route'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  return ({ method, route, status, durationMs }) => {
    requests.inc({ method, route, status: String(status) });
    durations.observe({ route }, durationMs / 1000);
  };
}

type StoredRow = CountsRow & { lagMs: number };
type CountsRow = { pending: number; oldest_seconds: number; dead: number; red: number; amber: number };

function addStoredFigures(registry: Registry, deps: FiguresDeps): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('heartbeat_database_up', "1 when Heartbeat's own database answered just now.");
  const pending = gauge('heartbeat_deliveries_pending', 'Deliveries that wait or are being sent.');
  const oldest = gauge(
    'heartbeat_delivery_oldest_pending_seconds',
    'Age of the oldest of them; 0 when there is none.',
  );
  const dead = gauge('heartbeat_delivery_dead_letters', 'Deliveries that were given up and not repeated.');
  const lag = gauge('heartbeat_tick_lag_seconds', 'How late the latest due tick is; 0 when none is due.');
  const alerts = gauge('heartbeat_alerts_open', 'Open alerts.', ['level']);
  const problems = gauge('heartbeat_workspace_file_problems', "Problems of the workspace's files.", [
    'severity',
  ]);
  return async () => {
    for (const severity of ['error', 'warning'] as const) {
      const found = deps.registry.current().problems.filter((problem) => problem.severity === severity);
      problems.set({ severity }, found.length);
    }
    const row = await readStored(deps);
    up.set(row ? 1 : 0);
    if (!row) return;
    pending.set(row.pending);
    oldest.set(row.oldest_seconds);
    dead.set(row.dead);
    lag.set(row.lagMs / 1000);
    alerts.set({ level: 'red' }, row.red);
    alerts.set({ level: 'amber' }, row.amber);
  };
}

async function readStored(deps: FiguresDeps): Promise<StoredRow | undefined> {
  const { db, workspaceId, log } = deps;
  try {
    const rows = await db.prisma.$queryRaw<CountsRow[]>(sql`
      select d.*, a.*
      from (
        select count(*) filter (where status in ('pending', 'sending'))::int as pending,
          count(*) filter (where status = 'dead')::int as dead,
          coalesce(extract(epoch from now() - min(created_at) filter (where status in ('pending', 'sending'))), 0)::float8 as oldest_seconds
        from heartbeat.delivery where workspace_id = ${workspaceId} and status in ('pending', 'sending', 'dead')) d,
      (
        select count(*) filter (where level = 'red')::int as red, count(*) filter (where level = 'amber')::int as amber
        from heartbeat.alerts where workspace_id = ${workspaceId} and state <> 'resolved') a`);
    return rows[0] && { ...rows[0], lagMs: (await readTickLag(deps)).lagMs };
  } catch (error) {
    log.warn({ err: error }, 'figures of the database cannot be read');
    return undefined;
  }
}
