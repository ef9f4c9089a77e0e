### Что Slack показывает кроме ответов

slack-picture = График: { $title }
slack-share = Показать всем
slack-share-acts = Этот ответ нельзя показать всем: действие выполнилось бы второй раз.
slack-shared = Показано всем в канале.
slack-shared-by = Показывает { $name }
slack-not-invited = Меня нет в этом канале. Пригласите меня командой /invite и попробуйте ещё раз.
slack-loading = Минутку…
slack-modal-title = Heartbeat
slack-modal-close = Закрыть
slack-modal-submit = Готово
slack-modal-answer = Ваш ответ
slack-home-title = { $name }, это { $workspace }
slack-home-calm = По вашим показателям открытых тревог нет.
slack-home-settings = Ваши настройки
slack-umbrella = Любую команду можно дать и через { $name }, например { $name } star revenue.
slack-pin-scope = Закрепить это сообщение не получилось: у приложения нет права pins:write. Переустановите его с новым манифестом. Сводка всё равно обновляется.
slack-pin-refused = Slack не даёт закрепить здесь это сообщение ({ $code }). Сводка всё равно обновляется.
