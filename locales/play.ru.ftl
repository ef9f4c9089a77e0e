### Площадка /play: два телефона и всё, что рядом с ними

## Страница

play-title = Площадка Heartbeat
play-noscript = Площадке нужен JavaScript. Включите его для этой страницы и обновите её.
play-about = Два телефона, одна группа и тот же бот, что работает в Telegram и Slack.
play-theme = Цвета
play-theme-auto = Авто
play-theme-light = Светлые
play-theme-dark = Тёмные
play-language = Язык
play-docs = Справка
play-cockpit = Сводка
play-try = Попробуйте
play-close = Закрыть
play-failed = Не получилось.
play-offline = Связь пропала. Пробуем снова…

## Рядом с телефонами

play-clock = Часы бота
play-skip = Перевести вперёд
play-skip-15m = +15 мин
play-skip-1h = +1 ч
play-skip-4h = +4 ч
play-skip-morning = Утро
play-skipping = Готовим данные за это время…
play-falls = Пусть что-нибудь сломается
play-fall = Обрушить: { $name }
play-falling = падает
play-restore = Хватит
play-restore-of = Прекратить падение: { $name }
play-steps = Ваша первая минута
play-step-watch = Смотрите в группу
play-step-watch-more = Один показатель вот-вот пересечёт красную черту. Сообщение придёт само.
play-step-ack = Нажмите ✅ на одном из телефонов
play-step-ack-more = «Беру на себя»: бот молчит, пока показатель не вернётся к норме.
play-step-see = Посмотрите на другом, кто взял
play-step-see-more = Это то же сообщение, оно изменилось на месте. Никого не тревожат дважды.
play-step-see-both = Это та же тревога в другом чате, она изменилась на месте. Никого не тревожат дважды.
play-steps-done = Вот и весь круг. Теперь попробуйте /cockpit, отложите тревогу или сломайте что-нибудь ещё.
play-step-is-done = сделано

## Телефон

play-people = Чей телефон
play-phone = Телефон: { $name }
play-person = Человек
play-app = Чат на телефоне: { $name }
play-chats = Чаты: { $name }
play-messages = Сообщения: { $chat }
play-unread = непрочитанных: { $count }
play-empty-group = Пока тихо. Тревоги приходят сюда сами.
play-empty-private = Выберите команду или напишите /start.
play-compose = Сообщение в чат «{ $chat }»
play-compose-short = Сообщение
play-send = Отправить
play-commands = Команды
play-newest = К последнему сообщению
play-typing = { $name } печатает
play-nobody = Здесь пока ни у кого нет телефона
play-nobody-more = Впишите людям в owners.yaml telegram_id; здесь годится любое число. Затем обновите страницу.
play-no-group = Группы пока нет: назовите комнату в workspace.yaml и обновите страницу.

## Сообщение

play-edited = изменено
play-silent = отправлено без звука
play-pinned = закреплено
play-topic = тема { $topic }
play-replied = в ответ на сообщение: { $name }
play-reply-to = Ответить: { $name }
play-reply-drop = Не отвечать
play-message-gone = сообщение, которого здесь больше нет
play-picture = Картинка: { $of }
play-enlarge = Увеличить картинку: { $of }
play-picture-gone = Эта картинка больше не хранится.
play-no-answer = Бот не ответил.

## Slack

play-slack-badge = БОТ
play-slack-only-you = Видно только вам
play-slack-pinned = Закреплено
play-slack-edited = (изменено)
play-slack-reply = Ответить в треде
play-slack-replies = Тред: { $name }
play-slack-broadcast = отправлено и в канал
play-slack-in-thread = ответ в треде: { $of }
play-slack-no-command = Команды /{ $name } здесь нет. Напишите /heartbeat help или /heartbeat { $name }.
play-slack-no-threads = В тредах Slack команд не принимает: напишите /{ $name } в чат.
play-slack-home = Главная
play-slack-home-opening = Открываем…
play-slack-empty-direct = Выберите команду или напишите её без косой черты: cockpit.
