// https://learn.microsoft.com/microsoftteams: a message of a web hook takes 28 KB.
const BODY_MAX_BYTES = 28 * 1024;
/** Lengths of a line, the first that fits the whole: the last always does. */
const LINE_MAX_STEPS = [4_000, 1_000, 400, 100] as const;

export type TextBlock = {
  type: 'TextBlock';
  text: string;
  wrap: true;
  weight?: 'Bolder';
  size?: 'Medium';
  color?: Tone;
  fontType?: 'Monospace';
  isSubtle?: true;
};
export type CardElement =
  | TextBlock
  | { type: 'FactSet'; facts: { title: string; value: string }[] }
  | { type: 'Image'; url: string; altText: string; size: 'Stretch' };
export type CardAction = { type: 'Action.OpenUrl'; title: string; url: string };
export type Tone = 'Attention' | 'Warning' | 'Good' | 'Default';

/** The body that Teams' Workflows take: one Adaptive Card. */
export type CardMessage = {
  type: 'message';
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive';
      contentUrl: null;
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
        type: 'AdaptiveCard';
        version: '1.4';
        msteams: { width: 'Full' };
        body: CardElement[];
        actions?: CardAction[];
      };
    },
  ];
};

/** Gives the first card that fits into a message, made with ever shorter lines. */
export function fitCard(make: (lineMax: number) => CardMessage): CardMessage {
  const [largest, ...smaller] = LINE_MAX_STEPS;
  let message = make(largest);
  for (const lineMax of smaller) {
    if (Buffer.byteLength(JSON.stringify(message)) <= BODY_MAX_BYTES) break;
    message = make(lineMax);
  }
  return message;
}

/** Puts a card into the message that Workflows take. */
export function envelope(body: CardElement[], actions: CardAction[]): CardMessage {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 && { actions }),
  } as const;
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
