/**
 * Microsoft Teams, by Workflows' web hooks. In: deliveries to named addresses. Out: one Adaptive Card each, inside Teams' limits;
 * what became of each call.
 */
export { createTeamsChannel, type TeamsOptions } from './channel.ts';
export type { TeamsReader } from './render.ts';
