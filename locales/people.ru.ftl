# Кто есть кто: привязка чата, личные настройки, просьба о доступе.

command-link = привязать этот чат к вам: ваша почта, потом код из письма
command-unlink = отвязать этот чат
command-lang = ваш язык: en, ru
command-tz = ваш часовой пояс: Europe/Belgrade
command-quiet = ваши тихие часы: 22:00-07:00, off, file

link-how = Напишите /link и почту, под которой вас знает команда; код придёт письмом.
link-how-example = Например: /link ann@example.com
link-asked = Если этот адрес здесь известен, на него уже идёт код.
link-asked-next = Пришлите мне его восемь цифр. Код действует 15 минут.
link-hint = 1234 5678
link-wrong = Это не тот код. { $left ->
    [one] Осталась { $left } попытка.
    [few] Осталось { $left } попытки.
   *[other] Осталось { $left } попыток.
}
link-none = Здесь нет действующего кода. Запросите новый.
link-done = Чат привязан. Здравствуйте, { $name }!
link-done-next = Тревоги ваших показателей будут приходить сюда. /whoami — что я о вас знаю, /help — что вам можно.
unlink-done = Этот чат больше ни к кому не привязан.
unlink-effect = Сюда ничего не приходит. Тревоги ваших показателей идут в другие ваши чаты и на почту, а если их нет — дежурным.
link-mail = Ваш код для Heartbeat
link-mail-how = Пришлите его боту. Он действует до { $until }, один раз.
link-mail-who = Его запросила учётная запись { $platform }: { $id }.
link-mail-not-you = Это были не вы? Тогда ничего не делайте: без кода никто не войдёт.

setting = { $name ->
    [lang] Ваш язык: { $value }
    [tz] Ваш часовой пояс: { $value }
   *[quiet] Ваши тихие часы: { $value }
} ({ $origin ->
    [chat] сказали вы
    [file] owners.yaml
   *[workspace] как у всех
}).
setting-how = { $name ->
    [lang] Сменить: /lang en или /lang ru; /lang file вернёт то, что в файле.
    [tz] Сменить: /tz Europe/Belgrade или /tz и город; /tz file вернёт то, что в файле.
   *[quiet] Сменить: /quiet 22:00-07:00 или /quiet off; /quiet file вернёт то, что в файле. Красное приходит всегда.
}
quiet-none = нет
origin = { $origin ->
    [chat] сказали вы
    [file] owners.yaml
   *[workspace] как у всех
}
linked-on = привязан { $day }
whoami-quiet = Тихие часы: { $hours }

stranger-link = Команда знает вашу почту? Тогда напишите /link и свой адрес.
button-ask-access = Попросить доступ
access-asked = Просьба отправлена. Ответ придёт сюда.
access-asks = просит доступ
access-id = Учётная запись { $platform }: { $id }
access-care = Впускайте только тех, кого знаете: назваться можно кем угодно.
access-button = { $decision ->
    [viewer] Читатель
    [operator] Оператор
   *[denied] Нет
}
access-done = Готово. Человеку сообщено.
access-add = Чтобы впустить ({ $name }), добавьте запись в owners.yaml:
access-add-how = Замените почту из примера на настоящую. Запись действует через две секунды после сохранения.
access-denied = { $name }: сообщено, что доступа нет.
access-yes = Вас впускают. Напишите /start немного погодя.
access-no = Доступа для вас здесь нет.

error-link_known = Вы здесь уже { $email }. Отвязать: /unlink.
error-link_nowhere = Привязать можно только чат в Telegram или Slack.
error-link_file_names = В owners.yaml указана другая ваша учётная запись. Попросите администратора исправить её там.
error-link_too_many = Больше трёх кодов за час. Подождите час и попросите снова.
error-link_no_mail = Коды идут письмом, а почта здесь не настроена. Попросите администратора дописать в вашу запись в owners.yaml: { $key }: { $id }
error-link_email_invalid = Это не адрес почты. Например: /link ann@example.com
error-link_in_private = Здесь ваш адрес прочтут все. Напишите мне это в личном чате.
error-unlink_by_file = Эта учётная запись указана в owners.yaml. Попросите администратора убрать её там.
error-lang_unknown = Говорю на en и ru, а «{ $typed }» не знаю.
error-tz_unknown = Не знаю часового пояса «{ $typed }». Напишите, например, Europe/Belgrade или город.
error-quiet_unreadable = Не понимаю часы «{ $typed }». Напишите /quiet 22:00-07:00, /quiet off или /quiet file.
error-access_asked = Вы уже попросили. Ответ придёт сюда.
error-access_wait = Вам уже ответили. Попросить снова можно завтра.
error-access_full = Слишком многие уже ждут. Попросите позже.
error-access_nobody = Написать администраторам не получается. Попросите сами и назовите им свою учётную запись.
error-access_known = У вас уже есть доступ. /whoami скажет, что я о вас знаю.
error-access_unknown = Такой просьбы больше нет.
error-access_decided = Это уже решено: { $name }.
