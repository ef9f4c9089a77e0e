import { checkList, checkOptional, checkTextObject, createProblems, inside } from './check.ts';
import { checkBlocks, type BlockRules } from './check-blocks.ts';
import type { Json } from './json.ts';
import { ID_MAX, PRIVATE_METADATA_MAX, VIEW_BLOCKS_MAX, VIEW_TITLE_MAX } from './limits.ts';

/** Gives what Slack would refuse in a modal or a Home tab. */
export function checkView(view: Json, rules: Pick<BlockRules, 'isShowable'>): readonly string[] {
  const problems = createProblems();
  const at = { problems, place: '/view' };
  const { type, title, submit, close, blocks } = view;
  if (type !== 'modal' && type !== 'home') problems.add('/view/type', 'must be modal or home');
  if (type === 'modal')
    checkTextObject(title, inside(at, 'title'), { max: VIEW_TITLE_MAX, only: 'plain_text' });
  for (const [name, text] of Object.entries({ submit, close })) {
    if (text !== undefined)
      checkTextObject(text, inside(at, name), { max: VIEW_TITLE_MAX, only: 'plain_text' });
  }
  checkOptional(view['callback_id'], inside(at, 'callback_id'), ID_MAX);
  if (view['private_metadata'] !== '')
    checkOptional(view['private_metadata'], inside(at, 'private_metadata'), PRIVATE_METADATA_MAX);
  checkList(blocks, inside(at, 'blocks'), {
    min: 0,
    max: VIEW_BLOCKS_MAX,
    each: (block, place) => {
      if (block['type'] === 'input' && type === 'modal' && submit === undefined)
        problems.add(place.place, 'a view with an input needs a submit');
    },
  });
  return [...problems.list, ...checkBlocks(blocks ?? [], { ...rules, surface: 'view' })];
}
