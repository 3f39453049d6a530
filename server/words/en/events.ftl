# Events for the business's own systems.

events-not_public = The event was not sent: its address is not a public one.
    .why = { $host } leads to a machine of this network or to this machine itself. Events are sent to addresses of the Internet alone.
    .todo = Give the endpoint a public address. If this installation may reach its own network, the operator sets ATTACHE_EVENTS_ALLOW_PRIVATE.
events-name_unknown = The endpoint was not found.
    .why = The name { $host } has no address.
    .todo = Check the address of the endpoint.
events-no_connection = The endpoint could not be reached.
    .why = No connection to { $host } could be made: nothing answers there, or its certificate is not valid.
    .todo = Check that the system runs, and that its certificate is valid for this name.
events-too_slow = The endpoint did not answer in time.
    .why =
        { $seconds ->
            [one] It may take { $seconds } second.
           *[other] It may take { $seconds } seconds.
        }
    .todo = Answer at once, and do the work afterwards.
events-interrupted = The connection broke before the endpoint answered.
    .why = What it made of the event is not known, so it is sent again.
    .todo = Look at the log of the system that receives it. An event that comes twice has the same webhook-id.
events-redirected = The endpoint led to another address.
    .why = It answered with the status { $status }. Redirects are not followed: they could lead anywhere.
    .todo = Give the endpoint the address that it leads to.
events-refused = The endpoint did not take the event.
    .why = It answered with the status { $status }; only 200 to 299 count.
    .todo = Look at the log of the system that receives it, then replay the event.
events-gone = The endpoint says that it is gone.
    .why = It answered with the status 410, which ends the sending for good.
    .todo = Delete the endpoint, or enable it again once it takes events.
events-failing = The endpoint took no event for days.
    .why =
        { $days ->
            [one] Everything that was sent to it for { $days } day failed. The last time: { $reason }
           *[other] Everything that was sent to it for { $days } days failed. The last time: { $reason }
        }
    .todo = Mend the system that receives events, enable the endpoint again and replay what failed.
events-secret_lost = The events of this endpoint can no longer be signed.
    .why = Its secret cannot be opened: the encryption key that sealed it is lost.
    .todo = Rotate the secret, give the new one to the system that receives events, and enable the endpoint again.
events-disabled = The endpoint is disabled.
    .why = Nothing is sent to it meanwhile.
    .todo = Enable it first.
events-too_many_endpoints = There are too many endpoints.
    .why = A business may have { $most }.
    .todo = Delete one that is no longer needed.
events-too_many_secrets = The secret was rotated too often.
    .why = Each former secret signs for a day beside the present one, and there are several already.
    .todo = Wait until one of them has ended, and try again.
