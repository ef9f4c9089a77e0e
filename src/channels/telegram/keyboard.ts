import type { Button } from '../../answers/index.ts';
import { HeartbeatError } from '../../errors.ts';
import { BUTTONS_MAX, BUTTONS_PER_ROW_MAX, CALLBACK_DATA_MAX_BYTES } from './limits.ts';
import { isClickable } from './link.ts';

export type KeyboardButton = { text: string; callback_data: string } | { text: string; url: string };
export type Keyboard = KeyboardButton[][];

/** Says what to do with a button that Telegram would refuse: tests throw, production leaves it out and logs. */
export type OnRefusedButton = (error: HeartbeatError) => void;

/** An address that Telegram takes in no button: it goes into the text. */
export type MovedLink = { label: string; url: string };

/**
 * Gives buttons as an inline keyboard. A button Telegram would refuse, and with it the whole message, is reported and left out
 * (`button_invalid`); one whose host has no dot, such as localhost, becomes a link for the text.
 */
export function renderKeyboard(
  rows: readonly (readonly Button[])[],
  onRefused: OnRefusedButton,
): { keyboard: Keyboard; moved: MovedLink[] } {
  const moved: MovedLink[] = [];
  const keyboard: Keyboard = [];
  for (const row of rows) {
    const buttons = row
      .map((button) => renderButton(button, moved, onRefused))
      .filter((button) => button !== undefined);
    for (let at = 0; at < buttons.length; at += BUTTONS_PER_ROW_MAX)
      keyboard.push(buttons.slice(at, at + BUTTONS_PER_ROW_MAX));
  }
  return { keyboard: keepFirst(keyboard, onRefused), moved };
}

function renderButton(
  button: Button,
  moved: MovedLink[],
  onRefused: OnRefusedButton,
): KeyboardButton | undefined {
  const text = button.label.toWellFormed().trim();
  if (text === '') return refuse(onRefused, button.label, 'its label is empty');
  if ('press' in button) {
    const bytes = Buffer.byteLength(button.press);
    return bytes >= 1 && bytes <= CALLBACK_DATA_MAX_BYTES
      ? { text, callback_data: button.press }
      : refuse(
          onRefused,
          text,
          `its data has ${bytes} bytes, Telegram takes 1 to ${CALLBACK_DATA_MAX_BYTES}`,
        );
  }
  if (isClickable(button.url)) return { text, url: button.url };
  if (!/^https?:/i.test(button.url)) return refuse(onRefused, text, 'its address is not http, https or tg');
  moved.push({ label: text, url: button.url });
  return undefined;
}

function keepFirst(keyboard: Keyboard, onRefused: OnRefusedButton): Keyboard {
  let room = BUTTONS_MAX;
  const kept = keyboard.map((row) => {
    const part = row.slice(0, room);
    room -= part.length;
    return part;
  });
  if (keyboard.flat().length > BUTTONS_MAX) refuse(onRefused, '', `a message takes ${BUTTONS_MAX} buttons`);
  return kept.filter((row) => row.length > 0);
}

function refuse(onRefused: OnRefusedButton, label: string, why: string): undefined {
  onRefused(
    new HeartbeatError(
      'button_invalid',
      `The button "${label}" was left out: ${why}. Correct where the answer is made.`,
      {
        details: { label },
      },
    ),
  );
}
