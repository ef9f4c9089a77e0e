/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx';
import type { Words } from '../answers/index.ts';
import { commands, type Command } from '../commands/index.ts';
import { renderBareDocument, renderDocument } from './layout.tsx';
import { hrefs } from './links.ts';
import { Markdown } from './markdown.tsx';
import type { FindPicture } from './markdown-inline.tsx';
import type { PageContext } from './page-context.ts';
import { findProjectPicture, pictureNameOf } from './project-pictures.ts';

/** A page written in Markdown: the workspace's own before the project's; undefined when neither has it. */
export function renderMarkdownPage(context: PageContext, slug: string): string | undefined {
  const own = context.registry.pages.get(slug);
  const contents = context.words.t('site-on-this-page');
  if (own)
    return renderDocument(context, { title: own.title, body: <Text page={own} contents={contents} /> });
  const page = context.projectPages.get(slug);
  if (!page) return undefined;
  const body = (
    <div lang="en">
      <Text page={page} contents={contents} findPicture={(address) => findPicture(context, address)} />
    </div>
  );
  return renderDocument(context, { title: page.title, body });
}

type TextProps = {
  page: { title: string; markdown: string };
  contents: string;
  findPicture?: FindPicture | undefined;
};

const Text: FC<TextProps> = ({ page, contents, findPicture: find }) => {
  const hasTitle = /^#\s+\S/m.test(page.markdown);
  return (
    <>
      {!hasTitle && <h1>{page.title}</h1>}
      <Markdown text={page.markdown} findPicture={find} contents={contents} />
    </>
  );
};

function findPicture({ pictureHref }: PageContext, address: string): ReturnType<FindPicture> {
  const name = pictureNameOf(address);
  const picture = name === undefined ? undefined : findProjectPicture(name);
  if (name === undefined || !picture) return undefined;
  return { src: pictureHref(hrefs.picture(name)), width: picture.width, height: picture.height };
}

/** What can be said to the bot, from the table of commands. */
export function renderCommands(context: PageContext): string {
  const { words } = context;
  const title = words.t('site-commands');
  const body = (
    <>
      <h1>{title}</h1>
      <p class="lead">{words.t('site-commands-lead')}</p>
      <dl>
        {commands.map((command) => (
          <>
            <dt>
              <code>{usageOf(command)}</code>
            </dt>
            <dd>
              {words.t(`command-${command.name}`)} <span class="muted">{roleText(command, words)}</span>
            </dd>
          </>
        ))}
      </dl>
    </>
  );
  return renderDocument(context, { title, body });
}

function usageOf({ name, positional }: Command): string {
  return [`/${name}`, ...positional.map((argument) => `[${argument}]`)].join(' ');
}

/** What everybody may do needs no word. */
function roleText({ role }: Command, words: Words): string {
  return role === 'anyone' || role === 'viewer' ? '' : `(${words.t('role', { role })})`;
}

/** A page for readers who may not see the workspace, or when something failed: a title, what to do, and maybe a form. */
export function renderNotice(
  words: Words,
  notice: { title: string; text: string; signIn?: { next: string } },
): string {
  const { title, text, signIn } = notice;
  const body = (
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      {signIn && signInForm(words, signIn.next)}
    </>
  );
  return renderBareDocument(words, { title, body });
}

function signInForm(words: Words, next: string): Child {
  return (
    <form class="search" method="post" action="/login">
      <input type="hidden" name="next" value={next} />
      <input type="text" name="username" value="api" autocomplete="username" hidden />
      <label class="hidden" for="token">
        {words.t('site-token')}
      </label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        placeholder={words.t('site-token')}
        required
      />
      <button type="submit">{words.t('site-sign-in')}</button>
    </form>
  );
}
