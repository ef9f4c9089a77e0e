### What Slack shows besides answers

slack-picture = Chart: { $title }
slack-share = Share here
slack-share-acts = This answer cannot be shared: it would act a second time.
slack-shared = Posted here.
slack-shared-by = Shared by { $name }
slack-not-invited = I am not in this channel. Invite me with /invite, then share it again.
slack-loading = One moment…
slack-modal-title = Heartbeat
slack-modal-close = Close
slack-modal-submit = OK
slack-modal-answer = Your answer
slack-home-title = { $name }, this is { $workspace }
slack-home-calm = None of your metrics has an open alert.
slack-home-settings = Your settings
slack-umbrella = Every command also works as { $name }, such as { $name } star revenue.
slack-pin-scope = I may not pin this: the app lacks the scope pins:write. Install it anew with its current manifest. The cockpit is kept up to date all the same.
slack-pin-refused = Slack does not let me pin this here ({ $code }). The cockpit is kept up to date all the same.
