/**
 * Everything a person or an agent can ask, as one table. In: a caller, a text or a button's data. Out: answers and toasts. Chats,
 * help, command menus, the docs and the API iterate it.
 */
export { answerText, type CommandRequest } from './run.ts';
export type { Pressed } from './pressed.ts';
export { answerPress } from './presses.ts';
export { offerInline, type InlineCard, type InlineOffer } from './inline.ts';
export { noteReply } from './notes.ts';
export { isReadingPress, isReadingText } from './reads.ts';
export { createTurns } from './rate-limit.ts';
export { answerQuestion, dropQuestion, type Answered, type Question } from './questions.ts';
export { commandsOf } from './listed.ts';
export { findRoom } from './room.ts';
export { createStandingAnswers } from './standing.ts';
export { commands } from './table.ts';
export { START_PREFIX } from './watchlist.ts';
export type { Command, CommandContext, CommandDeps } from './types.ts';
