/**
 * A shop to look at: the workspace that runs when nothing is set, and the data behind it. In: a target that takes rows, a
 * clock. Out: eighteen months of a shop's marts that go on growing, something that falls, and the file of truth about it all.
 */
export { createDemoDriver } from './driver.ts';
export type { DemoDriver, DemoState } from './driver.ts';
export { advanceDemo, seedDemo } from './generator.ts';
export { FALLABLE } from './generator-live.ts';
export type { DemoEffect } from './generator-live.ts';
export type { DemoMarts } from './target.ts';
export { INCIDENTS, listIncidents } from './truth.ts';
export type { Incident } from './truth.ts';
export { demoWorkspaceDir } from './workspace.ts';
