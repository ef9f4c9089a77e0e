### Журнал доставки, пробные сообщения и состояние самой программы

command-log = что отправлено и что нет: today, failed, показатель, A-1042
log-title = { $show ->
    [today] Отправлено сегодня
    [failed] Не удалось доставить
   *[all] Журнал доставки
}
log-title-of = Журнал доставки · { $name }
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
    [quiet_hours] тихие часы
   *[maintenance] плановые работы
}
button-retry = Повторить
button-newest = Новые
button-older = Раньше
toast-retried = Отправляю ещё раз. Ход доставки — в /log.
error-delivery_unknown = Нет доставки { $delivery }. Список — в /log.
error-delivery_not_dead = Повторить можно только то, от чего отказались, а это сообщение не из таких. Как оно сейчас — в /log.
error-day_unreadable = «{ $text }» — не день. Напишите 2026-11-20 или today.
