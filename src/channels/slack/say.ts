import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Button, Words } from '../../answers/index.ts';
import type { CommandDeps } from '../../commands/index.ts';
import type { MessagePicture } from '../../delivery/index.ts';
import { PICTURE_PATIENCE_MS } from './limits.ts';
import type { SlackPictures } from './pictures.ts';
import { renderAnswer, type Rendered } from './render.ts';
import type { Responder } from './respond.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

export type SayOptions = {
  deps: CommandDeps;
  pictures: SlackPictures;
  responder: Responder;
  words: Words;
  /** under the answer, such as "Share here"; null where there is none */
  extra: Button | null;
  /** a last line; null where there is none */
  mark?: string | null;
};

/** Says answers that follow each other, one in place of the other where Slack allows that; a picture that takes long follows its text. */
export async function say(answers: AsyncIterable<Answer>, options: SayOptions): Promise<void> {
  for await (const answer of answers) await sayOne(answer, options);
}

async function sayOne(answer: Answer, options: SayOptions): Promise<void> {
  const { responder } = options;
  const picture = answer.picture ? bring(answer, options) : Promise.resolve(null);
  const soon = await Promise.race([picture, sleep(PICTURE_PATIENCE_MS, 'late' as const, { ref: false })]);
  if (soon !== 'late') {
    await responder.replace(render(answer, options, soon));
    return;
  }
  await responder.replace(render(answer, options, null));
  const late = await picture;
  if (late !== null) await responder.replace(render(answer, options, late));
}

type Shown = { fileId: string; alt: string };

function render(answer: Answer, { words, extra, mark }: SayOptions, picture: Shown | null): Rendered {
  const buttons = extra === null ? (answer.buttons ?? []) : [...(answer.buttons ?? []), [extra]];
  return renderAnswer({ ...answer, buttons }, { words, picture, ...(mark ? { mark } : {}) });
}

/** A picture that cannot be drawn or brought to Slack leaves the text alone. */
async function bring(answer: Answer, { deps, pictures }: SayOptions): Promise<Shown | null> {
  try {
    const picture = await draw(deps, answer);
    if (picture === null) return null;
    const brought = await pictures.bring(picture);
    return brought.kind === 'ready' ? { fileId: brought.fileId, alt: picture.alt } : null;
  } catch (error) {
    deps.log.warn(
      { err: error, reason: describeTrouble(toTrouble(error)) },
      'a picture could not be shown; the text stands alone',
    );
    return null;
  }
}

/** Draws the picture of an answer; null where it has none. */
export async function draw(
  deps: Pick<CommandDeps, 'pictures'>,
  answer: Answer,
): Promise<MessagePicture | null> {
  if (!answer.picture) return null;
  const { png, contentHash } = await deps.pictures.render(answer.picture.spec);
  return { png, contentHash, alt: answer.picture.alt };
}
