# Что Heartbeat говорит по-русски. Ключи и переменные те же, что в en.ftl: тест их сверяет.
# Значки (красный кружок и другие) живут в src/answers/glyphs.ts; числа, сроки и даты приходят уже записанными.

## Числа и время

unit-ms = мс
unit-s = с
unit-min = мин
unit-h = ч
unit-d = { $count ->
    [one] день
    [few] дня
    [many] дней
   *[other] дня
}
just-now = только что
ago = { $span } назад
every = { $unit ->
    [s] { $count ->
        [1] каждую секунду
       *[other] раз в { $count } с
    }
    [m] { $count ->
        [1] каждую минуту
       *[other] раз в { $count } мин
    }
    [h] { $count ->
        [1] каждый час
       *[other] раз в { $count } ч
    }
    [d] { $count ->
        [1] каждый день
        [one] раз в { $count } день
        [few] раз в { $count } дня
       *[other] раз в { $count } дней
    }
   *[w] { $count ->
        [1] каждую неделю
        [one] раз в { $count } неделю
        [few] раз в { $count } недели
       *[other] раз в { $count } недель
    }
}

## Уровни и линии

level = { $level ->
    [red] красный
    [amber] жёлтый
   *[green] зелёный
}
count = { $standing ->
    [red] { $count } { $count ->
        [one] красный
       *[other] красных
    }
    [amber] { $count } { $count ->
        [one] жёлтый
       *[other] жёлтых
    }
    [green] { $count } { $count ->
        [one] зелёный
       *[other] зелёных
    }
    [stale] { $count } { $count ->
        [one] устаревший
       *[other] устаревших
    }
    [silent] { $count } без данных
   *[unverified] { $count } { $count ->
        [one] непроверенный
       *[other] непроверенных
    }
}
crossed = { $side ->
    [below] ниже
   *[above] выше
} { $kind ->
    [norm] нормы
   *[alert] порога
} { $line }
no-longer-crossed = уже не { $side ->
    [below] ниже
   *[above] выше
} { $kind ->
    [norm] нормы
   *[alert] порога
} { $line }
within = в пределах { $kind ->
    [norm] нормы
   *[alert] порога
} { $line }
for-ticks = { $crossing }, { $ticks ->
    [1] 1 замер
    [one] { $ticks } замер подряд
    [few] { $ticks } замера подряд
   *[many] { $ticks } замеров подряд
}
no-lines = без нормы и порога
no-reading = значений пока нет
change-yesterday = { $change } ко вчера
change-weekday = { $change } к { $day ->
    [1] прошлому понедельнику
    [2] прошлому вторнику
    [3] прошлой среде
    [4] прошлому четвергу
    [5] прошлой пятнице
    [6] прошлой субботе
   *[7] прошлому воскресенью
}
change-since = { $change } к { $since }
unusual = необычно
verified = проверен

## Сообщение о тревоге

phase = { $phase ->
    [improving] Уже лучше
    [recovering] Выправляется
    [acked] В работе
    [snoozed] Отложено
    [resolved] Снова в норме
   *[withdrawn] Закрыто
}
since = С { $at }
since-for = С { $at } ({ $span })
since-short = с { $at }
owner = Отвечает { $name }
owner-unlinked = Никто не отвечает ({ $name }: чат не привязан)
unowned = Никто не отвечает
acked-by = в работе с { $at }: { $name }
acked-forgotten = в работе с { $at }, а всё ещё красный: { $name }
unacked-by = снято с работы: { $name }
snoozed-by = отложено до { $until }: { $name }
more-notes = { $count ->
    [one] и ещё { $count } заметка раньше
    [few] и ещё { $count } заметки раньше
   *[many] и ещё { $count } заметок раньше
}
runbook = инструкция
documentation = документация
lasted = длилось { $span }, худшее { $worst }
acked-after = в работе через { $span }: { $name }
withdrawn-why = { $reason ->
    [unverified] В норму не вернулось: проверяли другое определение показателя.
    [retired] В норму не вернулось: показатель убрали. История сохранена.
   *[unjudged] В норму не вернулось: у показателя больше нет ни нормы, ни порога.
}
withdrawn-next = { $reason ->
    [unverified] Будет молчать, пока { $file } снова не проверят.
    [retired] Чтобы следить дальше, верните { $file }.
   *[unjudged] Чтобы тревоги вернулись, добавьте norm_value или alert_value в { $file }.
}
reply-entered-red = { $from ->
    [green] Снова красный, с перерывами с { $at }
   *[amber] Стало хуже, жёлтый с { $at }
}
reply-snooze-ended = Отсрочка закончилась, лучше не стало. Кто отложил: { $name }
reply-escalated = Никто не взял за { $span }
reply-ack-timed-out = Всё ещё красный. В работе с { $at }: { $name }
improving = уже лучше, был красный
flapping = то есть, то нет
escalated = передан выше

