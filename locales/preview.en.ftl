### What if: what other lines would have raised, and what they cost.

command-preview = what other lines would have raised: /preview cr norm=4 alert=3.4 enter=2

preview-word = What if
preview-fired = In { $span } it would { $fired ->
    [0] never have fired
    [one] have fired once
   *[other] have fired { $fired } times
}{ $flaps ->
    [0] { "" }
    [one] , flapped once
   *[other] , flapped { $flaps } times
}{ $fired ->
    [0] .
    [one] { $short ->
        [0] .
       *[other] ; it lasted under { $limit }.
    }
   *[other] ; { $short ->
        [0] none
       *[other] { $short } of { $fired }
    } lasted under { $limit }.
}
preview-no-readings = There is no reading to try lines on yet.
preview-too-few = { $count ->
    [one] There is only { $count } reading
   *[other] There are only { $count } readings
}: that is little to go by. From { $need } on it tells more.
preview-lines = { $which ->
    [tried] Tried: { $lines }
   *[present] As the file has it: { $lines }
}
preview-no-lines = It has no norm and no alert line, so it would never fire.
preview-propose = Lines to try: { $lines }
preview-propose-norm = norm { $value } (1 reading in 20 was worse)
preview-propose-alert = alert { $value } (1 in 100)
preview-propose-none = Its value never varied: no line can be read from it.
preview-pushes = { $count ->
    [0] no red push
    [one] { $count } red push
   *[other] { $count } red pushes
}
preview-posts = { $count ->
    [0] no amber post
    [one] { $count } quiet amber post
   *[other] { $count } quiet amber posts
}
preview-total = { $total } in all
preview-median = median { $median }
preview-longest = longest { $longest }
preview-open = { $count ->
    [one] still open
   *[other] { $count } still open
}
preview-before = With the lines of the file: { $fired ->
    [0] never fired
    [one] fired once
   *[other] fired { $fired } times
}{ $flaps ->
    [0] { "" }
    [one] , flapped once
   *[other] , flapped { $flaps } times
}, { $short } under { $limit }.
preview-marked = Of these, people marked { $noise } as noise and { $real } as real.
preview-quieter = Quieter, with every real alert kept
preview-suggestion = { $change } would drop { $drops } of { $noise } { $known ->
    [marked] noise
    [short] short
   *[both] short or noise
} { $of ->
    [pushes] red pushes
   *[alerts] alerts
}{ $price ->
    [none] ; there was no real one.
    [free] { " " }at no cost to real ones.
    [later] { " " }and delay real ones by { $later ->
        [1] one tick
       *[other] up to { $later } ticks
    }.
    [longer] { " " }and keep real ones open { $longer ->
        [1] one tick longer
       *[other] up to { $longer } ticks longer
    }.
   *[both] , delay real ones by { $later ->
        [1] one tick
       *[other] up to { $later } ticks
    } and keep them open { $longer ->
        [1] one longer
       *[other] up to { $longer } longer
    }.
}
preview-change = { $what ->
    [norm] norm { $value }
    [alert] alert { $value }
    [bandNorm] band norm { $value }
    [bandAlert] band alert { $value }
    [enter] enter { $value }
   *[leave] leave { $value }
}
preview-change-none = { $what ->
    [norm] no norm
    [alert] no alert line
    [bandNorm] no band norm
   *[bandAlert] no band alert
}
button-preview-change = As a change: { $change }
preview-file = { $file } with { $change }:
preview-not-applied = This is not applied. Put it into the file, then have the metric verified again: until then it does not alert.
preview-no-change = { $file } says that already.

picture-preview-count = { $level ->
    [red] red at worst
   *[amber] amber at worst
}: { $count }
alt-preview = { $name }, history with alerts as they would have been. { $sentence } { $lines }

error-preview_argument = “{ $text }” is nothing to try. Give norm, alert, enter and leave in this order, or by name: /preview cr norm=4 alert=3.4 enter=2 leave=2 days=30
error-preview_number = { $name } is a number or none, not “{ $text }”.
error-preview_ticks = { $name } is a whole number of ticks from 1 to { $most }, not “{ $text }”.
error-preview_lines = alert { $alert } is better than norm { $norm }, but { $direction ->
    [up] higher
   *[down] lower
} is better here. Swap them.
error-preview_days = days is a whole number from 1 to { $most }.
error-metric_not_editable = { $file } cannot be changed for you: it is not readable, or has no direction to write the lines behind. Change it by hand.
error-preview_busy = Too many previews are asked for at once. Try again in a minute.
