import { z } from 'zod';
import { DAY, parseDuration } from '../lib/time.ts';

const MAX_SPAN_MS = 366 * DAY;
const DURATION_HINT = 'Write a number and s, m, h, d or w, such as 15m.';
const SLUG_PATTERN = /^[a-z][a-z0-9_]{1,62}$/;

/** Tells whether a text may be the id of a metric, cut, domain, page or workspace. */
export function isSlug(text: string): boolean {
  return SLUG_PATTERN.test(text);
}

/** What a slug is, as a hint. */
export const SLUG_HINT = 'Use a-z, 0-9 and _, starting with a letter, 2 to 63 characters.';

/**
 * Joins what is wrong with a value and what to do instead, as the message of a schema. The reason continues the sentence
 * "<key> <value> …" and has no full stop.
 */
export function sayWrong(reason: string, hint: string): string {
  return `${reason}\n${hint}`;
}

/** A text that says something. */
export const Text = z.string().regex(/\S/, sayWrong('says nothing', 'Write something or remove the line.'));

export const Slug = z.string().regex(SLUG_PATTERN, sayWrong('is not a slug', SLUG_HINT));

export const Email = z
  .string()
  .regex(/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/, sayWrong('is not an e-mail', 'Write it like ivan@shop.test.'));

/** A number and a unit, from a second to a year, so that every window is an instant that databases know. */
export const Duration = z
  .string()
  .regex(/^[1-9][0-9]{0,5}(s|m|h|d|w)$/, sayWrong('is not a duration', DURATION_HINT))
  .refine(
    (text) => (parseDuration(text)?.ms ?? 0) <= MAX_SPAN_MS,
    sayWrong('is longer than a year', DURATION_HINT),
  );

export const Day = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, sayWrong('is not a date', 'Write it like 2026-12-31.'));

export const Moment = z
  .string()
  .regex(
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$/,
    sayWrong('is not a time', 'Write a date like 2026-11-01 or a time like 2026-11-01T09:30:00Z.'),
  );

export const TimeOfDay = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, sayWrong('is not a time of day', 'Write it like "22:00".'));

export const LinkRole = z.enum(['explains', 'drilldown']).meta({
  description: 'explains: shown with "Why"; drilldown: one tap further.',
});

export const VerificationState = z.enum(['unverified', 'verified']).meta({
  description:
    'Only a verified metric alerts. It stays verified as long as its definition is the one that was verified.',
});

export const Verified = z
  .strictObject({
    by: Email.meta({ description: 'E-mail of the person who verified it.' }),
    at: Moment.meta({
      description: 'Date or time of the verification. A changed definition needs a new one.',
    }),
  })
  .meta({
    description: 'Who verified this definition, and when.',
    examples: [{ by: 'ivan@shop.test', at: '2026-11-01' }],
  });

export const Sql = Text.meta({
  description:
    'One SELECT on the warehouse, with :from and :to as the limits of time. Write it as a block: "sql: |".',
});

export const SqlFile = Text.meta({
  description: 'File with the SQL, relative to this file, inside the workspace folder.',
  examples: ['./checkout_conversion.sql'],
});

export const Schedule = Text.meta({
  description: "Cron of 5 or 6 fields in the workspace's time zone.",
  examples: ['17 * * * *'],
});

/** Exactly one place for the SQL, for JSON Schema; the loader says it in words. */
export const ONE_SQL = { oneOf: [{ required: ['sql'] }, { required: ['sql_file'] }] };
