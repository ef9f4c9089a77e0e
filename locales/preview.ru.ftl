### Что если: какие тревоги подняли бы другие линии и чего это стоит.

command-preview = что подняли бы другие линии: /preview cr norm=4 alert=3.4 enter=2

preview-word = Что если
preview-fired = За { $span } { $fired ->
    [0] тревог бы не было
    [one] сработало бы { $fired } раз
    [few] сработало бы { $fired } раза
   *[many] сработало бы { $fired } раз
}{ $flaps ->
    [0] { "" }
    [one] , мигало { $flaps } раз
    [few] , мигало { $flaps } раза
   *[many] , мигало { $flaps } раз
}{ $fired ->
    [0] .
    [1] { $short ->
        [0] .
       *[other] ; короче { $limit }.
    }
   *[other] ; короче { $limit }: { $short } из { $fired }.
}
preview-no-readings = Проверять линии пока не на чем: значений нет.
preview-too-few = Всего { $count ->
    [one] { $count } значение
    [few] { $count } значения
   *[many] { $count } значений
}: судить рано. Надёжнее от { $need }.
preview-lines = { $which ->
    [tried] Пробуем: { $lines }
   *[present] Как в файле: { $lines }
}
preview-no-lines = Нормы и порога нет, поэтому тревог не было бы никогда.
preview-propose = Стоит попробовать: { $lines }
preview-propose-norm = норма { $value } (хуже было 1 значение из 20)
preview-propose-alert = порог { $value } (1 из 100)
preview-propose-none = Значение ни разу не менялось: линию по нему не провести.
preview-pushes = красных со звуком: { $count }
preview-posts = жёлтых без звука: { $count }
preview-total = всего { $total }
preview-median = медиана { $median }
preview-longest = дольше всего { $longest }
preview-open = не закрыто: { $count }
preview-before = С линиями из файла: { $fired ->
    [0] ни разу
    [one] { $fired } раз
    [few] { $fired } раза
   *[many] { $fired } раз
}{ $flaps ->
    [0] { "" }
    [one] , мигало { $flaps } раз
    [few] , мигало { $flaps } раза
   *[many] , мигало { $flaps } раз
}, короче { $limit }: { $short }.
preview-marked = Из них люди отметили: ложных — { $noise }, настоящих — { $real }.
preview-quieter = Тише, и ни одной настоящей тревоги не потеряно
preview-suggestion = { $change } — { $of ->
    [pushes] без звука стали бы
   *[alerts] отпали бы
} { $drops } из { $noise } { $known ->
    [marked] ложных
    [short] коротких
   *[both] коротких или ложных
}{ $of ->
    [pushes] { " " }красных
   *[alerts] { "" }
}{ $price ->
    [none] ; настоящих не было.
    [free] , настоящим это ничего не стоит.
    [later] , настоящие пришли бы { $later ->
        [1] на 1 замер позже
        [one] позже, самое большее на { $later } замер
        [few] позже, самое большее на { $later } замера
       *[many] позже, самое большее на { $later } замеров
    }.
    [longer] , настоящие закрывались бы { $longer ->
        [1] на 1 замер позже
        [one] позже, самое большее на { $longer } замер
        [few] позже, самое большее на { $longer } замера
       *[many] позже, самое большее на { $longer } замеров
    }.
   *[both] , настоящие пришли бы позже (замеров: до { $later }) и закрывались бы позже (до { $longer }).
}
preview-change = { $what ->
    [norm] норма { $value }
    [alert] порог { $value }
    [bandNorm] возврат из жёлтого { $value }
    [bandAlert] возврат из красного { $value }
    [enter] вход { $value } (enter)
   *[leave] выход { $value } (leave)
}
preview-change-none = { $what ->
    [norm] без нормы
    [alert] без порога
    [bandNorm] возврат из жёлтого по норме
   *[bandAlert] возврат из красного по порогу
}
button-preview-change = Показать правку: { $change }
preview-file = { $file }, { $change }:
preview-not-applied = Правка не применена. Внесите её в файл, и пусть показатель проверят снова: до этого тревог не будет.
preview-no-change = В { $file } так и написано.

picture-preview-count = { $level ->
    [red] дошло до красного
   *[amber] дошло до жёлтого
}: { $count }
alt-preview = { $name }: история и тревоги, какими они были бы. { $sentence } { $lines }

error-preview_argument = «{ $text }» попробовать нельзя. Укажите норму, порог, enter и leave по порядку или по именам: /preview cr norm=4 alert=3.4 enter=2 leave=2 days=30
error-preview_number = { $name } — это число или none, а не «{ $text }».
error-preview_ticks = { $name } — это целое число замеров от 1 до { $most }, а не «{ $text }».
error-preview_lines = Порог { $alert } лучше нормы { $norm }, а здесь лучше, когда { $direction ->
    [up] больше
   *[down] меньше
}. Поменяйте их местами.
error-preview_days = days — это целое число от 1 до { $most }.
error-metric_not_editable = Файл { $file } не получается изменить за вас: он не читается, или в нём нет direction, после которого пишутся линии. Измените его руками.
error-preview_busy = Слишком много запросов «что если» сразу. Повторите через минуту.
