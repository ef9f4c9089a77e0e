import type { SendMailOptions } from 'nodemailer';
import { oneLine } from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import type { MessageIds } from './message-ids.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import type { MailContent } from './types.ts';

/** Everything a mail is built of. */
export type MailParts = {
  request: Pick<SendRequest, 'picture'>;
  content: MailContent;
  ids: MessageIds;
  /** the header From, and the bare address for the envelope */
  from: string;
  sender: { address: string; domain: string };
  to: string;
  workspace: { id: string; name: string };
  at: Date;
};

/** Gives a mail as nodemailer takes it: headers for machines, then text, then HTML with its picture. */
export function buildMail(parts: MailParts): SendMailOptions & { messageId: string } {
  const { content, ids, from, sender, to, at } = parts;
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: sender.address, to },
    subject: content.title,
    date: at,
    messageId: ids.messageId,
    ...(ids.inReplyTo === null ? {} : { inReplyTo: ids.inReplyTo, references: ids.inReplyTo }),
    headers: headersOf(content),
    list: listOf(parts),
    text: renderText(content),
    html: renderHtml(content),
    attachments: attachmentsOf(parts),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** RFC 3834 says that no person wrote this; Microsoft's header says that no out-of-office shall answer it. */
function headersOf({ unsubscribe }: MailContent): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribe === null ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

/** One list a workspace (RFC 2919); a nested array makes one header of its entries. */
function listOf({ workspace, sender, content }: MailParts): NonNullable<SendMailOptions['list']> {
  const url = `${workspace.id}.heartbeat.${sender.domain}`;
  return {
    id: { url, comment: oneLine(workspace.name) },
    ...(content.unsubscribe === null ? {} : { unsubscribe: [[content.unsubscribe.url]] }),
  };
}

function attachmentsOf({ content, request }: MailParts): NonNullable<SendMailOptions['attachments']> {
  if (content.picture === null || request.picture === null) return [];
  return [
    {
      cid: content.picture.cid,
      filename: 'chart.png',
      contentType: 'image/png',
      contentDisposition: 'inline',
      content: Buffer.from(request.picture.png),
    },
  ];
}
