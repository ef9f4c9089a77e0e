import { Bot, GrammyError, InlineKeyboard, InputFile } from 'grammy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makePng } from './png.ts';
import { startWorld } from './world.ts';

describe('a bot of grammY', () => {
  async function startBot() {
    const world = await startWorld();
    const bot = new Bot(world.api.token, { client: { apiRoot: world.api.root } });
    bot.catch(() => {});
    onTestFinished(() => bot.stop());
    const start = (): void => void bot.start({ drop_pending_updates: true });
    return { ...world, bot, start };
  }

  it('polls, answers, uploads, edits and is pressed', async () => {
    const { api, ivan, bot, start } = await startBot();
    bot.command('cockpit', (ctx) =>
      ctx.replyWithPhoto(new InputFile(makePng(8, 8), 'a.png'), {
        caption: '*3* red',
        reply_markup: new InlineKeyboard().text('Ack', 'ack'),
      }),
    );
    bot.callbackQuery('ack', async (ctx) => {
      await ctx.editMessageCaption({ caption: 'acked' });
      await ctx.answerCallbackQuery({ text: `by ${ctx.from.first_name}` });
    });
    start();
    await api.waitFor(() => api.calls.some(({ method }) => method === 'getUpdates'));
    ivan.sends(1001, '/cockpit');
    const shown = await api.waitFor(() => api.messages(1001).find(({ photo }) => photo));
    expect(shown).toMatchObject({ text: '*3* red', photo: { width: 8, height: 8 } });
    expect(await ivan.presses(shown, 'Ack')).toMatchObject({ answered: true, text: 'by Ivan' });
    expect(api.message(shown)).toMatchObject({ text: 'acked', edits: [{ text: '*3* red' }] });
  });

  it('reads refusals with their parameters', async () => {
    const { api, bot } = await startBot();
    api.migrate(-1001, -100999);
    const refused = await bot.api.sendMessage(-1001, 'x').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GrammyError);
    expect(refused).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: -100999 } });
  });

  it('turns a text into a photo and back-reads its file', async () => {
    const { api, bot } = await startBot();
    const { message_id: id } = await bot.api.sendMessage(1001, 'text first');
    const edited = await bot.api.editMessageMedia(1001, id, {
      type: 'photo',
      media: new InputFile(makePng(), 'a.png'),
      caption: 'now a photo',
    });
    expect(edited).toMatchObject({ caption: 'now a photo', photo: [{}, { width: 4 }] });
    const fileId = api.messages(1001)[0]?.photo?.fileId ?? '';
    expect((await bot.api.getFile(fileId)).file_path).toMatch(/^photos\//);
    await bot.api.setMyCommands([{ command: 'help', description: 'Help' }], {
      scope: { type: 'chat', chat_id: 1001 },
      language_code: 'en',
    });
    expect(api.menu({ type: 'chat', chat_id: 1001 }, 'en')).toHaveLength(1);
    expect(await bot.api.getChat(1001)).toMatchObject({ first_name: 'Ivan' });
    expect((await bot.api.getWebhookInfo()).url).toBe('');
  });
});
