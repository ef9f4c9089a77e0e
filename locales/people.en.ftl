# Who somebody is here: linking, settings of one's own, asking for access.

command-link = link this chat to you: your e-mail, then the code from the mail
command-unlink = end the link of this chat
command-lang = your language: en, ru
command-tz = your time zone: Europe/Belgrade
command-quiet = your quiet hours: 22:00-07:00, off, file

link-how = Write /link and the e-mail that your team knows you by; a code comes by mail.
link-how-example = Such as: /link ann@example.com
link-asked = If this address belongs here, a code is on its way to it.
link-asked-next = Write me its eight digits. It is good for 15 minutes.
link-hint = 1234 5678
link-wrong = That is not the code. { $left ->
    [one] One try is left.
   *[other] { $left } tries are left.
}
link-none = No code is open here. Ask for a new one.
link-done = Linked. Hello { $name }!
link-done-next = Alerts of your metrics come here. /whoami says what I know, /help what you may do.
unlink-done = This chat is linked to nobody any more.
unlink-effect = Nothing is sent here. Alerts of your metrics go to your other chats and by mail, or to the ops inbox.
link-mail = Your code for Heartbeat
link-mail-how = Write it to the bot. It is good until { $until }, once.
link-mail-who = It was asked for by the { $platform } account { $id }.
link-mail-not-you = That was not you? Then do nothing: without the code nobody gets in.

setting = { $name ->
    [lang] Your language: { $value }
    [tz] Your time zone: { $value }
   *[quiet] Your quiet hours: { $value }
} ({ $origin ->
    [chat] said by you
    [file] owners.yaml
   *[workspace] as the workspace
}).
setting-how = { $name ->
    [lang] Change it by /lang en or /lang ru; /lang file goes back to what the file says.
    [tz] Change it by /tz Europe/Belgrade, or /tz and a city; /tz file goes back to what the file says.
   *[quiet] Change them by /quiet 22:00-07:00 or /quiet off; /quiet file goes back to what the file says. Red comes all the same.
}
quiet-none = none
origin = { $origin ->
    [chat] said by you
    [file] owners.yaml
   *[workspace] as the workspace
}
linked-on = linked { $day }
whoami-quiet = Quiet hours: { $hours }

stranger-link = Does your team know your mailbox? Then write /link and your e-mail.
button-ask-access = Ask for access
access-asked = You have asked for access. The answer comes here.
access-asks = asks for access
access-id = Their { $platform } id: { $id }
access-care = Let in only whom you know: anybody can choose a name.
access-button = { $decision ->
    [viewer] Viewer
    [operator] Operator
   *[denied] No
}
access-done = Done. They hear of it.
access-add = { $name } is let in by an entry in owners.yaml:
access-add-how = Put their e-mail in place of the example. It counts two seconds after you save it.
access-denied = { $name } is told that there is no access.
access-yes = You are being let in. Write /start in a while.
access-no = There is no access for you here.

error-link_known = You are { $email } here already. /unlink ends that.
error-link_nowhere = Only a chat in Telegram or Slack can be linked.
error-link_file_names = owners.yaml names another account of yours. Ask an admin to change it there.
error-link_too_many = That is more than three codes in an hour. Wait an hour, then ask again.
error-link_no_mail = Codes go by mail, and no mail is set up here. Ask an admin to write this into your entry in owners.yaml: { $key }: { $id }
error-link_email_invalid = That is no e-mail address. Such as: /link ann@example.com
error-link_in_private = Everybody here would read your address. Write that to me in a private chat.
error-unlink_by_file = This account stands in owners.yaml. Ask an admin to take it out there.
error-lang_unknown = I speak en and ru, not “{ $typed }”.
error-tz_unknown = I know no time zone “{ $typed }”. Write it as Europe/Belgrade, or its city.
error-quiet_unreadable = I cannot read “{ $typed }” as hours. Write /quiet 22:00-07:00, /quiet off or /quiet file.
error-access_asked = You have asked already. The answer comes here.
error-access_wait = You have been answered. You can ask again tomorrow.
error-access_full = Too many people wait already. Ask again later.
error-access_nobody = I can reach no admin of this workspace. Ask one yourself, and name your id.
error-access_known = You have access already. /whoami says what I know of you.
error-access_unknown = There is no such request any more.
error-access_decided = { $name } has decided that already.
