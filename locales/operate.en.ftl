### The delivery log, test messages, and how the program itself is

command-log = what was sent, and what was not: today, failed, a metric, A-1042
log-title = { $show ->
    [today] Sent today
    [failed] Could not be delivered
   *[all] Delivery log
}
log-title-of = Delivery log · { $name }
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
    [quiet_hours] quiet hours
   *[maintenance] maintenance
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
error-test_target_unknown = “{ $target }” cannot be tested. /test takes one of { $known }.
error-test_nowhere = There is no address to test on a channel that runs here. /whoami shows yours.

error-delivery_unknown = There is no delivery { $delivery }. /log lists them.
error-delivery_not_dead = Only a message that was given up can be retried, and this one is not. /log shows how it stands.
error-day_unreadable = “{ $text }” is no day. Write it as 2026-11-20, or today.
