import { z } from 'zod';
import { Duration, Email, Moment, Schedule, sayWrong, Slug, Text } from './field-schemas.ts';
import { LocaleName, ZoneName } from './owners-file.ts';

const TelegramChat = z
  .int()
  .meta({ description: 'Telegram chat number; groups are negative.', examples: [-100200] });

const SlackChannel = z
  .string()
  .regex(
    /^[CGD][A-Z0-9]+$/,
    sayWrong('is not a Slack channel id', "Copy it from the channel's details; it starts with C."),
  )
  .meta({ description: 'Slack channel id.', examples: ['C0GROWTH'] });

const HookName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,30}$/, sayWrong('is not a name', 'Use small letters, digits, _ and -.'));

const hooks = {
  webhook: HookName.optional().meta({
    description: 'Name of a web hook of the setting WEBHOOKS.',
    examples: ['pager'],
  }),
  msteams: HookName.optional().meta({
    description: 'Name of a Microsoft Teams web hook of the setting MSTEAMS_WEBHOOKS.',
  }),
  discord: HookName.optional().meta({
    description: 'Name of a Discord web hook of the setting DISCORD_WEBHOOKS.',
  }),
};

const Room = z
  .strictObject({
    telegram: TelegramChat.optional(),
    telegram_topic: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Topic of a forum group.', examples: [7] }),
    slack: SlackChannel.optional(),
    ...hooks,
    teams: z
      .array(Text)
      .optional()
      .meta({ description: 'Teams whose metrics are posted here.', examples: [['growth']] }),
  })
  .meta({ description: 'A chat that the bot serves and posts to.' });

const Maintenance = z
  .strictObject({
    name: Text.meta({ description: 'What is done.', examples: ['Warehouse upgrade'] }),
    from: Moment.optional().meta({
      description: "Start, in the workspace's time zone.",
      examples: ['2026-12-01T22:00'],
    }),
    to: Moment.optional().meta({ description: 'End.', examples: ['2026-12-02T02:00'] }),
    cron: Schedule.optional(),
    for: Duration.optional().meta({
      description: 'Length of each window that cron starts.',
      examples: ['2h'],
    }),
    metrics: z.array(Slug).optional(),
    domains: z.array(Slug).optional(),
    sources: z.array(Text).optional(),
  })
  .meta({
    description: 'A time when nothing is posted; of everything unless metrics, domains or sources are given.',
  });

const Policies = z
  .strictObject({
    storm: z
      .strictObject({ more_than: z.int().min(1).optional(), within: Duration.optional() })
      .optional()
      .meta({
        description: 'More pushes than this to one place are folded into one message. Default: 5 within 60s.',
      }),
    escalate_after: Duration.optional().meta({
      description: 'A red alert nobody acks goes up the ladder. Default: 15m.',
    }),
    ack_timeout: Duration.optional().meta({
      description: 'An acked alert that stays red is said again. Default: 4h.',
    }),
    escalation: z
      .array(z.union([z.enum(['owner', 'rooms', 'ops']), Email]))
      .optional()
      .meta({
        description: 'The ladder: owner, rooms, ops, or the e-mail of a deputy. Default: owner, rooms, ops.',
        examples: [['owner', 'rooms', 'deputy@shop.test', 'ops']],
      }),
    inline: z.boolean().optional().meta({
      description:
        'Offers metric cards to people who type the name of the bot in any Telegram chat; /setinline of @BotFather too. Default: false.',
    }),
    self_watch: z.boolean().optional().meta({
      description:
        'Adds metrics about Heartbeat itself, in the domain heartbeat; their alerts go to the ops inbox. Default: false.',
    }),
  })
  .meta({ description: 'How alerts behave.' });

/** workspace.yaml, as it is written there. */
export const WorkspaceFile = z
  .strictObject({
    name: Text.meta({ description: 'Name of the company or team.', examples: ['Corner Shop'] }),
    id: Slug.optional().meta({
      description: 'Key of its rows in the database. Default: the name as a slug.',
    }),
    timezone: ZoneName.optional().meta({
      description: 'IANA time zone of periods and schedules. Default: UTC.',
    }),
    locale: LocaleName.optional().meta({
      description: 'Language of rooms and of people without their own. Default: en.',
    }),
    ops_inbox: z
      .strictObject({
        email: Email.optional(),
        telegram: TelegramChat.optional(),
        slack: SlackChannel.optional(),
        ...hooks,
      })
      .optional()
      .meta({ description: 'Where alerts go that nobody owns, and failures of delivery.' }),
    rooms: z.array(Room).optional(),
    policies: Policies.optional(),
    maintenance: z.array(Maintenance).optional(),
  })
  .meta({
    title: 'Heartbeat workspace',
    description: 'One tenant: its name, time zone, rooms and policies.',
  });

export type WorkspaceFile = z.infer<typeof WorkspaceFile>;
