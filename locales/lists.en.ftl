# Stars, watchlists, teams and scopes, in English.

## Stars

button-star = Star
button-starred = Starred
star-changed = { $state ->
    [starred] { $name } is starred: it comes first in your cockpit.
    [starred_before] { $name } had your star already.
    [unstarred] { $name } is no longer starred.
   *[unstarred_before] { $name } had no star of yours.
}
toast-star = { $state ->
    [starred] Starred. It comes first in your cockpit; /unstar takes the star away.
   *[unstarred] The star is gone.
}
starred-title = Starred
no-stars = You have not starred anything yet: /star and a metric, or ☆ on its card.

## Watchlists

watchlists-title = Watchlists
watchlists-none = There is no watchlist yet.
watchlists-starred = { $count ->
    [one] { $count } starred metric: /star
   *[other] { $count } starred metrics: /star
}
watchlists-how = /watchlist create compliance kyc, late reports makes one; /watchlist add compliance team:growth adds a team’s metrics.
of-team = team { $team }
which-list = Which watchlist?
no-such-list = { $kind ->
    [several] “{ $query }” fits more than one watchlist. Which one?
   *[none] No watchlist is called “{ $query }”. Did you mean one of these?
}
list-changed = { $change ->
    [created] { $name } is there.
    [renamed] It is called { $name } now.
    [described] The description of { $name } is changed.
    [added] { $count ->
        [0] { $name } had all of these already.
        [one] Added { $count } metric to { $name }.
       *[other] Added { $count } metrics to { $name }.
    }
    [removed] { $count ->
        [0] { $name } had none of these.
        [one] Took { $count } metric off { $name }.
       *[other] Took { $count } metrics off { $name }.
    }
    [restored] { $name } is back.
    [unshared] The link of { $name } opens nothing any more.
    [followed] { $name } is your own copy now: change it as you like.
   *[followed_before] You have a copy of it already: { $name }.
}
list-holds = { $count ->
    [one] { $count } metric
   *[other] { $count } metrics
}
list-deleted = { $name } is deleted.
list-undo = You can undo it for ten minutes.
list-shared = { $name } is shared. Whoever belongs to this workspace can open it:
list-shared-end = /watchlist unshare { $name } ends that.
list-empty = { $name } has no metrics.
which-removal = What shall go from { $name }?
button-add-metrics = Add metrics
button-share = Share
button-follow = Follow a copy
button-undo = Undo
toast-removed = { $isNew ->
    [yes] It is off the list.
   *[no] It was not on the list.
}
toast-restored = It is back.
ask-items = Which metrics shall { $name } have?
ask-items-examples = Names with commas between them, or team:growth, domain:money, tag:slo.
ask-items-cancel = /cancel leaves it as it is.
ask-items-hint = conversion, team:growth
unknown-item = “{ $typed }” is no metric here. Did you mean { $nearest }?
unknown-item-none = “{ $typed }” is no metric here.
unknown-items = { $effect ->
    [some_added] The others are added.
    [not_created] So no list was made. A name of several words stands in quotes: /watchlist create "two words" cr
   *[nothing] Nothing was changed.
}

## Teams and scopes

button-everything = Everything
scope-mine = mine
no-alerts-in = No open alerts: { $name }
room-only = This room’s teams alone: { $teams }. { $command } shows everything.
no-such-scope = { $found ->
    [yes] No team, domain or tag is called “{ $query }”. Did you mean one of these?
   *[no] No team, domain or tag is called “{ $query }”.
}
team-people = People
team-rooms = Rooms
team-metrics = Metrics
team-nobody = nobody
team-no-room = none
which-team = Which team?
no-such-team = No team is called “{ $query }”. Did you mean one of these?
no-teams = There are no teams here yet. Teams stand in owners.yaml and in the metrics’ files.

## Commands

command-watchlist = lists of metrics: yours and your teams’
command-star = put a metric first in your cockpit
command-unstar = take a star away
command-audit = breakdowns that explain a metric: /audit checkout
command-team = a team’s people, rooms, metrics and alerts

## Errors

error-watchlist_name_invalid = A watchlist needs a name of at most { $most } characters. One of several words stands in quotes.
error-watchlist_description_long = A description has at most { $most } characters; this one has { $count }.
error-watchlist_unknown = There is no such watchlist, or it is not yours to see. /watchlist lists those you have.
error-watchlist_name_taken = There is a watchlist “{ $list }” already. Choose another name, or rename that one.
error-watchlist_full = A watchlist holds at most { $most } metrics: this one has { $has }, so { $adds } more do not fit. Nothing was changed.
error-watchlists_too_many = There are { $most } watchlists already. Delete one first.
error-watchlist_undo_late = That was more than ten minutes ago: it can no longer be undone.
error-watchlist_not_deleted = This watchlist is not deleted. /watchlist lists those you have.
error-team_unknown = There is no team “{ $team }”. /team lists them.
error-not_of_team = Only people of the team { $team } and admins change its watchlists. Whoever has its link may follow a copy.

## Breakdowns

audit-title = What explains the numbers
audit-of = What explains
audit-none = There are no breakdowns here yet.
audit-none-next = Add a file to cuts/ and it appears within seconds.
audit-unknown = No page, metric or breakdown is called “{ $query }”.
audit-unknown-next = /audit lists all of them.
