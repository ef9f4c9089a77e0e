### What mails say by themselves, and the pages that their links open

mail-footer = You get this because { $workspace } asks you to answer for its metrics.
mail-footer-ops = This is the ops inbox of { $workspace }.
mail-snooze-menu = More snooze times
mail-unsubscribe = Stop these mails

mail-ask = { $action ->
    [ack] Ack this alert?
    [unack] Give this alert back?
    [snooze] Snooze this alert?
    [ack_all] Ack all of these alerts?
    [snooze_all] Snooze all of these alerts?
    [real] Was it worth the interruption?
   *[noise] Was it only noise?
}
mail-as = You do it as { $name }. Others will see it.
mail-moved-on = The alert has changed since this mail was sent. This is how it is now.
mail-link-broken = { $why ->
    [expired] This link is too old
   *[forged] This link cannot be used
}
mail-link-next = { $why ->
    [expired] Open the alert in the chat, or use a newer mail.
    [gone] The person of this link is no longer in this workspace.
   *[forged] It was not made by Heartbeat, or a part of it is missing. Copy the whole address from the mail.
}

mail-subscribed = { $address } gets mails about alerts
mail-subscribed-text = Chats are not changed by this.
mail-unsubscribed = { $address } gets no more mails about alerts
mail-unsubscribed-text = Chats go on. You can turn the mails on again here.
mail-subscribe = Turn the mails on again
mail-ops-inbox = An ops inbox cannot be unsubscribed: it is what hears when nobody else does. Take it out of workspace.yaml instead.
