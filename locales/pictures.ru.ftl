### Картинки: сводка и карточки показателей. Коротко: место на телефоне дорого.
### Счётчики, линии и цель описаны в ru.ftl: `count`, `every`, `tuple-…`.

## Состояние показателя на его плитке

picture-mark-red = Красный
picture-mark-amber = Жёлтый
picture-mark-green = Зелёный
picture-mark-stale = Устарел
picture-mark-silent = Нет данных
picture-mark-unverified = Не проверен
picture-state-acked = в работе
picture-state-snoozed = отложено
picture-state-stale = устарел
# Изменение и прежнее значение, с которым сравнили: −18 % к пт
picture-against = { $change } к { $when }

## Сводка

# Один раз вверху, если почти все сравнивают с одним и тем же: изменения к пт
picture-changes-against = изменения к { $when }
# Над показателями, свёрнутыми до имени и значения: ещё 12 непроверенных
picture-more = ещё { $counted }
picture-no-metrics = Здесь пока нет показателей

## Карточка показателя

picture-no-readings = За это время значений нет
# Над графиком, где значений слишком много, чтобы рисовать каждое
picture-summed-up = { $minutes ->
    [1] Средние за минуту
    [10] Средние за 10 минут
    [60] Средние за час
    [360] Средние за 6 часов
   *[other] Средние за день
}; фоном — от меньшего до большего
picture-typical = обычно
# Последнее значение и его время: 3,1 %, 13:45
picture-observed = { $value }, { $time }
picture-owner = Отвечает { $name }
picture-unowned = Ответственного нет
picture-verified = проверен
picture-verified-by = проверено: { $name }
picture-unverified = не проверен
picture-age = данным { $span }

## Когда её нет

error-picture_failed = Картинку нарисовать не удалось. В тексте сказано то же; попросите её ещё раз через минуту.
