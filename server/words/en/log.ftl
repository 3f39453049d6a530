# Lines of the connection log.

log-granted = { $person } allowed the connection at Meta.
log-renewed = { $person } confirmed the connection with Meta again.
log-granted_for = { $person } allowed the connection at Meta, for { $member }.
log-renewed_for = { $person } confirmed the connection with Meta again, for { $member }.
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
log-disconnected = { $person } disconnected. What follows is done step by step.
log-asset_disconnected = { $person } disconnected it. What it brought stays.
log-removed_at_meta = The person removed Attaché at Facebook. The saved access is deleted.
log-person_erased = The person asked Meta that their data be deleted. The connection is over.
log-credential_lost = The saved access was sealed with a key that is lost, and is gone.

log-would_lose =
    The new confirmation leaves out { $assets ->
        [0] { "" }
        [one] 1 asset
       *[other] { $assets } assets
    }{ $both ->
        [yes] { " and " }
       *[no] { "" }
    }{ $permissions ->
        [0] { "" }
        [one] 1 permission
       *[other] { $permissions } permissions
    }. Somebody decides.
log-went_on_without = { $person } went on without what was left out at Meta.
log-left_out = It was left out at Meta and is no longer connected.
log-moved_here = { $person } moved it here: Meta confirms that this access manages it.
log-token_dead = This token does not work.

log-override_none = No other address was set.
log-override_cleared = The other address that was set for it is removed.
log-deregistered = The number is no longer registered for the Cloud API.
log-was_not_registered = It was not registered.
log-stays_registered = Stays registered, because it is connected again.
log-stays_on_business_app = Stays registered, because it is also used with the WhatsApp Business app. It is disconnected there: Settings, Account, Business platform.
log-grant_ended = Meta lists Attaché no longer among what the person allowed.
log-grant_needed = Stays, because the same confirmation at Meta serves another connection here, which would end with it.
log-grant_of_system_user = Stays at Meta: it belongs to a system user. Whoever manages the business ends it in Meta’s Business settings, under Integrations, Connected apps.
log-grant_of_instagram = Stays at Instagram, which lets no program end it. Whoever has the account ends it in Instagram, under Settings, Website permissions, Apps and websites.
log-tokens_deleted = Every token of this connection is deleted.
log-tokens_deleted_but_pins = Every token of this connection is deleted. The PINs of its WhatsApp numbers are kept, sealed, for when they are connected again.
log-history_erased = Messages, customers, notices and deliveries of it are erased.
log-erased = What it brought is erased.
log-no_token = There is no readable token.
log-no_page_token = There is no token for this Page.
log-bad_id = Its id is not one of Meta's.
log-not_done = { $reason }
log-tried_again = { $reason } It is tried again by itself.

log-renewed_until = Attaché renewed the access. It lasts until { DAY($end) } now.
log-renewed_for_good = Attaché renewed the access. It has no end by time now.
log-access_refused = Meta refuses the access.
log-access_ended = Access has ended.
    .why = It ended on { MOMENT($end) }. Until somebody confirms again, nothing can be sent or read.
log-access_ends =
    { $days ->
        [one] Access ends within a day.
       *[other] Access ends in { $days } days.
    }
    .why = It ends on { MOMENT($end) }.
log-access_ends_not_renewed =
    { $days ->
        [one] Access ends within a day.
       *[other] Access ends in { $days } days.
    }
    .why = It ends on { MOMENT($end) }. Attaché could not renew it: { $reason_why }
log-data_ended = Meta shares no more data.
    .why = Since { MOMENT($end) }, Meta answers with nothing: 90 days passed since { $person } last confirmed.
log-data_ends =
    { $days ->
        [one] Meta stops sharing data within a day.
       *[other] Meta stops sharing data in { $days } days.
    }
    .why = Meta shares data until { MOMENT($end) }, 90 days after a person last confirmed. Only that person can renew it.