## Кнопки

button-ack = Беру
button-unack = Вернуть
button-snooze = Отложить на { $span }
button-next-workday = Следующий рабочий день 09:00
button-until = до…
button-real = По делу
button-noise = Шум
button-back = Назад
button-why = Почему
button-days = { $count } { $count ->
    [one] день
    [few] дня
   *[many] дней
}
button-howto = Как читать
button-refresh = Обновить
button-card = Открыть карточку
button-cockpit = Сводка
button-alerts = Тревоги
button-all-alerts = Все тревоги: { $count }
button-help = Что здесь можно?

## Сводка, карточка, списки

no-metrics = показателей пока нет
and-more = и ещё { $count }
tuple-norm = норма { $value }
tuple-alert = порог { $value }
tuple-typical = обычно { $mean } ± { $deviation }
tuple-target = цель { $value }
tuple-target-due = цель { $value } к { $due }
computed = посчитано { $ago }
stale-since = устарел: посчитано { $ago }
late = с опозданием
verified-by = проверено { $day }: { $name }
verification-changed = не проверен: изменён после проверки и молчит, пока не проверят снова
verification-none = не проверен: тревог не будет
last-tick-failed = Последний замер не удался: { $error }
method = Как считаем
sources = Источники
notes = Заметки
no-alerts = Открытых тревог нет. Всё спокойно.
storm-title = { $count } { $count ->
    [one] тревога
    [few] тревоги
   *[many] тревог
}
storm-red = красных: { $count }
storm-amber = жёлтых: { $count }
storm-since = С { $at }
storm-source = вероятно, одна причина: { $source } (читают { $count })
storm-handled = { $state ->
    [acked] в работе
    [snoozed] отложено
   *[resolved] восстановлено
}: { $count }
storm-all-over = Все { $count } { $count ->
    [one] тревога
    [few] тревоги
   *[many] тревог
} позади
storm-over = Поток кончился: тревог { $count }, ещё открыто { $open }
button-ack-all = Взять все
button-snooze-all = Отложить все на { $span }
button-show-all = Показать все
stale-title = Нет свежих данных
stale-warehouse = хранилище
stale-metrics = Нет свежих значений: { $count } { $count ->
    [one] метрика
    [few] метрики
   *[many] метрик
}
stale-age = последнему { $span }
stale-frozen = Уровни остаются прежними, пока данные не вернутся
fresh-title = Данные снова свежие
fresh-after = { $count } { $count ->
    [one] метрика
    [few] метрики
   *[many] метрик
} без данных { $span }
storm-subject = Поток тревог
notice-sql-error = Ошибка SQL
notice-sql-error-effect = Значения нет; уровень остаётся прежним. Говорю об этом раз в день.
notice-sql-error-next = /why { $metric } покажет последние вычисления.
toast-storm = { $action ->
    [ack] Взято в работу: { $done } из { $open }
   *[snooze] Отложено: { $done } из { $open }
}
toast-storm-over = Все уже позади
command-maintenance = придержать сообщения: что, как долго, зачем
maintenance-none = Окон обслуживания сейчас нет
maintenance-how = /maintenance growth 2h Обновление откроет окно: показатель, домен, источник или all.
maintenance-open = { $count } { $count ->
    [one] окно обслуживания
    [few] окна обслуживания
   *[many] окон обслуживания
}
maintenance-done = { $done ->
    [opened] Обслуживание
   *[ended] Обслуживание закончено
}
maintenance-until = до { $until }
maintenance-of-all = всё
maintenance-by-file = по workspace.yaml
maintenance-effect = До тех пор молчу, и в почте тоже; о том, что останется плохим, скажу потом.
maintenance-ended-effect = Закончено. О том, что ещё плохо, говорю сейчас.
button-end-maintenance = Закончить: { $name }
open-alerts = { $count } { $count ->
    [one] открытая тревога
    [few] открытые тревоги
   *[many] открытых тревог
}
page = страница { $page } из { $pages }
which-alert = { $action ->
    [ack] Какую тревогу берёте?
    [unack] Какую тревогу возвращаете?
   *[snooze] Какую тревогу отложить?
}

