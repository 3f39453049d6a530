# Lines of the connection log.

log-granted = { $person } allowed the connection at Meta.
log-renewed = { $person } confirmed the connection with Meta again.
log-discovered =
    { $count ->
        [one] Found 1 asset at Meta.
       *[other] Found { $count } assets at Meta.
    }
log-unread = Could not read { $source }: { $reason }
log-chosen =
    { $count ->
        [one] { $person } chose 1 asset.
       *[other] { $person } chose { $count } assets.
    }
log-verified = Meta lets Attaché read it.
log-subscribed = Meta confirms that its messages come to Attaché.
log-registered = The number is registered at Meta.
log-refused = Meta refuses the access: { $reason }
log-unchecked = Could not be checked: { $reason }
log-silence =
    { $days ->
        [one] Nothing has arrived for a day, longer than is usual for it.
       *[other] Nothing has arrived for { $days } days, longer than is usual for it.
    }
log-unsubscribed = Meta no longer sends its messages to Attaché.
log-unsubscribe_failed = Could not be unsubscribed at Meta: { $reason }
log-kept = Stays subscribed, because another connection receives through it.
log-disconnected = { $person } disconnected. The tokens are deleted.
log-removed_at_meta = The person removed Attaché at Facebook. The saved access is deleted.
log-person_erased = The person asked Meta that their data be deleted. The connection is over.
log-credential_lost = The saved access was sealed with a key that is lost, and is gone.
