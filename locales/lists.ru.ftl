# Звёзды, списки, команды и части показателей, по-русски.

## Stars

button-star = Отметить
button-starred = Отмечено
star-changed = { $state ->
    [starred] { $name } отмечено звездой: в вашей сводке будет первым.
    [starred_before] { $name } уже отмечено вами.
    [unstarred] Звезда с { $name } снята.
   *[unstarred_before] На { $name } вашей звезды не было.
}
toast-star = { $state ->
    [starred] Отмечено: будет первым в вашей сводке; /unstar снимет звезду.
   *[unstarred] Звезда снята.
}
starred-title = Отмеченное
no-stars = Вы ещё ничего не отметили: /star и показатель или ☆ на его карточке.

## Watchlists

watchlists-title = Списки
watchlists-none = Списков пока нет.
watchlists-starred = { $count ->
    [one] { $count } отмеченный показатель: /star
    [few] { $count } отмеченных показателя: /star
   *[other] { $count } отмеченных показателей: /star
}
watchlists-how = /watchlist create отчётность kyc, late reports создаст список; /watchlist add отчётность team:growth добавит показатели команды.
of-team = команда { $team }
which-list = Какой список?
no-such-list = { $kind ->
    [several] «{ $query }» подходит к нескольким спискам. Какой нужен?
   *[none] Списка «{ $query }» нет. Может быть, один из этих?
}
list-changed = { $change ->
    [created] Список { $name } создан.
    [renamed] Теперь он называется { $name }.
    [described] Описание списка { $name } изменено.
    [added] { $count ->
        [0] В списке { $name } всё это уже есть.
        [one] Добавлен { $count } показатель в { $name }.
        [few] Добавлено { $count } показателя в { $name }.
       *[other] Добавлено { $count } показателей в { $name }.
    }
    [removed] { $count ->
        [0] В списке { $name } ничего из этого не было.
        [one] Убран { $count } показатель из { $name }.
        [few] Убрано { $count } показателя из { $name }.
       *[other] Убрано { $count } показателей из { $name }.
    }
    [restored] Список { $name } снова на месте.
    [unshared] Ссылка на { $name } больше ничего не открывает.
    [followed] { $name } — теперь ваша копия: меняйте её как угодно.
   *[followed_before] Копия у вас уже есть: { $name }.
}
list-holds = { $count ->
    [one] { $count } показатель
    [few] { $count } показателя
   *[other] { $count } показателей
}
list-deleted = Список { $name } удалён.
list-undo = Это можно отменить в течение десяти минут.
list-shared = Списком { $name } можно делиться. Открыть его может каждый из этого пространства:
list-shared-end = /watchlist unshare { $name } закроет доступ.
list-empty = В списке { $name } нет показателей.
which-removal = Что убрать из { $name }?
button-add-metrics = Добавить
button-share = Поделиться
button-follow = Взять копию
button-undo = Отменить
toast-removed = { $isNew ->
    [yes] Убрано из списка.
   *[no] Этого в списке не было.
}
toast-restored = Список снова на месте.
ask-items = Какие показатели будут в списке { $name }?
ask-items-examples = Названия через запятую или team:growth, domain:money, tag:slo.
ask-items-cancel = /cancel оставит всё как есть.
ask-items-hint = конверсия, team:growth
unknown-item = Показателя «{ $typed }» нет. Может быть, { $nearest }?
unknown-item-none = Показателя «{ $typed }» нет.
unknown-items = { $effect ->
    [some_added] Остальные добавлены.
    [not_created] Поэтому список не создан. Название из нескольких слов пишется в кавычках: /watchlist create "два слова" cr
   *[nothing] Ничего не изменилось.
}

## Teams and scopes

button-everything = Всё целиком
scope-mine = моё
no-alerts-in = Открытых тревог нет: { $name }
room-only = Только команды этого чата: { $teams }. Всё целиком — { $command }.
no-such-scope = { $found ->
    [yes] Нет ни команды, ни раздела, ни метки «{ $query }». Может быть, что-то из этого?
   *[no] Нет ни команды, ни раздела, ни метки «{ $query }».
}
team-people = Люди
team-rooms = Чаты
team-metrics = Показатели
team-nobody = никого
team-no-room = нет
which-team = Какая команда?
no-such-team = Команды «{ $query }» нет. Может быть, одна из этих?
no-teams = Команд пока нет. Они записаны в owners.yaml и в файлах показателей.

## Commands

command-watchlist = списки показателей: ваши и ваших команд
command-star = поставить показатель первым в вашей сводке
command-unstar = снять звезду
command-audit = срезы, которые объясняют показатель: /audit checkout
command-team = люди, чаты, показатели и тревоги команды

## Errors

error-watchlist_name_invalid = Списку нужно название, не длиннее { $most } знаков. Из нескольких слов — в кавычках.
error-watchlist_description_long = В описании не больше { $most } знаков, а здесь { $count }.
error-watchlist_unknown = Такого списка нет, или он не ваш. /watchlist покажет ваши.
error-watchlist_name_taken = Список «{ $list }» уже есть. Выберите другое название или переименуйте тот.
error-watchlist_full = В списке не больше { $most } показателей: здесь уже { $has }, и ещё { $adds } не поместятся. Ничего не изменилось.
error-watchlists_too_many = Списков уже { $most }. Сначала удалите один.
error-watchlist_undo_late = Прошло больше десяти минут: отменить уже нельзя.
error-watchlist_not_deleted = Этот список не удалён. /watchlist покажет ваши.
error-team_unknown = Команды «{ $team }» нет. /team покажет все.
error-not_of_team = Списки команды { $team } меняют только её люди и администраторы. Копию может взять каждый, у кого есть ссылка.

## Срезы

audit-title = Чем объясняются цифры
audit-of = Чем объясняется
audit-none = Срезов пока нет.
audit-none-next = Положите файл в cuts/ — он появится через пару секунд.
audit-unknown = Нет ни страницы, ни показателя, ни среза «{ $query }».
audit-unknown-next = /audit покажет всё, что есть.
