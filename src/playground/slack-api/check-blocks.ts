import {
  checkList,
  checkOptional,
  checkText,
  checkTextObject,
  createProblems,
  inside,
  type At,
} from './check.ts';
import { checkElement, isWebAddress } from './check-elements.ts';
import { isJson, textOf, type Json } from './json.ts';
import {
  ACTIONS_MAX,
  ALT_TEXT_MAX,
  BLOCKS_MAX,
  CONTEXT_MAX,
  FIELD_TEXT_MAX,
  HEADER_TEXT_MAX,
  ID_MAX,
  LABEL_MAX,
  SECTION_FIELDS_MAX,
  SECTION_TEXT_MAX,
  URL_MAX,
  VIEW_BLOCKS_MAX,
} from './limits.ts';

export type BlockRules = {
  surface: 'message' | 'view';
  /** tells whether a file of Slack's can be shown by now; every one can unless given */
  isShowable?: (fileId: string) => boolean;
};

/** Gives what Slack would refuse in blocks, each with its place; nothing when they are good. */
export function checkBlocks(blocks: unknown, rules: BlockRules): readonly string[] {
  const problems = createProblems();
  const max = rules.surface === 'view' ? VIEW_BLOCKS_MAX : BLOCKS_MAX;
  checkList(
    blocks,
    { problems, place: '/blocks' },
    {
      min: 0,
      max,
      each: (block, at) => checkBlock(block, at, rules),
    },
  );
  return problems.list;
}

function checkBlock(block: Json, at: At, rules: BlockRules): void {
  checkOptional(block['block_id'], inside(at, 'block_id'), ID_MAX);
  const id = textOf(block, 'block_id');
  if (id !== undefined) at.problems.once('block_id', id, `${at.place}/block_id`);
  switch (block['type']) {
    case 'section':
      return checkSection(block, at);
    case 'header':
      return checkTextObject(block['text'], inside(at, 'text'), { max: HEADER_TEXT_MAX, only: 'plain_text' });
    case 'divider':
      return;
    case 'image':
      return checkImage(block, at, rules);
    case 'actions':
      return checkList(block['elements'], inside(at, 'elements'), { max: ACTIONS_MAX, each: checkElement });
    case 'context':
      return checkList(block['elements'], inside(at, 'elements'), {
        max: CONTEXT_MAX,
        each: (element, place) => checkContext(element, place, rules),
      });
    case 'input':
      return checkInputBlock(block, at, rules);
    default:
      at.problems.add(`${at.place}/type`, `unsupported type: ${String(block['type'])}`);
  }
}

function checkSection({ text, fields, accessory }: Json, at: At): void {
  if (text !== undefined || fields === undefined)
    checkTextObject(text, inside(at, 'text'), { max: SECTION_TEXT_MAX });
  if (fields !== undefined)
    checkList(fields, inside(at, 'fields'), {
      max: SECTION_FIELDS_MAX,
      each: (field, place) => checkTextObject(field, place, { max: FIELD_TEXT_MAX }),
    });
  if (isJson(accessory)) checkElement(accessory, inside(at, 'accessory'));
}

function checkImage(block: Json, at: At, { isShowable }: BlockRules): void {
  const { image_url: url, slack_file: file, title } = block;
  checkText(block['alt_text'], inside(at, 'alt_text'), ALT_TEXT_MAX);
  if (title !== undefined)
    checkTextObject(title, inside(at, 'title'), { max: ALT_TEXT_MAX, only: 'plain_text' });
  if ((url === undefined) === (file === undefined))
    at.problems.add(at.place, 'one of image_url and slack_file is needed');
  if (url !== undefined) {
    checkText(url, inside(at, 'image_url'), URL_MAX);
    if (typeof url === 'string' && !isWebAddress(url))
      at.problems.add(`${at.place}/image_url`, 'invalid url');
  }
  const id = isJson(file) ? textOf(file, 'id') : undefined;
  if (file !== undefined && (id === undefined || isShowable?.(id) === false))
    at.problems.add(`${at.place}/slack_file`, 'invalid slack file');
}

function checkContext(element: Json, at: At, rules: BlockRules): void {
  if (element['type'] === 'image') checkImage(element, at, rules);
  else checkTextObject(element, at, { max: SECTION_TEXT_MAX });
}

function checkInputBlock({ label, hint, element }: Json, at: At, { surface }: BlockRules): void {
  if (surface === 'message') at.problems.add(`${at.place}/type`, 'input blocks are not supported here');
  checkTextObject(label, inside(at, 'label'), { max: LABEL_MAX, only: 'plain_text' });
  if (hint !== undefined) checkTextObject(hint, inside(at, 'hint'), { max: LABEL_MAX, only: 'plain_text' });
  if (isJson(element)) checkElement(element, inside(at, 'element'));
  else at.problems.add(`${at.place}/element`, 'missing required field');
}
