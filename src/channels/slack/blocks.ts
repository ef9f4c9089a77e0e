import { shorten } from '../../answers/index.ts';
import { escapeText } from './mrkdwn.ts';
import { nameInSlack } from './slash-names.ts';

/** More is no small line any more. An escaped character may be five, of 3,000. */
const SMALL_TEXT_MAX = 600;

export type PlainText = { type: 'plain_text'; text: string; emoji: boolean };
export type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: boolean };

export type Option = { text: PlainText; value: string };
export type Element =
  | { type: 'button'; action_id: string; text: PlainText; value: string; style?: 'primary' }
  | { type: 'button'; action_id: string; text: PlainText; url: string }
  | { type: 'static_select'; action_id: string; placeholder: PlainText; options: Option[] }
  | { type: 'datetimepicker'; action_id: string; initial_date_time: number }
  | { type: 'plain_text_input'; action_id: string; placeholder?: PlainText };

/** The blocks that Heartbeat's messages and views are made of. */
export type Block =
  | { type: 'section'; text: Mrkdwn }
  | { type: 'image'; slack_file: { id: string }; alt_text: string }
  | { type: 'actions'; elements: Element[] }
  | { type: 'context'; elements: Mrkdwn[] }
  | { type: 'divider' }
  | { type: 'header'; text: PlainText }
  | { type: 'input'; block_id: string; label: PlainText; element: Element };

/** Gives a text as it is, cut to its limit; Slack takes none that is empty. */
export function plainText(text: string, max: number): PlainText {
  return { type: 'plain_text', text: shorten(text, max) || '…', emoji: true };
}

/** Gives a text that is escaped already; `verbatim`: Slack makes no links and calls of what looks like some. */
export function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

/** Gives a small line under or above a message. */
export function context(text: string): Block {
  return {
    type: 'context',
    elements: [mrkdwn(escapeText(shorten(nameInSlack(text), SMALL_TEXT_MAX)) || '…')],
  };
}
