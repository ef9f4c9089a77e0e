### Notices: messages outside of any alert

notice-undeliverable = ⚠️ Could not reach { $place }
notice-undeliverable-why = { $reason } The alert is posted here instead; tell them another way, then check their chat in owners.yaml.
notice-file-broken = ⚠️ { $file } cannot be used
notice-file-broken-effect = The last good definition keeps running. Correct the file; it takes effect at once.
notice-verification-lost = ⚠️ { $name } no longer alerts
notice-verification-lost-next = Its definition changed after it was verified. Review metrics/{ $metric }.yaml and set a new verified.at; alerts resume at once.
