/** A value of unknown shape, read field by field. */
export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives a field as text, or undefined when it is none. */
export function textOf(value: Json, field: string): string | undefined {
  const found = value[field];
  return typeof found === 'string' ? found : undefined;
}

/** Gives a field as a list of objects; what is none of these is left out. */
export function listOf(value: Json, field: string): Json[] {
  const found = value[field];
  return Array.isArray(found) ? found.filter(isJson) : [];
}
