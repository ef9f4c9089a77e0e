### Журнал доставки, пробные сообщения и состояние самой программы

command-log = что отправлено и что нет: today, failed, показатель, A-1042, можно вместе: cr failed today
log-title = { $show ->
    [today] Отправлено сегодня
    [failed] Не удалось доставить
    [failed_today] Не удалось доставить сегодня
   *[all] Журнал доставки
}
log-nothing = Здесь пусто.
log-held = отложено до { $until }
log-superseded = больше не нужно
log-next = следующая попытка { $at }
log-delayed = задержано ограничением частоты
log-maybe = { $sent ->
    [yes] возможно, отправлено дважды
   *[no] возможно, уже отправлено
}
log-reason = { $reason ->
    [newer] это показывает более новая правка
    [same] сообщение уже это показывает
    [no_message] нет сообщения, которое можно править
    [storm] об этом говорит сообщение о шквале
    [fresh] данные пришли раньше, чем это отправили
    [quiet_hours] тихие часы: { $name }
   *[maintenance] плановые работы: { $name }
}
button-retry = Повторить
button-newest = Новые
button-older = Раньше
toast-retried = Отправляю ещё раз. Ход доставки — в /log.

command-test = пробное сообщение: себе или в mail, telegram, ops, rooms
test-running = Пробные сообщения отправляются
test-done = { $result ->
    [all] Все пробные сообщения дошли
   *[some] { $failed ->
        [one] Не дошло { $failed } пробное сообщение
        [few] Не дошли { $failed } пробных сообщения
       *[other] Не дошло { $failed } пробных сообщений
    }
}
test-arrived = { $place }: дошло за { $took }
test-refused = { $place }: отказ. { $reason }
test-late = { $place }: не за { $waited }, сообщение отозвано
notice-test = 🧪 Проба: всё в порядке
notice-test-why = { $name } проверяет, доходят ли сюда сообщения. Это дошло.
command-health = как чувствует себя сама программа
health-title = { $troubles ->
    [0] Heartbeat в порядке
    [one] Неполадка в { $troubles } части
   *[other] Неполадки в { $troubles } частях
}
health-part = { $part ->
    [database] база данных
    [warehouse] хранилище
    [workspace] файлы
    [pulse] расчёт
    [outbox] отправка
   *[other] { $part }
}
health-looked = Последний поиск срочных показателей { $ago } назад
health-not-looked = Поиска срочных показателей ещё не было
health-on-time = опозданий нет
health-overdue = { $count ->
    [one] опаздывает { $count }, на { $lag }
   *[other] опаздывают { $count }, самое большее на { $lag }
}: { $names }
health-queue-empty = Ни одно сообщение не ждёт
health-queue = { $count ->
    [one] Ждёт { $count } сообщение, { $age }
    [few] Ждут { $count } сообщения, самое старое { $age }
   *[other] Ждут { $count } сообщений, самое старое { $age }
}
health-held = отложено тихими часами или работами: { $count }
health-today = { $count ->
    [0] Сегодня все сообщения доставлены.
    [one] Сегодня не доставлено { $count } сообщение.
    [few] Сегодня не доставлены { $count } сообщения.
   *[other] Сегодня не доставлено { $count } сообщений.
}
health-silent = Нет свежих данных из { $source } с { $since }: { $count ->
    [one] устарел { $count } показатель
    [few] устарели { $count } показателя
   *[other] устарели { $count } показателей
}
health-place-gone = { $place }: доставить нельзя с { $since }
health-place-waits = { $place }: велено ждать до { $until }
button-failed = Что не доставлено

error-test_target_unknown = «{ $target }» проверить нельзя. /test принимает { $known }.
error-test_nowhere = Нет адреса для проверки в тех каналах, что здесь работают. Ваши адреса — в /whoami.

error-delivery_unknown = Нет доставки { $delivery }. Список — в /log.
error-delivery_not_dead = Повторить можно только то, от чего отказались, а это сообщение не из таких. Как оно сейчас — в /log.
error-day_unreadable = «{ $text }» — не день. Напишите 2026-11-20 или today.
