import { z } from 'zod';
import { CutFile } from './cut-file.ts';
import { MetricFile } from './metric-file.ts';
import { OwnersFile } from './owners-file.ts';
import { WorkspaceFile } from './workspace-file.ts';

const SCHEMAS = { metric: MetricFile, cut: CutFile, owners: OwnersFile, workspace: WorkspaceFile };

/** The kinds of workspace files, as `heartbeat schema <kind>` names them. */
export type FileKind = keyof typeof SCHEMAS;

/** A JSON Schema, as far as sentences are made of it. */
export type JsonSchema = {
  type?: string;
  description?: string;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  [keyword: string]: unknown;
};

/** Every kind, in the order of `heartbeat schema --help`. */
export const FILE_KINDS = Object.keys(SCHEMAS) as FileKind[];

/** Gives the JSON Schema (draft 7, which editors know best) of a kind of workspace file. */
export function jsonSchemaOf(kind: FileKind): JsonSchema {
  return z.toJSONSchema(SCHEMAS[kind], { target: 'draft-7', io: 'input' }) as JsonSchema;
}
