import { z } from 'zod';
import { Email, sayWrong, Text, TimeOfDay } from './field-schemas.ts';

const PHONE = /^\+[1-9]\d{6,14}$/;
const SLACK_USER = /^[UW][A-Z0-9]+$/;

export const LocaleName = z.enum(['en', 'ru']).meta({ description: 'Language: en or ru.', examples: ['en'] });

export const ZoneName = Text.meta({ description: 'IANA time zone.', examples: ['Europe/Madrid'] });

/** One entry of owners.yaml, as it is written there. */
export const PersonEntry = z
  .strictObject({
    email: Email.meta({
      description: 'Validated e-mail; who the person is, in every file.',
      examples: ['ivan@shop.test'],
    }),
    name: Text.optional().meta({ description: 'Name that others read. Default: the e-mail before the @.' }),
    role: z
      .enum(['viewer', 'operator', 'approver', 'admin'])
      .optional()
      .meta({
        description: 'What the person may do: viewer < operator < approver < admin. Default: viewer.',
        examples: ['operator'],
      }),
    teams: z
      .array(Text)
      .optional()
      .meta({ description: 'Teams the person is in.', examples: [['growth']] }),
    telegram_id: z
      .int()
      .min(1)
      .optional()
      .meta({
        description: "The person's number in Telegram; /whoami tells it.",
        examples: [1001],
      }),
    telegram: z
      .string()
      .regex(
        /^@?[A-Za-z][A-Za-z0-9_]{3,31}$/,
        sayWrong('is not a Telegram name', 'Write it without @, or give telegram_id.'),
      )
      .optional()
      .meta({ description: 'Telegram name; counts only once the person has linked the account.' }),
    slack_id: z
      .string()
      .regex(
        SLACK_USER,
        sayWrong('is not a Slack member id', "Copy it from the person's profile; it starts with U or W."),
      )
      .optional()
      .meta({
        description: 'Slack member id. Without it the person is looked up by e-mail.',
        examples: ['U0IVAN'],
      }),
    locale: LocaleName.optional(),
    timezone: ZoneName.optional(),
    quiet_hours: z
      .strictObject({ from: TimeOfDay, to: TimeOfDay })
      .optional()
      .meta({
        description: "Amber waits until they end; red does not. In the person's time zone.",
        examples: [{ from: '22:00', to: '07:00' }],
      }),
    phone: z
      .string()
      .regex(PHONE, sayWrong('is not a phone number', 'Write it as +34600111222, in quotes.'))
      .optional()
      .meta({ description: 'Phone number for SMS, with its country code.', examples: ['+34600111222'] }),
    fallback: z
      .array(z.enum(['telegram', 'slack', 'mail', 'sms']))
      .optional()
      .meta({
        description:
          'Where an alert goes when a chat of theirs fails for good, in this order. Default: telegram, slack, mail, sms.',
      }),
  })
  .meta({ title: 'Person' });

export type PersonEntry = z.infer<typeof PersonEntry>;

/** owners.yaml: the people. */
export const OwnersFile = z.array(PersonEntry).meta({
  title: 'Heartbeat people',
  description: 'The people who may use Heartbeat, and what each may do.',
});

export type OwnersFile = z.infer<typeof OwnersFile>;