alert-state = { $state ->
    [acked] { $number } (в работе)
    [snoozed] { $number } (отложено)
   *[firing] { $number }
}

## Почему

why-no-lines = У показателя нет ни нормы, ни порога: он виден, но тревог не бывает.
why-lines = { $lines }; { $direction ->
    [up] чем ниже, тем хуже
   *[down] чем выше, тем хуже
}.
why-reading = { $value } — { $standing }: { $level }.
why-stale = Последнее значение посчитано { $ago }: данные устарели, уровень заморожен.
why-ticks = Последние замеры
why-one-tick = Чтобы сменить уровень, хватает одного замера.
why-hysteresis = Чтобы войти в уровень, { $enter ->
    [one] нужен { $enter } замер
    [few] нужно { $enter } замера подряд
   *[many] нужно { $enter } замеров подряд
}, чтобы выйти — { $leave }.
why-entering = Пока { $run } из { $need }: { $level }.
why-leaving = На обратном пути пока { $run } из { $need }.
why-held = Уже { $run ->
    [1] 1 замер
    [one] { $run } замер подряд
    [few] { $run } замера подряд
   *[many] { $run } замеров подряд
}: { $level }.
why-gate = { $gate ->
    [open] { $text }. Может поднять тревогу.
   *[shut] { $text }.
}
why-maintenance = Обслуживание { $name }: молчу до { $until }
why-quiet = Тихие часы ({ $name }) до { $until }: жёлтое ждёт, красное нет
why-storm = Вошло в поток из { $count } тревог: { $place }
why-flapping = То есть, то нет: о восстановлении пока молчу, о красном говорю не чаще раза в час
why-source = { $source } не даёт свежих значений с { $at } ({ $alert }): уровни остаются прежними
why-no-alert = Открытой тревоги нет.
why-alert = { $alert } открыта с { $at }, уровень { $level }.
why-acked = В работе с { $at }: { $name }. Молчит, пока не вернётся в норму и снова не выйдет из неё.
why-snoozed = Отложено до { $until }: { $name }. Раньше — если выправится или станет хуже.
why-places = Куда приходят тревоги
why-nobody = Тревог никто не услышит: у ответственного не привязан чат, у команд показателя нет чата, ящика дежурных тоже нет.
why-place = { $why ->
    [owner] { $label } (отвечает)
    [team] { $label } (команда { $team })
   *[unowned] { $label } (дежурным: никто не отвечает)
}
why-deliveries = Что отправлено
edge = { $edge ->
    [entered_amber] жёлтый
    [entered_red] красный
    [improving] лучше
    [recovering] выправляется
    [relapsed] не выправился
    [resolved] снова в норме
    [acked] взяли в работу
    [unacked] вернули
    [snoozed] отложили
    [snooze_ended] отсрочка вышла
    [noted] заметка
    [rated] оценка
    [value_changed] новое значение
    [withdrawn] закрыто
    [picture] картинка
    [redraw] перерисовано
    [group_moved] группа переехала
    [reposted] отправлено заново
    [undeliverable] не доставлено
    [file_broken] ошибка в файле
    [verification_lost] проверка утратила силу
    [test] проба
    [escalated] передано дальше
    [ack_timed_out] давно в работе
    [flapping_started] дребезг
    [flapping_ended] дребезг прошёл
    [stale] нет свежих данных
    [stale_changed] нет свежих данных, другой список
    [fresh] данные снова идут
    [sql_error] ошибка SQL
    [scheduled] сообщение по часам
    [pinned] закреплённая сводка
    [link_code] код привязки
    [access_request] просьба о доступе
    [access_answer] ответ о доступе
    [storm] шквал
    [storm_changed] шквал продолжается
    [storm_over] шквал прошёл
    [storm_recovered] шквал: всё в норме
   *[other] { $edge }
}
delivery-operation = { $operation ->
    [post] сообщение
    [edit] правка
    [reply] ответ
   *[notice] уведомление
}
delivery-status = { $status ->
    [held] отложено
    [pending] ждёт
    [sending] отправляется
    [sent] отправлено
    [superseded] заменено более новым
    [failed] не удалось
   *[dead] не доставлено
}{ $attempts ->
    [0] { "" }
    [1] { "" }
    [one] { ", " }{ $attempts } попытка
    [few] { ", " }{ $attempts } попытки
   *[many] { ", " }{ $attempts } попыток
}

