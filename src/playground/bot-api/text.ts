import { parseHtml, type Entity } from './html.ts';
import { badRequest } from './failure.ts';
import type { Params } from './params.ts';

/** UTF-16 units after entities. */
const MAX_LENGTH = { text: 4096, caption: 1024 };
const SOURCE_MAX_BYTES = 1 << 15;
/** Of more entities Telegram keeps the first hundred. */
const MAX_ENTITIES = 100;
// What tdlib's clean_input_string does: controls become spaces; line separators, direction overrides and overlines go.
// oxlint-disable-next-line no-control-regex
const TO_SPACE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/g;
const TO_NOTHING = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/g;

export type FormattedText = { text: string; entities: readonly Entity[] };

/** Reads a text or caption with its entities, as the Bot API counts and refuses it. */
export function readFormatted(params: Params, field: 'text' | 'caption'): FormattedText {
  const source = params.text(field);
  if (Buffer.byteLength(source) > SOURCE_MAX_BYTES) throw badRequest('text is too long');
  if (field === 'text' && source === '') throw badRequest('message text is empty');
  const formatted = trim(readEntities(source.replace(TO_SPACE, ' ').replace(TO_NOTHING, ''), params, field));
  if (field === 'text' && formatted.text === '') throw badRequest('text must be non-empty');
  if (formatted.text.length > MAX_LENGTH[field])
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long');
  return formatted;
}

function readEntities(source: string, params: Params, field: 'text' | 'caption'): FormattedText {
  const mode = params.text('parse_mode').toLowerCase();
  if (mode === 'html') {
    const parsed = parseHtml(source);
    if (!parsed.ok) throw badRequest(`can't parse entities: ${parsed.problem}`);
    if (!parsed.text.isWellFormed())
      throw badRequest(
        "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities",
      );
    return parsed;
  }
  // Markdown is not read here: what it would mean must not be guessed.
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  const given = params.json(
    field === 'text' ? 'entities' : 'caption_entities',
    "can't parse entities JSON object",
  );
  return {
    text: source,
    entities: Array.isArray(given) ? given.filter((entity) => isEntityIn(entity, source)) : [],
  };
}

function isEntityIn(entity: unknown, text: string): entity is Entity {
  if (typeof entity !== 'object' || entity === null) return false;
  const { type, offset, length } = entity as Partial<Entity>;
  if (typeof type !== 'string' || typeof offset !== 'number' || typeof length !== 'number')
    throw badRequest("can't parse MessageEntity: a field is missing");
  return offset >= 0 && length > 0 && offset + length <= text.length;
}

/** Spaces around a text are dropped, with the entities that covered nothing else. */
function trim({ text, entities }: FormattedText): FormattedText {
  const end = text.trimEnd().length;
  const start = Math.min(leadingSpace(text), entities[0]?.offset ?? Number.POSITIVE_INFINITY, end);
  const kept = entities
    .map((entity) => ({
      ...entity,
      offset: entity.offset - start,
      length: Math.min(entity.length, end - entity.offset),
    }))
    .filter((entity) => entity.length > 0)
    .slice(0, MAX_ENTITIES);
  return { text: text.slice(start, end), entities: kept };
}

function leadingSpace(text: string): number {
  return text.length - text.replace(/^[ \n]+/, '').length;
}
