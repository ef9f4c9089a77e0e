### Pages: the docs site, the cockpit and audit pages, signing in.
### Levels, counts, lines, verification and commands are described in en.ftl and pictures.en.ftl.

## On every page

site-skip = Skip to the content
site-contents = Contents
site-metrics = Metrics
site-cockpit = Cockpit
site-audit = Breakdowns
site-pages = Pages
site-commands = Commands

## Index and search

site-lead = What each number means, how it is made, who answers for it, and how it stands now.
site-search = Search
site-search-hint = A name, an owner, a table, a word
site-found = { $count ->
    [one] { $count } page fits “{ $query }”.
   *[other] { $count } pages fit “{ $query }”.
}
site-found-nothing = Nothing fits “{ $query }”.
site-nearest = Did you mean
site-show-all = Show everything

## Tables and facts of a metric

site-metric = Metric
site-value = Value
site-state = State
site-norm = Norm
site-alert = Alert
site-age = Age
site-fresh = fresh
site-old = newest value is { $age } old
site-owner = Owner
site-verification-name = Verification
site-verification = { $state ->
    [verified] verified
    [changed] unverified: changed since verified
   *[unverified] unverified
}
site-changed-means = Its SQL, direction, unit, lines or methodology were changed after somebody said that they are right. It is computed and shown, and stays silent until the file names a new date under verified.
site-unverified-means = Nobody has said yet that this definition is right: it is computed and shown, and never alerts.
site-would-be = By its lines the newest value is { $level }.
site-lines = Lines
site-line = { $kind ->
    [alert] red
   *[norm] amber
} { $direction ->
    [up] below
   *[down] above
} { $line }
site-band = (until it is { $direction ->
    [up] above
   *[down] below
} { $line } again)
site-ticks = Ticks
site-typical = Typical
site-target = Target
site-target-due = { $value } by { $due }
site-direction-name = Direction
site-direction = { $direction ->
    [up] higher is better
   *[down] lower is better
}
site-unit-name = Unit
site-unit = { $kind ->
    [percent] percent
    [count] count
    [ratio] ratio
    [score] score
    [currency] money, { $of }
   *[duration] time, in { $of }
}
site-period = Computed
site-schedule = by the schedule { $cron }
site-stale-after = Stale after
site-teams = Teams
site-synonyms = Also called
site-tags = Tags
site-explained-by = Breakdowns
site-role = { $role ->
    [explains] explains it
   *[drilldown] goes into detail
}
site-runbook = Runbook
site-file = File
site-picture-alt = Chart of { $metric }; newest value { $value }. The numbers stand on this page as text.
site-on-this-page = On this page

## Cockpit

site-everything = Everything
site-team = Team { $team }
site-cockpit-alt = Cockpit of { $title }. The table below holds the same numbers.

## Alerts

site-alerts-nav = Alerts
site-alerts = Open alerts
site-storm = Alerts of the storm { $number }
site-alerts-none = No alert is like that.
site-alerts-cut = Only the newest { $count } are shown; the API lists them all.
site-alerts-state = { $state ->
    [open] All open
    [firing] Nobody has them
    [acked] Acked
    [snoozed] Snoozed
    [resolved] Over
   *[all] All
}
site-alert-taken = Who has it
site-alert-taken-by = { $state ->
    [firing] nobody
    [acked] { $name }, { $at }
    [snoozed] silent until { $at }, by { $name }
   *[resolved] over, { $at }
}
site-since = Since
site-sources = Silent sources
site-source = Source
site-source-metrics = Metrics that wait for it
site-source-back = back { $at }

## Breakdowns

site-audit-lead = Where a number comes from, and where to look when it moves.
site-feeds = { $role ->
    [explains] Explains
   *[drilldown] Detail of
}
site-how-made = How this is made
site-window = Shows first
site-small-groups = Small groups
site-min-group = { $count ->
    [one] no group is too small to be shown
   *[other] groups of fewer than { $count } count as “other”
}

## Commands

site-commands-lead = What you can say to the bot. Plain words work too: the name of a metric shows its card.

## Trouble

site-missing = There is no such page
site-missing-text = { $path } is not a page of this site.
site-refused = You cannot see this page yet
site-refused-text = Send /docs to the bot in a private chat: its link signs you in at this browser. Or sign in with an API token.
site-login = Sign in
site-login-text = This link signs you in at this browser, once.
site-token = API token
site-token-wrong = No API token is that. Look for a part that was not copied, or ask whoever runs Heartbeat.
site-sign-in = Sign in
site-ticket = { $code ->
    [ticket_used] This link has been used already: it opens once.
    [ticket_expired] This link is more than ten minutes old.
    [not_a_member] The person of this link is no longer in this workspace.
   *[ticket_unreadable] This link was not made by Heartbeat, or a part of it is missing.
} Send /docs to the bot for a new one.
site-failed = This page could not be made
site-failed-text = { $kind ->
    [unavailable] A system behind Heartbeat does not answer. Try again in a minute.
    [slow] It took too long. Try again in a minute.
   *[other] Something went wrong inside Heartbeat. It is in its log under { $id }.
}
