import type { OpenAPIHono } from '@hono/zod-openapi';
import { addNote, giveFeedback, type AlertRecord } from '../../alerts/index.ts';
import type { Deps } from '../../deps.ts';
import type { Caller } from '../../people/index.ts';
import type { AppContext, AppEnv } from '../env.ts';
import { defineWrite } from './define-route.ts';
import { findOutdated, getAlert, toAlertKey, toAnswer } from './press.ts';
import { AlertItem, AlertParams, FeedbackBody, NoteBody, WriteHeaders } from './schemas.ts';
import { answerOrProblem, toStored, writeOnce, type Answered, type Written } from './write-once.ts';

const notes = defineWrite({
  path: '/api/alerts/{id}/notes',
  summary: 'Write a note about an alert: it stands under each of its messages',
  tag: 'alerts',
  request: {
    params: AlertParams,
    headers: WriteHeaders,
    body: { required: true, content: { 'application/json': { schema: NoteBody } } },
  },
  answer: AlertItem,
});

const feedback = defineWrite({
  path: '/api/alerts/{id}/feedback',
  summary: 'Say whether an alert was worth it: one verdict a caller, the last one counts',
  tag: 'alerts',
  request: {
    params: AlertParams,
    headers: WriteHeaders,
    body: { required: true, content: { 'application/json': { schema: FeedbackBody } } },
  },
  answer: AlertItem,
});

/** Takes what API callers say about alerts. */
export function addRemarkRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(notes, (c) => {
    const body = c.req.valid('json');
    const remark: Remark = (caller, alert) => addNote(deps, caller, { alert, text: body.text });
    return answer(c, deps, { ...c.req.valid('param'), headers: c.req.valid('header'), body, remark });
  });

  api.openapi(feedback, (c) => {
    const body = c.req.valid('json');
    const remark: Remark = (caller, alert) => giveFeedback(deps, caller, { alert, verdict: body.verdict });
    return answer(c, deps, { ...c.req.valid('param'), headers: c.req.valid('header'), body, remark });
  });
}

type Remark = (caller: Caller, alert: { id: string }) => Promise<{ alert: AlertRecord }>;

function answer(
  c: AppContext,
  deps: Deps,
  { id, remark, ...written }: Written & { id: string; remark: Remark },
): Promise<Answered> {
  const work = (version: number | null) =>
    answerOrProblem(async () => {
      const before = await getAlert(deps, toAlertKey(id));
      const outdated = findOutdated(deps, before, version);
      if (outdated) return toStored(outdated);
      const { alert } = await remark(c.get('caller'), { id: before.id });
      return toAnswer(deps, await getAlert(deps, { id: alert.id }));
    });
  return writeOnce(c, deps, { ...written, work });
}
