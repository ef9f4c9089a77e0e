import { HOUR, SECOND } from '../../lib/time.ts';

// https://docs.slack.dev/reference/block-kit/blocks and /block-elements; lengths in UTF-16 units, the strictest reading.
export const SECTION_TEXT_MAX = 3_000;
export const ACTIONS_MAX = 25;
export const BUTTON_TEXT_MAX = 75;
export const OPTION_TEXT_MAX = 75;
export const PLACEHOLDER_MAX = 150;
export const ALT_TEXT_MAX = 2_000;
export const URL_MAX = 3_000;
export const VIEW_TITLE_MAX = 24;
export const BUTTON_VALUE_MAX = 2_000;
/** Of `text` in an update; a post may have more. */
export const PLAIN_TEXT_MAX = 4_000;

/** Sections of a message, of its code, and rows of its buttons: together with a picture and a mark they stay below 50 blocks. */
export const SECTIONS_MAX = 18;
export const CODE_SECTIONS_MAX = 4;
export const ROWS_MAX = 20;

/** A call that takes longer counts as lost. */
export const CALL_TIMEOUT_MS = 10 * SECOND;
/** Slack processes an upload; a message waits no longer for it. */
export const FILE_WAIT_MS = 5 * SECOND;
/** An answer to a person is sent without its picture after this. */
export const PICTURE_PATIENCE_MS = 700;
/** Slack gives an app 3 s to take a request, and to answer a modal. */
export const ACK_GUARD_MS = 2.5 * SECOND;
/** What Slack tells of a person changes rarely. */
export const PERSON_TTL_MS = HOUR;
