/** Discord's side of a web hook, strict: https://discord.com/developers/docs/resources/webhook, /resources/message, error codes. */
import { z } from 'zod';
import { readJson, startStandIn, type Asked, type Reply } from '../stand-in.ts';

const PATH = '/api/webhooks/77/t0p-secret';
const Embed = z
  .strictObject({
    title: z.string().min(1).max(256).optional(),
    description: z.string().min(1).max(4096).optional(),
    color: z.int().min(0).max(0xffffff).optional(),
    footer: z.strictObject({ text: z.string().min(1).max(2048) }).optional(),
    image: z.strictObject({ url: z.string().regex(/^attachment:\/\/[\w.-]+$/) }).optional(),
  })
  .refine(
    ({ title = '', description = '', footer }) =>
      title.length + description.length + (footer?.text ?? '').length <= 6000,
    'embeds have 6000 characters at most',
  );
const Payload = z.strictObject({
  content: z.string().max(2000).optional(),
  embeds: z.array(Embed).max(10).optional(),
  allowed_mentions: z.strictObject({ parse: z.array(z.enum(['everyone', 'users', 'roles'])) }).optional(),
  flags: z.int().optional(),
  attachments: z
    .array(z.strictObject({ id: z.int(), filename: z.string(), description: z.string().max(1024) }))
    .optional(),
});
type Payload = z.infer<typeof Payload>;

export type DiscordView = Payload & {
  id: string;
  files: string[];
  silent: boolean;
  edits: number;
  threadId: string | null;
};

export async function startDiscord() {
  const messages = new Map<string, DiscordView>();
  let gone = false;
  const take = async (asked: Asked): Promise<Reply> => {
    if (gone || !asked.url.pathname.startsWith(PATH)) return refuse(404, 10_015, 'Unknown Webhook');
    const upload = await readUpload(asked);
    if (!upload) return refuse(400, 50_035, 'Invalid Form Body');
    const id = /^\/messages\/(\d+)$/.exec(asked.url.pathname.slice(PATH.length))?.[1];
    return asked.method === 'PATCH' ? edit(id, upload) : post(asked.url, upload);
  };
  const post = (url: URL, { payload, files }: Upload): Reply => {
    const threadId = url.searchParams.get('thread_id');
    const id = String(1_000 + messages.size);
    const { flags = 0 } = payload;
    if ((flags & ~(4 | 4096)) !== 0 || !isWhole(payload, files))
      return refuse(400, 50_006, 'Cannot send an empty message');
    messages.set(id, { ...payload, id, files, silent: (flags & 4096) !== 0, edits: 0, threadId });
    if (url.searchParams.get('wait') !== 'true') return { status: 204 };
    return { status: 200, body: JSON.stringify({ id, channel_id: '9', type: 0 }) };
  };
  const edit = (id: string | undefined, { payload, files }: Upload): Reply => {
    const message = messages.get(id ?? '');
    if (!message) return refuse(404, 10_008, 'Unknown Message');
    const kept = payload.attachments === undefined ? message.files : [];
    const next = { ...message, ...payload, files: [...kept, ...files], edits: message.edits + 1 };
    if (payload.flags !== undefined || !isWhole(next, next.files))
      return refuse(400, 50_035, 'Invalid Form Body');
    messages.set(message.id, next);
    return { status: 200, body: JSON.stringify({ id, channel_id: '9', type: 0 }) };
  };
  const server = await startStandIn(take);
  return {
    ...server,
    hook: `${server.url}${PATH}`,
    messages: () => [...messages.values()],
    remove: (id: string) => messages.delete(id),
    removeHook: () => {
      gone = true;
    },
  };
}

type Upload = { payload: Payload; files: string[] };

/** A message shows something, and its pictures are among its files. */
function isWhole({ content = '', embeds = [] }: Payload, files: readonly string[]): boolean {
  const pictures = embeds.flatMap(({ image }) => image?.url.slice('attachment://'.length) ?? []);
  const isEmpty = content.trim() === '' && embeds.length === 0 && files.length === 0;
  return !isEmpty && pictures.every((name) => files.includes(name));
}

async function readUpload({ headers, body }: Asked): Promise<Upload | undefined> {
  const type = headers.get('content-type') ?? '';
  if (type === 'application/json') return toUpload(readJson(body), []);
  if (!type.startsWith('multipart/form-data')) return undefined;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const files = [...form].flatMap(([name, part]) =>
    /^files\[\d\]$/.test(name) && part instanceof File && part.type === 'image/png' ? [part.name] : [],
  );
  const json = form.get('payload_json');
  return typeof json === 'string' ? toUpload(readJson(json), files) : undefined;
}

function toUpload(json: unknown, files: string[]): Upload | undefined {
  const payload = Payload.safeParse(json);
  return payload.success ? { payload: payload.data, files } : undefined;
}

function refuse(status: number, code: number, message: string): Reply {
  return { status, body: JSON.stringify({ code, message }) };
}