## Приветствие, люди, справка

start-hello = Здравствуйте, { $name }!
start-what = Слежу за цифрами «{ $workspace }» и пишу, когда какая-то выходит за норму или порог.
start-try = Попробуйте /cockpit — всё сразу, /alerts — что горит, /metric и название — одна цифра.
help-title = Что здесь можно
help-tip = Хватит и части названия: /metric check
role = { $role ->
    [viewer] читатель
    [operator] оператор
    [approver] согласующий
   *[admin] админ
}
role-may = { $role ->
    [viewer] Вам видно всё, что здесь есть.
   *[other] Вам видно всё; можно брать и откладывать тревоги, писать заметки, обновлять показатели.
}
teams = Команды: { $teams }
not-linked = чат пока не привязан
language = Русский
stranger = У вас пока нет доступа.
stranger-id = Ваш id в { $platform }: { $id }
stranger-next = Отправьте его тому, кто в вашей команде отвечает за Heartbeat, и попросите вас добавить.

## Команды

command-start = что умеет этот бот
command-help = что вам здесь можно
command-cockpit = все показатели сразу, худшие сверху
command-metric = карточка показателя
command-alerts = открытые тревоги
command-ack = взять тревогу на себя
command-unack = вернуть взятую тревогу
command-snooze = отложить тревогу
command-note = записать заметку о тревоге
command-refresh = посчитать показатель сейчас
command-why = почему звенит или почему молчит
command-docs = описания показателей
command-whoami = кто вы здесь
command-cancel = снять мой вопрос
unknown-command = Не знаю команды «{ $typed }».
planned-command = Команды «{ $typed }» пока нет.
planned-command-next = Показатель — это файл, который кто-то пишет. /help покажет, что уже можно.
did-you-mean-command = Может быть, /{ $nearest }?
see-help = /help покажет, что вам здесь можно.
no-such-metric = { $kind ->
    [several] «{ $query }» подходит нескольким. Какой из них?
   *[none] Показателя «{ $query }» нет. Может быть, один из этих?
}
which-metric = Какой показатель? Допишите название или выберите:
no-metrics-yet = Показателей пока нет. Положите файл в metrics/ — он появится через пару секунд.
refresh-running = Считаю…
refresh-joined = Об этом только что попросили: считаю…
refresh-first = Первое значение, считалось { $took }.
refresh-same = Без изменений, считалось { $took }.
refresh-done = Было { $before }, считалось { $took }.
refresh-no-data = Данных нет: запрос не дал значения, всё осталось как было. Считалось { $took }.
refresh-failed = Посчитать не удалось, осталось прежнее значение: { $reason }
docs-title = Что значат цифры и как они считаются
done = { $done ->
    [acked] В работе
    [unacked] Снято с работы
   *[snoozed] Отложено
}
done-next = { $done ->
    [acked] Теперь это ваше: молчит, пока не вернётся в норму и снова не выйдет из неё.
    [unacked] Теперь ничьё: ждёт, кто возьмёт.
   *[snoozed] Отложено.
}
snoozed-until = Молчит до { $until }, раньше — если выправится или станет хуже.
noted = Записано к { $alert }, { $name }.
note-cut = Заметка длиннее { $most } знаков, конец отрезан.
ask-until = До какого времени отложить?
ask-until-examples = Например: 3 ч, завтра 8:30, понедельник, 18:00
ask-until-hint = завтра 8:30
ask-cancel = /cancel снимет вопрос.
ask-again = { $problem ->
    [out_of_range] «{ $typed }» — не в ближайшие 30 дней.
   *[unreadable] Не понимаю время «{ $typed }».
}
asked-enough = Понять не удалось, вопрос снят. Ничего не изменилось.
cancelled = Снято.
nothing-to-cancel = Снимать нечего: я ничего не спрашивал.

