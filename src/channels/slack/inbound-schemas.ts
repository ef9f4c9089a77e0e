import { z } from 'zod';

// https://docs.slack.dev/interactivity/implementing-slash-commands, /reference/interaction-payloads, /reference/events: the parts that are read.
export const Command = z.object({
  command: z.string(),
  text: z.string().optional(),
  user_id: z.string(),
  team_id: z.string().optional(),
  channel_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string().optional(),
});

export const Event = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().optional(),
  team_id: z.string().optional(),
  event: z.object({ type: z.string() }).loose(),
});
export const Message = z.object({
  type: z.literal('message'),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user: z.string(),
  user_team: z.string().optional(),
  team: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  text: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});
export const HomeOpened = z.object({
  type: z.literal('app_home_opened'),
  user: z.string(),
  tab: z.literal('home'),
});
export const LinkShared = z.object({
  type: z.literal('link_shared'),
  user: z.string(),
  channel: z.string(),
  message_ts: z.string(),
  links: z.array(z.object({ url: z.string() })),
});

const Person = z.object({ id: z.string(), team_id: z.string().optional() });
export const Press = z.object({
  type: z.literal('block_actions'),
  user: Person,
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ thread_ts: z.string().optional() }).optional(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  actions: z
    .array(
      z.object({
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .nonempty(),
});
export const Submission = z.object({
  type: z.literal('view_submission'),
  user: Person,
  trigger_id: z.string().optional(),
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({ selected_date_time: z.number().nullish(), value: z.string().nullish() }),
        ),
      ),
    }),
  }),
});
