/**
 * WHAT is said by the clock. In: what chats want posted and when; cockpits that are to be kept up to date. Out: deliveries, each
 * time once over all processes; the answers themselves are made by commands.
 */
export type * from './types.ts';
export { PinnedPayload, ScheduledPayload } from './payloads.ts';
export { pinCockpit, unpinCockpit } from './pin.ts';
export { mendTimes, planPost, postDue } from './post.ts';
export { createScheduler, type Scheduler } from './scheduler.ts';
export { changeSchedule, createSchedule, listSchedules, type NewSchedule } from './verbs.ts';
