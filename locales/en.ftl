# What Heartbeat says in English. Every key stands in every language with the same variables; a test compares them.
# Signs such as a red dot stand in src/answers/glyphs.ts; numbers, spans of time and dates arrive already written.

## Numbers and time

unit-ms = ms
unit-s = s
unit-min = min
unit-h = h
unit-d = { $count ->
    [one] day
   *[other] days
}
just-now = just now
ago = { $span } ago
every = { $unit ->
    [s] { $count ->
        [1] every second
       *[other] every { $count } s
    }
    [m] { $count ->
        [1] every minute
       *[other] every { $count } min
    }
    [h] { $count ->
        [1] every hour
       *[other] every { $count } h
    }
    [d] { $count ->
        [1] every day
       *[other] every { $count } days
    }
   *[w] { $count ->
        [1] every week
       *[other] every { $count } weeks
    }
}

## Levels and lines

level = { $level ->
    [red] red
    [amber] amber
   *[green] green
}
count = { $standing ->
    [red] { $count } red
    [amber] { $count } amber
    [green] { $count } green
    [stale] { $count } stale
    [silent] { $count } without data
   *[unverified] { $count } unverified
}
crossed = { $side ->
    [below] below
   *[above] above
} { $kind ->
    [norm] norm
   *[alert] alert
} { $line }
no-longer-crossed = no longer { $side ->
    [below] below
   *[above] above
} { $kind ->
    [norm] norm
   *[alert] alert
} { $line }
within = within { $kind ->
    [norm] norm
   *[alert] alert
} { $line }
for-ticks = { $crossing } for { $ticks ->
    [one] { $ticks } tick
   *[other] { $ticks } ticks
}
no-lines = no norm or alert line
no-reading = no reading yet
change-yesterday = { $change } vs yesterday
change-weekday = { $change } vs last { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
change-since = { $change } vs { $since }
unusual = unusual
verified = verified

## An alert's message

phase = { $phase ->
    [improving] Improving
    [recovering] Recovering
    [acked] Acked
    [snoozed] Snoozed
    [resolved] Recovered
   *[withdrawn] Closed
}
since = Since { $at }
since-for = Since { $at } ({ $span })
since-short = since { $at }
owner = Owner { $name }
owner-unlinked = Unowned: { $name } has no linked chat
unowned = Unowned
acked-by = acked by { $name }, { $at }
acked-forgotten = acked by { $name }, { $at }, and still red
unacked-by = un-acked by { $name }
snoozed-by = snoozed by { $name } until { $until }
more-notes = { $count ->
    [one] and { $count } earlier note
   *[other] and { $count } earlier notes
}
runbook = runbook
documentation = documentation
lasted = lasted { $span }, worst { $worst }
acked-after = acked by { $name } after { $span }
withdrawn-why = { $reason ->
    [unverified] It did not recover: this definition is not the verified one.
    [retired] It did not recover: the metric was removed. Its history is kept.
   *[unjudged] It did not recover: the metric has no line to judge by any more.
}
withdrawn-next = { $reason ->
    [unverified] It stays silent until { $file } is verified again.
    [retired] Put { $file } back to watch it again.
   *[unjudged] Add norm_value or alert_value to { $file } to hear alerts again.
}
reply-entered-red = { $from ->
    [green] Red again, on and off since { $at }
   *[amber] Got worse, amber since { $at }
}
reply-snooze-ended = { $name }’s snooze is over and it has not recovered
reply-escalated = Nobody has taken it for { $span }
reply-ack-timed-out = { $name } acked it { $at }, and it is still red
improving = improving, was red
flapping = comes and goes
escalated = escalated

## Buttons

button-ack = Ack
button-unack = Un-ack
button-snooze = Snooze { $span }
button-next-workday = Next working day 09:00
button-until = until…
button-real = Real
button-noise = Noise
button-back = Back
button-why = Why
button-days = { $count } days
button-howto = How to read
button-refresh = Refresh
button-card = Open the card
button-cockpit = Cockpit
button-alerts = Alerts
button-all-alerts = All { $count } alerts
button-help = What can I do here?

## Cockpit, card, lists

no-metrics = no metrics yet
and-more = and { $count } more
tuple-norm = norm { $value }
tuple-alert = alert { $value }
tuple-typical = typical { $mean } ± { $deviation }
tuple-target = target { $value }
tuple-target-due = target { $value } by { $due }
computed = computed { $ago }
stale-since = stale: last computed { $ago }
late = late
verified-by = verified by { $name }, { $day }
verification-changed = unverified: changed since it was verified, silent until verified again
verification-none = unverified: never alerts
last-tick-failed = Last tick failed: { $error }
method = Method
sources = Sources
notes = Notes
no-alerts = No open alerts. All quiet.
storm-title = { $count } alerts
storm-red = { $count } red
storm-amber = { $count } amber
storm-since = Since { $at }
storm-source = probably one cause: { $count } of them read { $source }
storm-handled = { $count } { $state ->
    [acked] acked
    [snoozed] snoozed
   *[resolved] recovered
}
storm-all-over = All { $count } alerts recovered
storm-over = The storm of { $count } alerts is over · { $open } still open
button-ack-all = Ack all
button-snooze-all = Snooze all { $span }
button-show-all = Show all
stale-title = Pipeline stale
stale-warehouse = the warehouse
stale-metrics = { $count ->
    [one] No fresh reading of { $count } metric
   *[other] No fresh reading of { $count } metrics
}
stale-age = last reading { $span } old
stale-frozen = Levels stay as they were until it is back
fresh-title = Fresh again
fresh-after = { $count ->
    [one] { $count } metric was stale for { $span }
   *[other] { $count } metrics were stale for { $span }
}
storm-subject = Storm of alerts
notice-sql-error = SQL fails
notice-sql-error-effect = It counts as no reading; the level stays as it was. This is said once a day.
notice-sql-error-next = /why { $metric } shows the last ticks.
toast-storm = { $action ->
    [ack] Acked { $done } of { $open } open alerts
   *[snooze] Snoozed { $done } of { $open } open alerts
}
toast-storm-over = All of them are over
command-maintenance = keep messages back for a while: what, how long, why
maintenance-none = No maintenance window is open
maintenance-how = /maintenance growth 2h Warehouse upgrade opens one: a metric, a domain, a source or all.
maintenance-open = { $count ->
    [one] { $count } maintenance window
   *[other] { $count } maintenance windows
}
maintenance-done = { $done ->
    [opened] Maintenance
   *[ended] Maintenance is over
}
maintenance-until = until { $until }
maintenance-of-all = everything
maintenance-by-file = by workspace.yaml
maintenance-effect = Nothing is posted or mailed until then; what is still bad is told afterwards.
maintenance-ended-effect = It is over. What is still bad is told now.
button-end-maintenance = End { $name }
open-alerts = { $count ->
    [one] { $count } open alert
   *[other] { $count } open alerts
}
page = page { $page } of { $pages }
which-alert = { $action ->
    [ack] Which alert do you take?
    [unack] Which alert do you give back?
   *[snooze] Which alert shall be silent?
}

alert-state = { $state ->
    [acked] { $number } (acked)
    [snoozed] { $number } (snoozed)
   *[firing] { $number }
}

## Why

why-no-lines = It has no norm and no alert line: it is shown and never alerts.
why-lines = { $lines }; { $direction ->
    [up] lower is worse
   *[down] higher is worse
}.
why-reading = { $value } is { $standing }: { $level }.
why-stale = The newest value was computed { $ago }: stale, so the level is frozen.
why-ticks = Last ticks
why-one-tick = One tick is enough to enter or leave a level.
why-hysteresis = { $enter ->
    [one] { $enter } tick
   *[other] { $enter } ticks in a row
} to enter a level, { $leave } to leave it.
why-entering = So far { $run } of { $need } at { $level }.
why-leaving = So far { $run } of { $need } on the way back.
why-held = { $run ->
    [one] { $run } tick
   *[other] { $run } ticks in a row
} at { $level }.
why-gate = { $gate ->
    [open] { $text }. It may alert.
   *[shut] { $text }.
}
why-maintenance = Maintenance { $name } keeps messages back until { $until }
why-quiet = Quiet hours of { $name } until { $until }: amber waits, red does not
why-storm = Folded into the storm of { $count } alerts in { $place }
why-flapping = It comes and goes: recoveries are held back, red rings once an hour at most
why-source = { $source } gives no fresh readings since { $at } ({ $alert }): levels stay as they were
why-no-alert = No alert is open.
why-alert = { $alert } is open at { $level } since { $at }.
why-acked = { $name } has it since { $at }: silent until it is back to normal and crosses again.
why-snoozed = { $name } snoozed it until { $until }; that ends early when it recovers or gets worse.
why-places = Alerts go to
why-nobody = Nobody hears its alerts: the owner has no linked chat, no room serves its teams, and there is no ops inbox.
why-place = { $why ->
    [owner] { $label } (owner)
    [team] { $label } (team { $team })
   *[unowned] { $label } (ops inbox: unowned)
}
why-deliveries = What was sent
edge = { $edge ->
    [entered_amber] amber
    [entered_red] red
    [improving] improving
    [recovering] recovering
    [relapsed] not recovered
    [resolved] recovered
    [acked] acked
    [unacked] un-acked
    [snoozed] snoozed
    [snooze_ended] snooze ended
    [noted] note
    [rated] feedback
    [value_changed] new value
    [withdrawn] closed
    [picture] picture
    [redraw] redrawn
    [group_moved] group moved
    [reposted] posted anew
    [undeliverable] could not be delivered
    [file_broken] broken file
    [verification_lost] verification lost
    [test] test
    [escalated] escalated
    [ack_timed_out] ack is old
    [flapping_started] flapping
    [flapping_ended] calm again
    [stale] no fresh data
    [stale_changed] no fresh data, other metrics
    [fresh] data is back
    [sql_error] SQL failed
    [scheduled] post by the clock
    [pinned] pinned cockpit
    [link_code] link code
    [access_request] wish for access
    [access_answer] answer about access
    [storm] storm
    [storm_changed] storm goes on
    [storm_over] storm over
    [storm_recovered] storm recovered
   *[other] { $edge }
}
delivery-operation = { $operation ->
    [post] message
    [edit] edit
    [reply] reply
   *[notice] notice
}
delivery-status = { $status ->
    [held] held
    [pending] waits
    [sending] being sent
    [sent] sent
    [superseded] dropped for a newer one
    [failed] failed
   *[dead] given up
}{ $attempts ->
    [0] { "" }
    [one] { "" }
   *[other] { " " }after { $attempts } attempts
}

## Greetings, people, help

start-hello = Hello { $name }!
start-what = I watch the numbers of { $workspace } and speak up when one gets worse than its line.
start-try = Try /cockpit for everything at once, /alerts for what is open, or /metric and a name.
help-title = What you can do here
help-tip = A part of a metric’s name is enough: /metric check
role = { $role ->
    [viewer] viewer
    [operator] operator
    [approver] approver
   *[admin] admin
}
role-may = { $role ->
    [viewer] You may read everything here.
   *[other] You may read everything, ack, snooze, note and refresh.
}
teams = Teams: { $teams }
not-linked = no chat linked yet
language = English
stranger = You do not have access here yet.
stranger-id = Your { $platform } id: { $id }
stranger-next = Send this id to the person who looks after Heartbeat in your team and ask to be added.

## Commands

command-start = what this bot does
command-help = what you can do here
command-cockpit = all metrics at once, the worst first
command-metric = card of one metric
command-alerts = open alerts
command-ack = take an alert
command-unack = give an alert back
command-snooze = silence an alert for a while
command-note = write a note about an alert
command-refresh = compute a metric now
command-why = why a metric rings, or why it is silent
command-docs = pages about the metrics
command-whoami = who you are here
command-cancel = drop the question I asked
unknown-command = I do not know “{ $typed }”.
planned-command = “{ $typed }” is not there yet.
planned-command-next = Until then a metric is a file that somebody writes. /help lists what you can do.
did-you-mean-command = Did you mean /{ $nearest }?
see-help = /help lists what you can do here.
no-such-metric = { $kind ->
    [several] “{ $query }” fits more than one metric. Which one?
   *[none] No metric is called “{ $query }”. Did you mean one of these?
}
which-metric = Which metric? Add its name, or pick one:
no-metrics-yet = There are no metrics here yet. Add a file to metrics/ and it appears within seconds.
refresh-running = Computing…
refresh-joined = Somebody has just asked for it: computing…
refresh-first = First value, took { $took }.
refresh-same = Unchanged, took { $took }.
refresh-done = Was { $before }, took { $took }.
refresh-no-data = No data: the query gave no value, so nothing changed. Took { $took }.
refresh-failed = It could not be computed, the last value stays: { $reason }
docs-title = What the numbers mean and how they are made
done = { $done ->
    [acked] Acked
    [unacked] Un-acked
   *[snoozed] Snoozed
}
done-next = { $done ->
    [acked] It is yours: silent until it is back to normal and crosses again.
    [unacked] Nobody has it now: it waits for somebody to take it.
   *[snoozed] Snoozed.
}
snoozed-until = Silent until { $until }; ends early when it recovers or gets worse.
noted = Noted under { $alert }, { $name }.
note-cut = It was longer than { $most } characters and was cut.
ask-until = Until when shall it be silent?
ask-until-examples = For example: 3h, tomorrow 8:30, monday, 18:00
ask-until-hint = tomorrow 8:30
ask-cancel = /cancel drops the question.
ask-again = { $problem ->
    [out_of_range] “{ $typed }” is not within the next 30 days.
   *[unreadable] I cannot read “{ $typed }” as a time.
}
asked-enough = I could not read it, so I have dropped the question. Nothing was changed.
cancelled = Dropped.
nothing-to-cancel = Nothing to drop: I was not waiting for an answer.

## Answers to presses

toast-shown = Here you are.
toast-rated = { $verdict ->
    [real] Thank you: real.
   *[noise] Thank you: noise.
}
toast-rated-before = { $verdict ->
    [real] You have said so already: real.
   *[noise] You have said so already: noise.
}
toast-already-acked = Already acked by { $name }, { $ago }.
toast-already-snoozed = Already snoozed by { $name } until { $until }.
toast-not-acked = Nobody has acked it, so there is nothing to undo.
toast-not-in-future = That time has passed. Choose a later one.
toast-no-alert = This alert is over. Nothing was changed.
toast-closed = { $alert } has ended ({ $at }). Nothing was changed.
toast-outdated = The alert has changed since this button was drawn. The message now shows how it stands; press again if you still want to.
toast-no-right = This takes the role { $need }, yours is { $have }. Ask an admin of your workspace.
toast-not-member = You do not have access here yet. Send me /start in a private chat to see how to ask.
toast-unreadable = This button is too old. /alerts shows what is open now.
toast-metric-gone = This metric was removed. /cockpit shows those that exist.
toast-unavailable = I cannot reach my database right now, so nothing was changed. Try again in a minute.

## Errors

failed = { $kind ->
    [input] That does not work as written.
    [not-found] There is no such thing here.
    [refused] That is not allowed.
    [conflict] It has changed in the meantime. Look again and repeat.
    [locked] Somebody else is at it right now. Try again in a minute.
    [unavailable] A system behind me does not answer. Nothing was lost; try again in a minute.
   *[other] Something went wrong on my side, and it is in my log. Try again; /help lists what you can do.
}

error-alert_unknown = There is no open alert { $alert }. /alerts lists those that are.
error-metric_unknown = There is no metric { $metric }. /cockpit shows those that exist.
error-scope_unknown = No team and no domain is called “{ $scope }”. /cockpit alone shows everything.
error-arguments_invalid = /{ $command } does not work like that: { $reason }. /help lists the commands.
error-snooze_unreadable = I cannot read “{ $text }” as a time. Try 15m, 3h 30m, tomorrow 8:30, monday or 18:00.
error-snooze_out_of_range = “{ $text }” is not within the next 30 days.
error-note_which = Say which alert the note is about: /note A-1042 and your words. /alerts lists the open ones.
error-note_empty = A note needs words: /note A-1042 the payment page is down
error-too_many_commands = That is more than { $most } commands in a minute. Wait a minute, then go on.
error-not_a_member = You do not have access here yet. Send me /start in a private chat to see how to ask.
error-maintenance_length = A maintenance window lasts from a minute to 30 days.
error-maintenance_unknown = There is no maintenance window { $number }.
error-maintenance_over = The maintenance window { $name } is over already.
error-maintenance_unreadable = Say what and how long, such as /maintenance { $what } 2h.
error-maintenance_scope = { $what } is no metric, domain or source here. “all” is everything.
error-storm_unknown = That storm is not known here. /alerts lists what is open.
error-role_too_low = This takes the role { $needs }, yours is { $role }. Ask an admin of your workspace.
error-database_unavailable = I cannot reach my database right now, so nothing was changed. Try again in a minute.

## Pictures, in words

alt-cockpit = Cockpit of { $title }: { $counts }.
alt-card = { $metric }, chart of { $count ->
    [one] { $count } day
   *[other] { $count } days
}: { $sentence }.