## Ответы на нажатия

toast-shown = Готово.
toast-rated = { $verdict ->
    [real] Спасибо: по делу.
   *[noise] Спасибо: шум.
}
toast-rated-before = { $verdict ->
    [real] Вы это уже отметили: по делу.
   *[noise] Вы это уже отметили: шум.
}
toast-already-acked = Уже в работе: { $name }, { $ago }.
toast-already-snoozed = Уже отложено до { $until }: { $name }.
toast-not-acked = Никто не брал, возвращать нечего.
toast-not-in-future = Это время уже прошло. Выберите позже.
toast-no-alert = Эта тревога уже закрыта. Ничего не изменилось.
toast-closed = { $alert } уже закрыта ({ $at }). Ничего не изменилось.
toast-outdated = Пока кнопка висела, всё изменилось. Теперь в сообщении — как есть; нажмите ещё раз, если нужно.
toast-no-right = Нужна роль «{ $need }», у вас «{ $have }». Попросите админа.
toast-not-member = У вас пока нет доступа. Напишите мне /start в личном чате: скажу, как попросить.
toast-unreadable = Кнопка слишком старая. Что открыто сейчас, покажет /alerts.
toast-metric-gone = Этот показатель убрали. Какие есть, покажет /cockpit.
toast-unavailable = База сейчас не отвечает, ничего не изменилось. Повторите через минуту.

## Ошибки

failed = { $kind ->
    [input] Так не получится.
    [not-found] Здесь такого нет.
    [refused] Этого делать нельзя.
    [conflict] Пока вы смотрели, всё изменилось. Взгляните и повторите.
    [locked] Сейчас этим занят кто-то другой. Повторите через минуту.
    [unavailable] Одна из систем не отвечает. Ничего не потеряно, повторите через минуту.
   *[other] У меня что-то сломалось, подробности в журнале. Повторите; что можно, покажет /help.
}

error-alert_unknown = Открытой тревоги { $alert } нет. Какие есть, покажет /alerts.
error-metric_unknown = Показателя { $metric } нет. Какие есть, покажет /cockpit.
error-scope_unknown = Ни команды, ни раздела «{ $scope }» нет. Просто /cockpit покажет всё.
error-arguments_invalid = С /{ $command } так не получится: { $reason }. Что можно, покажет /help.
error-snooze_unreadable = Не понимаю время «{ $text }». Попробуйте 15 мин, 3 ч 30 мин, завтра 8:30, понедельник или 18:00.
error-snooze_out_of_range = «{ $text }» — не в ближайшие 30 дней.
error-note_which = Напишите, к какой тревоге заметка: /note A-1042 и ваши слова. Открытые покажет /alerts.
error-note_empty = В заметке нужны слова: /note A-1042 не работает оплата
error-too_many_commands = Больше { $most } команд за минуту. Подождите минуту и продолжайте.
error-not_a_member = У вас пока нет доступа. Напишите мне /start в личном чате: скажу, как попросить.
error-maintenance_length = Окно обслуживания длится от минуты до 30 дней.
error-maintenance_unknown = Окна обслуживания { $number } нет.
error-maintenance_over = Окно обслуживания { $name } уже закончено.
error-maintenance_unreadable = Скажите, что и как долго, например /maintenance { $what } 2h.
error-maintenance_scope = { $what } — не показатель, не домен и не источник. «all» — всё.
error-storm_unknown = Такого потока здесь нет. /alerts покажет, что открыто.
error-role_too_low = Нужна роль «{ $needs ->
    [viewer] читатель
    [operator] оператор
    [approver] согласующий
   *[admin] админ
}», у вас «{ $role ->
    [viewer] читатель
    [operator] оператор
    [approver] согласующий
   *[admin] админ
}». Попросите админа.
error-database_unavailable = База сейчас не отвечает, ничего не изменилось. Повторите через минуту.

## Картинки словами

alt-cockpit = Сводка «{ $title }»: { $counts }.
alt-card = { $metric }, график за { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}: { $sentence }.
