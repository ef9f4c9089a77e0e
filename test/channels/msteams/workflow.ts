/** A Teams workflow "Post to a channel when a webhook request is received", strict: Adaptive Cards 1.4, 28 KB, https only. */
import { z } from 'zod';
import { readJson, startStandIn, type Asked, type Reply } from '../stand-in.ts';

const PATH = '/workflows/1f/triggers/manual/paths/invoke';
const QUERY = '?api-version=2016-06-01&sig=t0p-secret';
const BODY_MAX_BYTES = 28 * 1024;

const https = z.url({ protocol: /^https$/ });
const TextBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string().min(1),
  wrap: z.boolean().optional(),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
  color: z.enum(['Default', 'Attention', 'Warning', 'Good', 'Accent']).optional(),
  fontType: z.enum(['Default', 'Monospace']).optional(),
  isSubtle: z.boolean().optional(),
});
const FactSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })).min(1),
});
const Image = z.strictObject({
  type: z.literal('Image'),
  url: https,
  altText: z.string(),
  size: z.enum(['Auto', 'Stretch', 'Small', 'Medium', 'Large']),
});
const OpenUrl = z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string().min(1), url: https });
const Message = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: z.strictObject({
        $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
        type: z.literal('AdaptiveCard'),
        version: z.enum(['1.4', '1.5']),
        msteams: z.strictObject({ width: z.literal('Full') }),
        body: z.array(z.discriminatedUnion('type', [TextBlock, FactSet, Image])).min(1),
        actions: z.array(OpenUrl).min(1).max(6).optional(),
      }),
    }),
  ]),
});
export type Card = z.infer<typeof Message>['attachments'][0]['content'];

export async function startWorkflow() {
  const cards: Card[] = [];
  const take = ({ method, url, headers, body }: Asked): Reply => {
    if (url.pathname !== PATH) return refuse(404, 'WorkflowNotFound');
    if (url.searchParams.get('sig') !== 't0p-secret') return refuse(401, 'DirectApiAuthorizationRequired');
    if (method !== 'POST' || headers.get('content-type') !== 'application/json')
      return refuse(400, 'InvalidRequest');
    if (body.length > BODY_MAX_BYTES) return refuse(413, 'RequestEntityTooLarge');
    const message = Message.safeParse(readJson(body));
    if (!message.success) return refuse(400, 'InvalidRequestContent');
    cards.push(message.data.attachments[0].content);
    return { status: 202 };
  };
  const server = await startStandIn(take);
  return { ...server, hook: `${server.url}${PATH}${QUERY}`, cards };
}

export function refuse(status: number, code: string): Reply {
  return {
    status,
    body: JSON.stringify({ error: { code, message: `the workflow at /1f?sig=t0p-secret: ${code}` } }),
  };
}
