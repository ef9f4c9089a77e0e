import { isJson, listOf, textOf, type Json } from './json.ts';
import type { Content, Matcher } from './types.ts';

/** A button, or a select with the option that was picked. */
export type Control = { element: Json; option: Json | null; block: string };

/** Finds a button or option in what a message shows, or showed before: a phone may still show that. Throws when there is none. */
export function findControl(contents: readonly Content[], matcher: Matcher): Control {
  const controls = contents.flatMap(({ blocks }) => blocks.flatMap(controlsOf));
  const found = controls.find((control) => matches(control, matcher));
  if (found) return found;
  const labels = controls.map(labelOf).join(', ');
  throw new Error(
    `There is no button like ${matcher instanceof RegExp ? matcher.source : JSON.stringify(matcher)} among: ${labels || 'none'}.`,
  );
}

function controlsOf(block: Json, index: number): Control[] {
  const id = textOf(block, 'block_id') ?? `block-${index}`;
  const { accessory } = block;
  const elements = [...listOf(block, 'elements'), ...(isJson(accessory) ? [accessory] : [])];
  return elements.flatMap((element): Control[] => {
    if (element['type'] === 'button') return [{ element, option: null, block: id }];
    return listOf(element, 'options').map((option) => ({ element, option, block: id }));
  });
}

function matches(control: Control, matcher: Matcher): boolean {
  if (typeof matcher === 'string') return labelOf(control) === matcher;
  if (matcher instanceof RegExp) return matcher.test(labelOf(control));
  return valueOf(control) === matcher.value;
}

function labelOf({ element, option }: Control): string {
  const { text } = option ?? element;
  return isJson(text) ? (textOf(text, 'text') ?? '') : '';
}

function valueOf({ element, option }: Control): string | undefined {
  return textOf(option ?? element, 'value');
}
