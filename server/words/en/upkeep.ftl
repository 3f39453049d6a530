# Keeping connections alive.

asset-permission_lost =
    { $count ->
        [one] A permission is missing.
       *[other] Permissions are missing.
    }
    .why = Meta does not list { $names } any more.
    .todo = Ask for it again, and accept everything in Meta's window.
asset-no_messaging_task = The role on this Page does not include messages.
    .why = An administrator of the Page changed what the person who connected may do there.
    .todo = Ask an administrator of the Page for the task Messages, then press Test connection.
asset-callback_elsewhere = Meta sends this asset's messages to another address.
    .why =
        It sends them to { $address ->
            [none] an address that is none
           *[other] { $address }
        }.
    .todo = If they should come here, take them back; the other tool then gets none.
webhooks-elsewhere = Meta sends nothing here.
    .why =
        The app's webhooks for { $object } go to { $address ->
            [none] an address that is none
           *[other] { $address }
        }.
    .todo = The operator gives each tool a Meta app of its own, or sets this installation's address again: one address per object counts, the last one that was set.
renewal-no_portfolio = The access could not be renewed.
    .why = Meta does not name the business portfolio that the system user belongs to.
    .todo = Confirm again with Meta before the access ends.
renewal-no_successor = The access could not be renewed.
    .why = Meta gave no token that lives longer.
    .todo = Nothing yet. Attaché asks again in a day; if access is about to end, confirm again with Meta.
renewal-narrower = The access could not be renewed.
    .why =
        { $more ->
            [0] Meta's new token lacks { $names }.
           *[other] Meta's new token lacks { $names } and { $more } more.
        }
    .todo = Confirm again with Meta and tick everything that is to stay connected. Until then the present token goes on.
renewal-refused = The access could not be renewed.
    .why = { $reason }
    .todo = Nothing yet. Attaché asks again in a day; if access is about to end, confirm again with Meta.
mail-not_sent = A mail could not be sent.
    .why =
        { $met ->
            [refused] The mail is refused: { $answer }
           *[later] The mail could not be sent just now: { $answer }
        }
    .todo = The operator looks at ATTACHE_SMTP_URL and at the mail server's log.
