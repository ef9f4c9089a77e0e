### The playground at /play: two phones and the controls beside them

## The page

play-title = Heartbeat playground
play-noscript = The playground needs JavaScript. Switch it on for this page and reload.
play-about = Two phones, one group, and the bot as it runs in Telegram and in Slack.
play-theme = Colours
play-theme-auto = Auto
play-theme-light = Light
play-theme-dark = Dark
play-language = Language
play-docs = Docs
play-cockpit = Cockpit
play-try = Try this
play-close = Close
play-failed = That did not work.
play-offline = Connection lost. Trying again…

## Beside the phones

play-clock = The bot’s clock
play-skip = Skip ahead
play-skip-15m = +15 min
play-skip-1h = +1 h
play-skip-4h = +4 h
play-skip-morning = Morning
play-skipping = Making the data of the time between…
play-falls = Let something go wrong
play-fall = Let { $name } fall
play-falling = falling
play-restore = Stop
play-restore-of = Stop the fall of { $name }
play-steps = Your first minute
play-step-watch = Watch the group
play-step-watch-more = A number is about to cross its alert line. The message comes by itself.
play-step-ack = Tap ✅ Ack on one phone
play-step-ack-more = “I have it”: the alert is silent until the number is back to normal.
play-step-see = See who acked on the other
play-step-see-more = It is the same message, edited in place. Nobody is interrupted twice.
play-step-see-both = It is the same alert in the other chat, edited in place. Nobody is interrupted twice.
play-steps-done = That is the loop. Now try /cockpit, a snooze, or another fall.
play-step-is-done = done

## A phone

play-people = Whose phone
play-phone = { $name }’s phone
play-person = Person
play-app = Chat on { $name }’s phone
play-chats = Chats of { $name }
play-messages = Messages of { $chat }
play-unread = unread: { $count }
play-empty-group = Quiet so far. Alerts arrive here by themselves.
play-empty-private = Pick a command, or type /start.
play-compose = Message to { $chat }
play-compose-short = Message
play-send = Send
play-commands = Commands
play-newest = To the newest message
play-typing = { $name } is typing
play-nobody = Nobody has a phone here yet
play-nobody-more = Give the people in owners.yaml a telegram_id; here any number will do. Then reload this page.
play-no-group = There is no group yet: name a room in workspace.yaml, and reload.

## A message

play-edited = edited
play-silent = sent without a sound
play-pinned = pinned
play-topic = topic { $topic }
play-replied = in reply to { $name }
play-reply-to = Reply to { $name }
play-reply-drop = Do not reply
play-message-gone = a message that is no longer here
play-picture = Picture: { $of }
play-enlarge = Enlarge the picture: { $of }
play-picture-gone = This picture is no longer kept.
play-no-answer = The bot did not answer.

## Slack

play-slack-badge = APP
play-slack-only-you = Only visible to you
play-slack-pinned = Pinned
play-slack-edited = (edited)
play-slack-reply = Reply in thread
play-slack-replies = Thread of { $name }
play-slack-broadcast = also sent to the channel
play-slack-in-thread = replied to a thread: { $of }
play-slack-no-command = /{ $name } is no command here. Write /heartbeat help, or /heartbeat { $name }.
play-slack-no-threads = Slack takes no commands in threads: write /{ $name } in the chat.
play-slack-home = Home
play-slack-home-opening = Opening…
play-slack-empty-direct = Pick a command, or write one without its slash: cockpit.
