import { badRequest } from '../failure.ts';
import { readButtonAbove, readInlineResults } from '../inline-results.ts';
import type { Method } from './types.ts';

const CACHE_DEFAULT_SECONDS = 300;
const CACHE_MAX_SECONDS = 24 * 60 * 60;
const NEXT_OFFSET_MAX_BYTES = 64;

/** https://core.telegram.org/bots/api#answerinlinequery */
export const answerInlineQuery: Method = ({ world, bot, params }) => {
  const results = readInlineResults(params, { files: world.files, bot: bot.id });
  const nextOffset = params.text('next_offset');
  if (Buffer.byteLength(nextOffset) > NEXT_OFFSET_MAX_BYTES) throw badRequest('NEXT_OFFSET_INVALID');
  world.inlineQueries.answer(bot.id, params.text('inline_query_id'), {
    results,
    button: readButtonAbove(params),
    nextOffset,
    isPersonal: params.flag('is_personal'),
    cacheSeconds: Math.min(
      CACHE_MAX_SECONDS,
      Math.max(0, params.integer('cache_time') ?? CACHE_DEFAULT_SECONDS),
    ),
  });
  return true;
};
