### Notices: messages outside of any alert

notice-undeliverable = ⚠️ Could not reach { $place }
notice-undeliverable-next = { $where ->
    [here] The alert is posted here instead. Tell them another way, then check the chat or address in the files.
    [next] The alert goes to { $next } instead. Check the chat or address in the files.
   *[nowhere] Tell them another way, then check the chat or address in the files.
}
notice-file-broken = ⚠️ { $file } cannot be used
notice-file-broken-effect = The last good definition keeps running. Correct the file; it takes effect at once.
notice-verification-lost = ⚠️ { $name } no longer alerts
notice-verification-lost-next = Its definition changed after it was verified. Review metrics/{ $metric }.yaml and set a new verified.at; alerts resume at once.
