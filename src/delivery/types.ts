import type { AlertView, Answer } from '../answers/index.ts';

/** Where a message goes. `topic` is a forum topic of a Telegram group. */
export type Place =
  | { channel: 'telegram'; chat: string; topic: number | null }
  | { channel: 'slack'; conversation: string }
  | { channel: 'mail'; address: string }
  /** a named address of the settings: its URL is a secret, so that nothing else holds it */
  | { channel: 'webhook' | 'msteams' | 'discord'; name: string }
  /** a phone number, E.164 */
  | { channel: 'sms'; number: string };

export type ChannelName = Place['channel'];

/** `post` makes the alert's message, `edit` redraws it, `reply` answers it and notifies, `notice` stands alone. */
export type Operation = 'post' | 'edit' | 'reply' | 'notice';

export const PRIORITY = { press: 0, red: 1, rest: 2, value: 3 } as const;

export type Hold = { until: Date; reason: string };

/** A delivery that is decided and not yet stored. */
export type DeliveryDraft = {
  /** unique per workspace: alert, edge, place, operation */
  key: string;
  alertId: string | null;
  edge: string;
  place: Place;
  operation: Operation;
  silent: boolean;
  priority: number;
  /** kept back until then by the program's clock, and why: quiet hours, a maintenance window */
  hold: Hold | null;
  /** facts frozen at the edge, for replies and notices */
  payload: Record<string, unknown>;
};

/**
 * What all messages of one alert, storm or silent source have in common: mail makes a thread of them. The subject is constant
 * and ends in the number: `Checkout conversion (A-1042)`.
 */
export type Thread = { id: string; subject: string };

/** A picture to show with a message. */
export type MessagePicture = { png: Uint8Array; contentHash: string; alt: string };

/** What a message is to show, and where. */
export type MessageRequest = {
  place: Place;
  operation: Operation;
  answer: Answer;
  /** PNG to show with the text; null = text only */
  picture: MessagePicture | null;
  /** platform's id of the message to edit, or to reply to */
  messageId: string | null;
  /** the message to edit shows a picture already */
  hasPicture: boolean;
  silent: boolean;
  /** a crash may have sent this already: mark it as a repeat */
  maybeSent: boolean;
};

/** What a channel is asked to do with one delivery. */
export type SendRequest = MessageRequest & {
  /** the delivery's id: the same over all its tries, so that a receiver can tell a repeat */
  deliveryId: string;
  /** the edge that it is about, such as `entered_red` */
  edge: string;
  /** when it was decided */
  createdAt: Date;
  /** null for a message that stands alone */
  thread: Thread | null;
  /** the facts behind the words, for channels that send data; null where it is not about an alert of a metric */
  view: AlertView | null;
};

/** What became of one attempt: the error classes of alerts.md. */
export type SendOutcome =
  | { kind: 'sent'; messageId: string; hasPicture: boolean }
  /** `maybeSent`: the call may have reached the platform (cut or timed out after it was written) */
  | { kind: 'retry'; reason: string; statusCode: number | null; maybeSent: boolean }
  | { kind: 'wait'; afterMs: number; reason: string }
  | { kind: 'moved'; to: Place; reason: string }
  /** the topic is deleted: post to the chat without it */
  | { kind: 'topic_gone'; reason: string }
  | { kind: 'gone'; reason: string; statusCode: number | null }
  /** our fault: the platform refuses this content; a plain-text form is tried once */
  | { kind: 'bad'; reason: string; statusCode: number | null }
  /** the message to edit no longer exists or cannot be edited */
  | { kind: 'lost'; reason: string }
  /** the token is refused: nothing will pass until a person acts */
  | { kind: 'unauthorized'; reason: string };

/** How fast a channel takes messages; sends and edits count together. */
export type ChannelLimits = {
  /** least gap between two calls to one place */
  perPlaceGapMs: number;
  /** at most `count` calls to one group in any `windowMs` */
  perGroup: { count: number; windowMs: number } | null;
  /** calls a second over all places */
  perBotPerSecond: number | null;
};

/** The port that Telegram, Slack, mail and web hooks implement. */
export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Tells whether a place is a group (has the group's window limit). */
  isGroup(place: Place): boolean;
  /** Makes one call (or the few that one message takes); never throws, never retries, never waits for pacing. */
  send(request: SendRequest): Promise<SendOutcome>;
}

/** A delivery that this process holds the lease of. */
export type ClaimedDelivery = {
  id: string;
  alertId: string | null;
  edge: string;
  place: Place;
  lane: string;
  operation: Operation;
  silent: boolean;
  priority: number;
  attempts: number;
  maybeSent: boolean;
  payload: Record<string, unknown>;
  createdAt: Date;
  /** since when it could have been sent: it was decided, or let go, then */
  dueAt: Date;
  /** it was kept back: what it says may be over by now */
  wasHeld: boolean;
};

/** What a delivery says, made at send time from the state as it is then. */
export type Composed =
  | {
      kind: 'send';
      answer: Answer;
      thread: Thread | null;
      view: AlertView | null;
      picture: SendRequest['picture'];
      messageId: string | null;
      hasPicture: boolean;
      /** the picture was not ready: an edit adds it when it is */
      pictureFollows: boolean;
    }
  | { kind: 'skip'; reason: string };

/** Makes the words of a delivery; and, when one failed for good, who else must hear of it. */
export interface Composer {
  compose(delivery: ClaimedDelivery): Promise<Composed>;
  listFallbacks(delivery: ClaimedDelivery, reason: string): readonly DeliveryDraft[];
}
