### Страницы: документация, сводка и разрезы, вход.
### Уровни, счётчики, линии, проверка и команды описаны в ru.ftl и pictures.ru.ftl.

## На каждой странице

site-skip = К содержанию страницы
site-contents = Разделы
site-metrics = Показатели
site-cockpit = Сводка
site-audit = Разрезы
site-pages = Страницы
site-commands = Команды

## Указатель и поиск

site-lead = Что значит каждая цифра, как она считается, кто за неё отвечает и как дела сейчас.
site-search = Найти
site-search-hint = Название, ответственный, таблица, слово
site-found = По запросу «{ $query }» { $count ->
    [one] нашлась { $count } страница
    [few] нашлись { $count } страницы
   *[many] нашлось { $count } страниц
}.
site-found-nothing = По запросу «{ $query }» ничего не нашлось.
site-nearest = Может быть, вы искали
site-show-all = Показать всё

## Таблицы и сведения о показателе

site-metric = Показатель
site-value = Значение
site-state = Состояние
site-norm = Норма
site-alert = Порог
site-age = Данные
site-fresh = свежие
site-old = последнему значению { $age }
site-owner = Отвечает
site-verification-name = Проверка
site-verification = { $state ->
    [verified] проверен
    [changed] не проверен: изменён после проверки
   *[unverified] не проверен
}
site-changed-means = После проверки поменяли SQL, направление, единицу, линии или методику. Показатель считается и виден, но молчит, пока в файле не появится новая дата в verified.
site-unverified-means = Это определение ещё никто не проверил: показатель считается и виден, но тревог не поднимает.
site-would-be = По линиям последнее значение — { $level }.
site-lines = Линии
site-line = { $kind ->
    [alert] красный
   *[norm] жёлтый
} { $direction ->
    [up] ниже
   *[down] выше
} { $line }
site-band = (пока снова не станет { $direction ->
    [up] выше
   *[down] ниже
} { $line })
site-ticks = Замеры
site-typical = Обычно
site-target = Цель
site-target-due = { $value } к { $due }
site-direction-name = Направление
site-direction = { $direction ->
    [up] чем выше, тем лучше
   *[down] чем ниже, тем лучше
}
site-unit-name = Единица
site-unit = { $kind ->
    [percent] проценты
    [count] штуки
    [ratio] отношение
    [score] баллы
    [currency] деньги, { $of }
   *[duration] время, { $of }
}
site-period = Считается
site-schedule = по расписанию { $cron }
site-stale-after = Устаревает через
site-teams = Команды
site-synonyms = Другие названия
site-tags = Метки
site-explained-by = Разрезы
site-role = { $role ->
    [explains] объясняет
   *[drilldown] показывает подробности
}
site-runbook = Инструкция
site-file = Файл
site-picture-alt = График показателя «{ $metric }», последнее значение { $value }. Те же цифры есть на странице текстом.
site-on-this-page = На этой странице

## Сводка

site-everything = Всё
site-team = Команда { $team }
site-cockpit-alt = Сводка «{ $title }». Те же цифры — в таблице ниже.

## Тревоги

site-alerts-nav = Тревоги
site-alerts = Открытые тревоги
site-storm = Поток тревог { $number }
site-alerts-none = Таких тревог нет.
site-alerts-cut = Показаны только { $count } последних, полный список отдаёт API.
site-alerts-state = { $state ->
    [open] Все открытые
    [firing] Никто не взял
    [acked] В работе
    [snoozed] Отложены
    [resolved] Закончились
   *[all] Все
}
site-alert-taken = У кого
site-alert-taken-by = { $state ->
    [firing] ни у кого
    [acked] { $name }, { $at }
    [snoozed] тихо до { $at }, просит { $name }
   *[resolved] закончилась, { $at }
}
site-since = Началась
site-sources = Источники без свежих данных
site-source = Источник
site-source-metrics = Какие показатели его ждут
site-source-back = снова есть с { $at }

## Разрезы

site-audit-lead = Из чего складывается цифра и куда смотреть, когда она меняется.
site-feeds = { $role ->
    [explains] Объясняет:
   *[drilldown] Подробности:
}
site-how-made = Как это считается
site-window = Сначала за
site-small-groups = Малые группы
site-min-group = { $count ->
    [1] видна любая группа
    [one] группы меньше { $count } входят в «прочее»
   *[other] группы меньше { $count } входят в «прочее»
}

## Команды

site-commands-lead = Что можно сказать боту. Можно и просто словами: в ответ на название показателя придёт его карточка.

## Когда что-то не так

site-missing = Такой страницы нет
site-missing-text = Страницы { $path } на этом сайте нет.
site-refused = Эта страница вам пока не видна
site-refused-text = Отправьте боту /docs в личном чате: по его ссылке вы войдёте в этом браузере. Или войдите с токеном API.
site-login = Вход
site-login-text = По этой ссылке вы войдёте в этом браузере. Она срабатывает один раз.
site-token = Токен API
site-token-wrong = Такого токена API нет. Проверьте, что он скопирован целиком, или спросите того, кто присматривает за Heartbeat.
site-sign-in = Войти
site-ticket = { $code ->
    [ticket_used] По этой ссылке уже входили: она срабатывает один раз.
    [ticket_expired] Этой ссылке больше десяти минут.
    [not_a_member] Человека, для которого эта ссылка, здесь больше нет.
   *[ticket_unreadable] Эту ссылку сделал не Heartbeat, или она скопирована не целиком.
} Отправьте боту /docs, он пришлёт новую.
site-failed = Страницу не удалось собрать
site-failed-text = { $kind ->
    [unavailable] Одна из систем за Heartbeat не отвечает. Попробуйте через минуту.
    [slow] Это заняло слишком много времени. Попробуйте через минуту.
   *[other] Внутри Heartbeat что-то сломалось. В журнале это записано под номером { $id }.
}
