# Posts by the clock, and the cockpit that stays in a chat.

command-schedule = post by the clock: cockpit every weekday 08:30; list; pause 1, resume 1, remove 1
command-pin = a cockpit here that keeps itself up to date
command-unpin = leave the pinned cockpit as it is

schedules-none = Nothing is planned in this chat.
schedules-here = { $count ->
    [one] One post is planned here
   *[other] { $count } posts are planned here
}
schedule-how = Such as: /schedule cockpit every weekday 08:30, /schedule watchlist compliance monday 9:00, /schedule metric cr daily 18:00
schedule-how-change = By words as by the buttons: /schedule pause { $number }, /schedule resume { $number }, /schedule remove { $number }
schedule-done = Planned as number { $number }
schedule-zone = Times are those of { $zone }.
schedule-what = { $what ->
    [cockpit] Cockpit
    [watchlist] Watchlist
   *[metric] Metric
}
schedule-when = { $kind ->
    [daily] every day at { $time }
    [weekdays] on weekdays at { $time }
    [weekends] on weekends at { $time }
   *[named] { $names } at { $time }
}
schedule-next = next { $at }
schedule-paused = paused
schedule-late = Planned for { $at }, posted late.
schedule-broken = This is number { $number } of /schedule.
button-schedule-pause = Pause { $number }
button-schedule-resume = Go on with { $number }
button-schedule-remove = Remove { $number }
schedule-changed = { $change ->
    [pause] Paused.
    [resume] It goes on.
   *[remove] Removed.
}
schedule-changed-number = { $change ->
    [pause] Number { $number } is paused
    [resume] Number { $number } goes on
   *[remove] Number { $number } is removed
}

pin-live = Kept up to date · { $at }
pin-done = { $done ->
    [pinned] The cockpit is coming.
    [unpinned] It is left as it is.
   *[none] No cockpit is pinned here.
}
pin-next = { $done ->
    [pinned] It redraws itself when something changes, once a minute at most. /unpin ends that.
    [unpinned] /pin makes a new one.
   *[none] /pin makes one, /pin growth one of a team or a domain.
}

error-schedule_what = Say what to post: cockpit, watchlist or metric. Such as: /schedule cockpit every weekday 08:30
error-schedule_when = Say when at the end: every weekday 08:30, monday 9:00, daily 18:00.
error-schedule_number = Say its number: /schedule pause 1. /schedule lists them.
error-schedule_not_here = Number { $number } is not planned in this chat. /schedule lists what is.
error-schedule_nowhere = Only a chat has schedules.
error-schedule_known = That is planned here already: number { $number }.
error-schedules_too_many = A chat has at most { $most } schedules. Remove one first.
error-schedule_unknown = There is no number { $number } any more.
error-pin_nowhere = Only a chat can have a pinned cockpit.
