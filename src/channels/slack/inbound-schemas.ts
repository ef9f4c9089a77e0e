import { z } from 'zod';

// https://docs.slack.dev/interactivity/implementing-slash-commands, /reference/interaction-payloads, /reference/events: the parts that are read.
/** Servers that are not Slack's own leave parts out, or say null. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

export const Command = z.object({
  command: z.string(),
  text: text,
  user_id: z.string(),
  team_id: text,
  channel_id: text,
  response_url: text,
  trigger_id: text,
});

export const Event = z.object({
  type: z.literal('event_callback'),
  event_id: text,
  team_id: text,
  event: z.object({ type: z.string(), event_ts: text }).loose(),
});
export const Message = z.object({
  type: z.literal('message'),
  subtype: text,
  bot_id: text,
  user: z.string(),
  user_team: text,
  team: text,
  channel: z.string(),
  channel_type: text,
  text: text,
  ts: z.string(),
  thread_ts: text,
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

const Person = z.object({ id: z.string(), team_id: text });
export const Press = z.object({
  type: z.literal('block_actions'),
  user: Person,
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ thread_ts: text, channel_id: text }).nullish(),
  trigger_id: text,
  response_url: text,
  actions: z
    .array(
      z.object({
        value: text,
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .nonempty(),
});
export const Submission = z.object({
  type: z.literal('view_submission'),
  user: Person,
  trigger_id: text,
  view: z.object({
    id: z.string(),
    hash: text,
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(z.string(), z.object({ selected_date_time: z.number().nullish(), value: text })),
      ),
    }),
  }),
});
