import {
  parsePress,
  printable,
  snoozeMenuButtons,
  type Button,
  type Press,
  type Words,
} from '../../answers/index.ts';
import { plainText, type Block, type Element, type Option } from './blocks.ts';
import {
  ACTIONS_MAX,
  BUTTON_TEXT_MAX,
  BUTTON_VALUE_MAX,
  OPTION_TEXT_MAX,
  PLACEHOLDER_MAX,
  ROWS_MAX,
} from './limits.ts';
import { isOpenable } from './mrkdwn.ts';

export type RenderedButtons = {
  blocks: Block[];
  /** addresses that nobody else could open: they go into the text */
  moved: { label: string; url: string }[];
};

/** Gives buttons as blocks, a row a block; the menu of snoozes becomes a select. `prefix` keeps ids apart within one view. */
export function renderButtons(
  rows: readonly (readonly Button[])[],
  words: Words,
  prefix = 'press',
): RenderedButtons {
  const moved: RenderedButtons['moved'] = [];
  const blocks: Block[] = [];
  for (const [index, row] of rows.slice(0, ROWS_MAX).entries()) {
    const elements = row
      .slice(0, ACTIONS_MAX)
      .flatMap((button, at) => renderButton(button, { words, moved, id: `${prefix}_${index}_${at}` }));
    if (elements.length > 0) blocks.push({ type: 'actions', elements });
  }
  return { blocks, moved };
}

type Context = { words: Words; moved: RenderedButtons['moved']; id: string };

function renderButton(button: Button, { words, moved, id }: Context): Element[] {
  const label = printable(button.label).trim();
  if (label === '') return [];
  const text = plainText(label, BUTTON_TEXT_MAX);
  if ('url' in button) {
    if (isOpenable(button.url))
      return [{ type: 'button', action_id: id, text, url: new URL(button.url).href }];
    if (/^https?:/i.test(button.url)) moved.push({ label, url: button.url });
    return [];
  }
  if (button.press === '' || button.press.length > BUTTON_VALUE_MAX) return [];
  const press = parsePress(button.press);
  if (press?.kind === 'snooze_menu') return [renderMenu(press, { words, label, id })];
  const style = press?.kind === 'ack' ? { style: 'primary' as const } : {};
  return [{ type: 'button', action_id: id, text, value: button.press, ...style }];
}

function renderMenu(
  press: Extract<Press, { kind: 'snooze_menu' }>,
  { words, label, id }: { words: Words; label: string; id: string },
): Element {
  const options = snoozeMenuButtons(press, words)
    .flat()
    .flatMap((choice): Option[] => {
      if (!('press' in choice) || parsePress(choice.press)?.kind === 'back') return [];
      return [{ text: plainText(choice.label, OPTION_TEXT_MAX), value: choice.press }];
    });
  return { type: 'static_select', action_id: id, placeholder: plainText(label, PLACEHOLDER_MAX), options };
}
