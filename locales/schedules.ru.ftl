# Сообщения по часам и сводка, которая остаётся в чате.

command-schedule = присылать по часам: сводка по будням 8:30; список; пауза 1, продолжить 1, убрать 1
command-pin = сводка, которая сама обновляется в этом чате
command-unpin = оставить закреплённую сводку как есть

schedules-none = В этом чате ничего не запланировано.
schedules-here = { $count ->
    [one] Запланировано { $count } сообщение
    [few] Запланировано { $count } сообщения
   *[other] Запланировано { $count } сообщений
}
schedule-how = Например: /schedule сводка по будням 8:30, /schedule список compliance понедельник 9:00, /schedule показатель cr ежедневно 18:00
schedule-how-change = То же, что и кнопками: /schedule пауза { $number }, /schedule продолжить { $number }, /schedule убрать { $number }
schedule-done = Запланировано под номером { $number }
schedule-zone = Время — по часам { $zone }.
schedule-what = { $what ->
    [cockpit] Сводка
    [watchlist] Список
   *[metric] Показатель
}
schedule-when = { $kind ->
    [daily] каждый день в { $time }
    [weekdays] по будням в { $time }
    [weekends] по выходным в { $time }
   *[named] { $names } в { $time }
}
schedule-next = дальше { $at }
schedule-paused = на паузе
schedule-late = По плану было { $at }, отправлено позже.
schedule-broken = Это номер { $number } в /schedule.
button-schedule-pause = Пауза { $number }
button-schedule-resume = Продолжить { $number }
button-schedule-remove = Убрать { $number }
schedule-changed = { $change ->
    [pause] На паузе.
    [resume] Снова идёт.
   *[remove] Убрано.
}
schedule-changed-number = { $change ->
    [pause] Номер { $number } на паузе
    [resume] Номер { $number } снова идёт
   *[remove] Номер { $number } убран
}

pin-live = Обновляется сама · { $at }
pin-done = { $done ->
    [pinned] Сводка сейчас будет.
    [unpinned] Сводка останется как есть.
   *[none] Закреплённой сводки здесь нет.
}
pin-next = { $done ->
    [pinned] Она перерисует себя, когда что-то изменится, не чаще раза в минуту. /unpin это остановит.
    [unpinned] Новая — по /pin.
   *[none] /pin закрепит её, /pin growth — сводку команды или раздела.
}

error-schedule_what = Скажите, что присылать: сводку, список или показатель. Например: /schedule сводка по будням 8:30
error-schedule_when = Скажите в конце, когда: по будням 8:30, понедельник 9:00, ежедневно 18:00.
error-schedule_number = Назовите номер: /schedule пауза 1. Номера показывает /schedule.
error-schedule_not_here = В этом чате нет номера { $number }. Что запланировано, покажет /schedule.
error-schedule_nowhere = Расписание бывает только у чата.
error-schedule_known = Это здесь уже запланировано под номером { $number }.
error-schedules_too_many = В чате не больше { $most } сообщений по часам. Сначала уберите одно.
error-schedule_unknown = Номера { $number } больше нет.
error-pin_nowhere = Закреплённая сводка бывает только в чате.
