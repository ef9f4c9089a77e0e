import { describe, expect, it } from 'vitest';
import { FILE_KINDS, type JsonSchema, jsonSchemaOf } from '../../src/registry/index.ts';

function listKeys(schema: JsonSchema, path = ''): [path: string, schema: JsonSchema][] {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([key, part]): [string, JsonSchema][] => [
    [`${path}${key}`, part],
    ...listKeys(part, `${path}${key}.`),
  ]);
  return schema.items ? [...inside, ...listKeys(schema.items, `${path}[].`)] : inside;
}

/** Names that say by themselves what they are. */
const PLAIN = new Set([
  'from',
  'to',
  'metrics',
  'domains',
  'sources',
  'rooms',
  'maintenance',
  'more_than',
  'within',
  'email',
]);

describe('JSON Schemas of the files', () => {
  it('exist for every kind, each with a title', () => {
    expect(FILE_KINDS).toEqual(['metric', 'cut', 'owners', 'workspace']);
    expect(FILE_KINDS.map((kind) => jsonSchemaOf(kind).title)).toEqual([
      'Heartbeat metric',
      'Heartbeat cut',
      'Heartbeat people',
      'Heartbeat workspace',
    ]);
  });

  it.each(FILE_KINDS)('of a %s explains its keys and allows no others', (kind) => {
    const schema = jsonSchemaOf(kind);
    const silent = listKeys(schema)
      .filter(([path, part]) => part.description === undefined && !PLAIN.has(path.split('.').at(-1) ?? ''))
      .map(([path]) => path);
    expect(silent).toEqual([]);
    const open = [['', schema.items ?? schema] as const, ...listKeys(schema)].filter(
      ([, part]) => part.type === 'object' && part['additionalProperties'] !== false,
    );
    expect(open).toEqual([]);
  });

  it('of a metric requires what every metric must say', () => {
    const schema = jsonSchemaOf('metric');
    expect(schema['required']).toEqual([
      'name',
      'unit',
      'direction',
      'how_to_read',
      'methodology',
      'sources',
      'verification_state',
    ]);
    expect(schema['allOf']).toEqual([
      { oneOf: [{ required: ['sql'] }, { required: ['sql_file'] }] },
      { anyOf: [{ required: ['period'] }, { required: ['schedule'] }] },
    ]);
    expect(schema.properties?.['norm_value']).toMatchObject({ type: ['number', 'null'], examples: [4] });
    expect(schema.properties?.['verification_state']).toMatchObject({ enum: ['unverified', 'verified'] });
  });

  it('is draft 7, which editors complete from', () => {
    for (const kind of FILE_KINDS)
      expect(jsonSchemaOf(kind)['$schema']).toBe('http://json-schema.org/draft-07/schema#');
  });
});
