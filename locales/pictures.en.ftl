### Pictures: the cockpit and metric cards. Short: a word here costs room on a phone.
### Counts, lines and the target are worded in en.ftl: `count`, `every`, `tuple-…`.

## How a metric stands, on its tile

picture-mark-red = Red
picture-mark-amber = Amber
picture-mark-green = Green
picture-mark-stale = Stale
picture-mark-silent = No data
picture-mark-unverified = Unverified
picture-state-acked = acked
picture-state-snoozed = snoozed
picture-state-stale = stale
# A change, and the earlier reading it is against: −18 % vs Fri
picture-against = { $change } vs { $when }

## The cockpit

# Said once at the top when most tiles mean the same earlier reading: changes vs Fri
picture-changes-against = changes vs { $when }
# Above metrics that are folded to names and values: plus 12 unverified
picture-more = plus { $counted }
picture-no-metrics = No metrics here yet

## The metric card

picture-no-readings = No readings in this period
# Above a chart that holds too many readings to draw each
picture-summed-up = { $minutes ->
    [1] Minute means
    [10] 10-minute means
    [60] Hourly means
    [360] 6-hour means
   *[other] Daily means
}; shaded: lowest to highest
picture-typical = typical
# The newest value and when it is from: 3.1 %, 13:45
picture-observed = { $value }, { $time }
picture-owner = Owner { $name }
picture-unowned = No owner
picture-verified = verified
picture-verified-by = verified by { $name }
picture-unverified = unverified
picture-age = { $span } old

## When there is none

error-picture_failed = The picture could not be drawn. The text says the same; ask for the picture again in a minute.
