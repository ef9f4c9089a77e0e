import { lineText, nextWorkingMorning, shorten, type Answer, type Words } from '../../answers/index.ts';
import type { Question } from '../../commands/index.ts';
import { SECOND } from '../../lib/time.ts';
import { plainText, section, type Block, type PlainText } from './blocks.ts';
import { escapeText } from './mrkdwn.ts';
import { renderLines } from './render.ts';
import { SECTION_TEXT_MAX, VIEW_TITLE_MAX } from './limits.ts';
import { nameInSlack } from './slash-names.ts';

/** Names the modal that waits for an answer. */
export const ASK_MODAL = 'ask';
export const ANSWER_BLOCK = 'answer';
export const AT_ACTION = 'at';
export const TEXT_ACTION = 'text';

/** What a modal knows of why it is open; it comes back with the answer. */
export type ModalState = { question: Question; channel: string | null };

export type Modal = {
  type: 'modal';
  callback_id: string;
  private_metadata: string;
  title: PlainText;
  close: PlainText;
  submit?: PlainText;
  blocks: Block[];
};

/** Gives the modal that is shown at once, since a trigger is good for 3 s only. Pure. */
export function loadingModal(words: Words): Modal {
  return plainModal([section(escapeText(words.t('slack-loading')))], words);
}

/** Gives a modal that only says something, such as why a question is not asked. Pure. */
export function sayingModal(text: string, words: Words): Modal {
  return plainModal([section(escapeText(shorten(nameInSlack(text), SECTION_TEXT_MAX / 5) || '…'))], words);
}

function plainModal(blocks: Block[], words: Words): Modal {
  return {
    type: 'modal',
    callback_id: ASK_MODAL,
    private_metadata: '',
    title: plainText(words.t('slack-modal-title'), VIEW_TITLE_MAX),
    close: plainText(words.t('slack-modal-close'), VIEW_TITLE_MAX),
    blocks,
  };
}

export type Asking = { state: ModalState; answer: Answer; now: Date };

/** Gives the modal that asks: for an instant where one is wanted, else for words. Pure. */
export function askModal({ state, answer, now }: Asking, words: Words): Modal {
  const isInstant = state.question.kind === 'snooze_until';
  return {
    ...plainModal([], words),
    private_metadata: JSON.stringify(state),
    submit: plainText(words.t('slack-modal-submit'), VIEW_TITLE_MAX),
    blocks: [
      ...renderLines(isInstant ? answer.lines.slice(0, 2) : answer.lines, 2),
      {
        type: 'input',
        block_id: ANSWER_BLOCK,
        label: plainText(words.t('slack-modal-answer'), VIEW_TITLE_MAX),
        element: isInstant ? pickerFor(now, words) : inputFor(answer),
      },
    ],
  };
}

function pickerFor(now: Date, { timezone }: Words): Extract<Block, { type: 'input' }>['element'] {
  const first = nextWorkingMorning(now, timezone);
  return {
    type: 'datetimepicker',
    action_id: AT_ACTION,
    initial_date_time: Math.floor(first.getTime() / SECOND),
  };
}

const HINT_MAX = 150;

function inputFor({ asks }: Answer): Extract<Block, { type: 'input' }>['element'] {
  const hint = asks?.hint ?? '';
  return {
    type: 'plain_text_input',
    action_id: TEXT_ACTION,
    ...(hint === '' ? {} : { placeholder: plainText(hint, HINT_MAX) }),
  };
}

/** Gives the first line alone. */
export function firstLineOf({ lines: [first = []] }: Answer): string {
  return nameInSlack(lineText(first));
}
