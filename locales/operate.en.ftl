### The delivery log, test messages, and how the program itself is

command-log = what was sent, and what was not: today, failed, a metric, A-1042, also together: cr failed today
log-title = { $show ->
    [today] Sent today
    [failed] Could not be delivered
    [failed_today] Could not be delivered today
   *[all] Delivery log
}
log-nothing = Nothing here.
log-held = held until { $until }
log-superseded = not needed any more
log-next = next try { $at }
log-delayed = delayed by rate limit
log-maybe = { $sent ->
    [yes] maybe sent twice
   *[no] maybe sent already
}
log-reason = { $reason ->
    [newer] a newer edit shows it
    [same] the message shows it already
    [no_message] there is no message to edit
    [storm] the storm message tells it
    [fresh] the data came back before it was sent
    [quiet_hours] quiet hours of { $name }
   *[maintenance] maintenance: { $name }
}
button-retry = Retry
button-newest = Newest
button-older = Older
toast-retried = It is sent again now. /log shows how it goes.

command-test = a test message to yourself, or to mail, telegram, ops, rooms
test-running = Test messages are on their way
test-done = { $result ->
    [all] Every test message arrived
   *[some] { $failed ->
        [one] One test message did not arrive
       *[other] { $failed } test messages did not arrive
    }
}
test-arrived = { $place }: arrived after { $took }
test-refused = { $place }: refused. { $reason }
test-late = { $place }: not within { $waited }, so it was taken back
notice-test = 🧪 Test: nothing is wrong
notice-test-why = { $name } asked whether messages arrive here. This one did.
command-health = how this program itself is
health-title = { $troubles ->
    [0] Heartbeat is well
    [one] One part is in trouble
   *[other] { $troubles } parts are in trouble
}
health-part = { $part ->
    [database] database
    [warehouse] warehouse
    [workspace] files
    [pulse] computing
    [outbox] sending
   *[other] { $part }
}
health-looked = Looked for due metrics { $ago } ago
health-not-looked = Has not looked for due metrics yet
health-on-time = none is late
health-overdue = { $count ->
    [one] one is late by { $lag }
   *[other] { $count } are late, by up to { $lag }
}: { $names }
health-queue-empty = No message waits
health-queue = { $count ->
    [one] One message waits, for { $age }
   *[other] { $count } messages wait, the oldest for { $age }
}
health-held = { $count } held by quiet hours or maintenance
health-today = { $count ->
    [0] Today nothing was given up.
    [one] Today one message was given up.
   *[other] Today { $count } messages were given up.
}
health-silent = Nothing fresh from { $source } since { $since }: { $count ->
    [one] one metric is stale
   *[other] { $count } metrics are stale
}
health-place-gone = { $place } cannot be reached since { $since }
health-place-waits = { $place } was told to wait until { $until }
button-failed = What failed

error-test_target_unknown = “{ $target }” cannot be tested. /test takes one of { $known }.
error-test_nowhere = There is no address to test on a channel that runs here. /whoami shows yours.

error-delivery_unknown = There is no delivery { $delivery }. /log lists them.
error-delivery_not_dead = Only a message that was given up can be retried, and this one is not. /log shows how it stands.
error-day_unreadable = “{ $text }” is no day. Write it as 2026-11-20, or today.
