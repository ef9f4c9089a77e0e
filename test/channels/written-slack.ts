import type { Block, Element } from '../../src/channels/slack/blocks.ts';
import type { Rendered } from '../../src/channels/slack/render.ts';

/** Writes a message as Slack gets it, so that a file of it can be reviewed. */
export function writeSlack({ text, blocks }: Rendered): string {
  return [`text: ${text}`, ...blocks.map(writeBlock)].join('\n');
}

function writeBlock(block: Block): string {
  switch (block.type) {
    case 'section':
      return `[section] ${block.text.text}`;
    case 'image':
      return `[image ${block.slack_file.id}] ${block.alt_text}`;
    case 'actions':
      return `[actions] ${block.elements.map(writeElement).join('   ')}`;
    case 'context':
      return `[context] ${block.elements.map(({ text }) => text).join('   ')}`;
    case 'header':
      return `[header] ${block.text.text}`;
    case 'input':
      return `[input] ${block.label.text}: ${writeElement(block.element)}`;
    case 'divider':
      return '[divider]';
  }
}

function writeElement(element: Element): string {
  switch (element.type) {
    case 'button':
      return 'url' in element
        ? `[${element.text.text}] ${element.url}`
        : `[${element.text.text}] ${element.value}${element.style ? ` (${element.style})` : ''}`;
    case 'static_select': {
      const options = element.options.map(({ text, value }) => `${text.text} = ${value}`);
      return `[${element.placeholder.text} ▾ ${options.join(' | ')}]`;
    }
    case 'datetimepicker':
      return `(instant ${element.initial_date_time})`;
    case 'plain_text_input':
      return `(words, such as ${element.placeholder?.text ?? '—'})`;
  }
}
