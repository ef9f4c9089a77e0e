/**
 * WHAT is measured. In: a folder of workspace files. Out: a checked Registry (with the problems of bad files beside it), kept
 * up to date by watching, and its rows in the database; whether a metric's definition is the verified one.
 */
export type * from './types.ts';
export { checkWorkspace, formatReport } from './check-workspace.ts';
export type { WorkspaceChecks } from './checks.ts';
export { definitionHashOf } from './definition-hash.ts';
export { diffMetric } from './diff-metric.ts';
export { editMetric, type MetricEdit } from './edit-metric.ts';
export { unitText } from './file-values.ts';
export { formatProblem } from './format-problem.ts';
export { FILE_KINDS, type FileKind, type JsonSchema, jsonSchemaOf } from './json-schemas.ts';
export { restoreLastGood } from './last-good.ts';
export { holdRegistry, type RegistryHolder } from './live.ts';
export { loadRegistry } from './load-registry.ts';
export { mergeRegistries } from './merge-registries.ts';
export { syncRegistry, type SyncResult } from './sync-registry.ts';
export { loadVerifications } from './verification.ts';
export { watchRegistry } from './watch-registry.ts';
