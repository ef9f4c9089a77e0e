/** @jsxImportSource hono/jsx */
import type { Words } from '../answers/index.ts';
import { renderBareDocument } from './layout.tsx';

/** A page that a link of a mail opens: what it is about, and what can be done there, each a form of its own. */
export type MailPage = {
  title: string;
  /** the alert as it is now */
  lines: readonly string[];
  notes: readonly string[];
  forms: readonly { action: string; fields: Readonly<Record<string, string>>; label: string }[];
};

/** Gives such a page as a document without the workspace around it. */
export function renderMailPage(words: Words, { title, lines, notes, forms }: MailPage): string {
  const [first, ...rest] = lines;
  const body = (
    <>
      <h1>{title}</h1>
      {first !== undefined && (
        <div class="notice">
          <strong>{first}</strong>
          {rest.map((line) => (
            <div>{line}</div>
          ))}
        </div>
      )}
      {notes.map((note) => (
        <p class="muted">{note}</p>
      ))}
      {forms.map(({ action, fields, label }) => (
        <form class="search" method="post" action={action}>
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button type="submit">{label}</button>
        </form>
      ))}
    </>
  );
  return renderBareDocument(words, { title, body });
}
