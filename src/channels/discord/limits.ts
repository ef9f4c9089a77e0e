// https://discord.com/developers/docs: Execute Webhook, Embed Limits, Message Flags. Lengths are UTF-16 units, the strictest reading.
/** Text of a message. */
export const CONTENT_MAX = 2_000;
/** Of an embed, whose parts together may have 6,000. */
export const DESCRIPTION_MAX = 4_096;
/** Nobody's phone rings. */
export const SUPPRESS_NOTIFICATIONS = 4_096;
export const PICTURE_NAME = 'heartbeat.png';
