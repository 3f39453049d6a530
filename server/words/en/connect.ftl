# Connecting.

oauth-state_invalid = Invalid or expired OAuth state.
    .why = This return from Meta does not belong to a connection you started here in the last ten minutes. The link may be old, or was opened in another browser.
    .todo = Press Connect with Meta and go through Meta's window again.
oauth-state_expired = Invalid or expired OAuth state.
    .why = More than ten minutes passed between pressing the button and coming back from Meta.
    .todo = Press Connect with Meta and go through Meta's window again.
oauth-empty_return = Meta sent you back without an answer.
    .why = Meta does this when the app's login settings do not fit, or when the return address was opened by hand.
    .todo = Press Connect with Meta again. If it happens again, the operator checks the app's login configuration.
oauth-cancelled = Nothing was connected.
    .why = You closed Meta's window or chose Cancel. Meta also answers like this when its app is still in development mode and you have no role on it.
    .todo = Connect whenever you like. If you did not cancel, ask the operator whether the Meta app is live or add you as a tester.
oauth-dialog_error = Meta could not finish the login.
    .why = Meta's window reported an error of its own.
    .todo = Try again in a minute. If it happens again, give the operator Meta's number: { $number }.
connect-token_of_other_app = The access that Meta gave is not for this app.
    .why = The token belongs to another Meta app than the one set up here.
    .todo = The operator checks that App ID, secret and configuration belong together. Then connect again.
connect-token_invalid = The access that Meta gave does not work.
    .why = Meta itself calls the new token invalid. It may have been withdrawn a moment ago.
    .todo = Press Connect with Meta and try again.
connect-other_person = You signed in to Meta as { $signed_in }, but this connection belongs to { $owner }.
    .why = This connection was made by another Facebook account. Renewing it needs the same account.
    .todo = Reconnect and sign in to Meta as the person named on the connection, or add a new connection instead.
connect-interrupted = The connection was interrupted.
    .why = Attaché was restarted while it exchanged Meta's answer, which works only once.
    .todo = Press Connect with Meta again. Nothing was saved.
connect-not_choosing = This choice was already saved.
    .why = It was sent twice, or the connection went on meanwhile.
    .todo = Look at the status page; press Connect with Meta to change the choice.
asset-held_elsewhere = { $name } is already connected elsewhere.
    .why = An asset can be connected by one business of this installation at a time.
    .todo = Take it out of your choice; or, if it is yours, press Move it here beside it.
connection-credential_lost = The saved access to Meta cannot be read.
    .why = It was sealed with a key that this installation does not have any more.
    .todo = Reconnect. If other connections say the same, the operator restores the key ring.
connection-disconnected = This connection was taken apart.
    .why = Somebody disconnected it.
    .todo = Press Connect with Meta to connect again.
asset-not_visible = Meta does not show this any more.
    .why = It was deleted, or the person who connected lost their role on it or left it out when they last confirmed.
    .todo = Reconnect and tick it in Meta's window, or ask its administrator for a role.
asset-no_page_token = Meta gives no access to this Page.
    .why = The person who connected has no role on the Page that allows it.
    .todo = Ask an administrator of the Page for a role with messages, then reconnect.
asset-not_subscribed = Meta does not send this asset's messages to Attaché.
    .why = Meta accepted the subscription, but does not list it when asked.
    .todo = Press Test connection. If it stays like this, reconnect.
webhooks-unreached = Meta cannot reach us.
    .why =
        { $met ->
            [name] Meta does not find the address's name in the DNS.
            [connection] Meta could not connect to the address: nothing listens there, or a firewall is in between.
            [time] Meta called the address and gave up waiting for an answer.
            [certificate] Meta does not trust the address's certificate.
            [broken] The connection broke before Meta had an answer.
            [status] Meta called the address and was answered with HTTP status { $detail } instead of 200.
            [refused] Meta refuses the address: { $detail }
           *[other] Meta says: { $detail }
        }
    .todo = The operator makes sure that the public address answers from outside over https, with a certificate that browsers trust. Attaché tries again by itself.
webhooks-not_https = Meta cannot reach us.
    .why = Meta sends events to https addresses alone, and the public address of this installation is not one.
    .todo = The operator puts Attaché behind https and sets ATTACHE_PUBLIC_URL to that address.
webhooks-not_listed = Meta cannot reach us.
    .why = Meta accepted our address for events, but does not list it when asked. Another tool may use the same Meta app.
    .todo = The operator looks at Webhooks in Meta's App Dashboard: one address per object counts, the last one that was set.
number-needs_pin = This number needs its PIN.
    .why = It has a two-step PIN already, and Meta registers it with that one alone.
    .todo = Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.
number-deleted_a_moment_ago = This number is not registered yet.
    .why = It was deleted a moment ago, and Meta needs a few minutes to finish that.
    .todo = Nothing. Attaché registers it again in five minutes.
connect-not_all_applied = Some assets are not subscribed yet.
    .why = Meta could not be asked about them just now.
    .todo = Nothing. Attaché tries again by itself.
oauth-app_not_active = The Meta app is not active.
    .why = Meta answers so when the app is switched off, restricted, or not published yet.
    .todo = The operator publishes the app in Meta's App Dashboard. Then connect again.
meta-removed_by_person = The person removed Attaché at Facebook.
    .why = Whoever confirmed this connection took the access away in their Facebook settings, so Meta no longer lets Attaché act. The saved access is deleted.
    .todo = Reconnect, and let the same person confirm; or let somebody else connect, and choose the same assets.
compliance-erased = This try to connect is over.
    .why = What was known of it went when a person at Meta asked that their data be deleted.
    .todo = Press Connect with Meta to begin anew.
meta-not_configured = Meta App credentials not configured.
    .why = This installation has no Meta app yet, so nobody can connect.
    .todo = The operator enters the App ID and the App Secret on the set-up page.
connect-token_ends_soon = The access that Meta gave ends within hours.
    .why = It is a temporary token, such as the one that the app dashboard shows for trying things out.
    .todo = Press Connect with Meta and go through Meta's window, which gives lasting access.
oauth-popup_cut_off = Nothing was connected through Meta's window.
    .why = The browser or Meta cut the window off from the page that opened it, so it could not answer.
    .todo = Nothing. The page went on without a window.
meta-app_gone = The Meta app of this connection is not set up here any more.
    .why = What was granted to a Meta app counts for that one alone, and this installation uses another one now, or none.
    .todo = Connect again with the present app and disconnect this one; or the operator enters the former app once more on the set-up page, and everything goes on by itself.
meta-instagram_gone = Instagram Login of this connection is not set up here any more.
    .why = The Meta app has no Instagram App ID and secret here now. Without them Attaché can neither ask Instagram about the account nor check what Instagram sends.
    .todo = Whoever set the Meta app up puts the Instagram App ID and its secret back beside it; then everything goes on by itself. Or disconnect the account.
setup-set_elsewhere = The Meta app cannot be changed here.
    .why = META_APP_ID and META_APP_SECRET are in the settings that Attaché was started with, and those go before this page.
    .todo = Change them there and restart, or remove them there and enter the app here.
setup-own_unreadable = The secret of your own Meta app cannot be read.
    .why = It was sealed with an encryption key that this installation no longer has.
    .todo = An owner or admin enters the App Secret once more on the page Meta app. Until then nobody can connect.
setup-own_unasked = Nothing was saved, because Meta could not be asked about the app.
    .why = A business's own app is kept only when Meta confirms that App ID and App Secret belong together. { $reason } { $reason_why }
    .todo = Try again in a minute.
setup-app_taken = This App ID cannot be used for your business.
    .why = It is in use in this installation already, and an app belongs to whoever entered it first.
    .todo = Use another Meta app, or ask whoever runs this installation.
setup-no_own_app = Your business has no Meta app of its own.
    .why = People connect with the app of this installation.
    .todo = Enter your own app first.
setup-changed_meanwhile = The Meta app was changed meanwhile.
    .why = Somebody else saved another secret while this page was open.
    .todo = Look at the page again before you change it.
connect-instagram_not_set_up = Instagram Login is not set up.
    .why = The Meta app has no Instagram App ID here.
    .todo = Whoever set the Meta app up enters the Instagram App ID and its secret beside it. An account that is linked to a Page connects with Facebook.
signup-not_set_up = Numbers cannot be set up from here yet.
    .why = The Meta app has no configuration of WhatsApp Embedded Signup here.
    .todo = Whoever entered the Meta app makes one in Facebook Login for Business and enters its id with the app. Numbers that exist are connected with Connect with Meta.
signup-cancelled = No number was set up.
    .why =
        { $step ->
            [BUSINESS_ACCOUNT_SELECTION] You left Meta's window where the business is chosen.
            [WABA_PHONE_PROFILE_PICKER] You left Meta's window where the WhatsApp account is chosen.
            [WHATSAPP_BUSINESS_PROFILE_SETUP] You left Meta's window where the business profile is filled in.
            [PHONE_NUMBER_SETUP] You left Meta's window where the phone number is entered.
            [PHONE_NUMBER_VERIFICATION] You left Meta's window where the number is verified with a code.
            [PERMISSIONS] You left Meta's window where the access is confirmed.
            [closed] You closed Meta's window before its last step.
           *[other] You left Meta's window before the last step.
        }
    .todo = Begin again whenever you like. Meta remembers what you filled in for a while.
signup-refused = Meta did not set up the number.
    .why =
        { $told ->
            [words] Meta's window said: “{ $words }”.
            [both] Meta's window said: “{ $words }” (error { $number }).
            [number] Meta's window showed an error (error { $number }).
           *[other] Meta's window showed an error.
        }
    .todo = Follow what Meta says and begin again. Accounts that are new, numbers that are in use in another WhatsApp account, and businesses at their limit of numbers are refused; the error's number helps Meta's support.
signup-unheard = Meta's window gave no answer.
    .why = It was closed, or the browser kept it from speaking to this page.
    .todo = Go on in this window instead. What Meta has set up is found there.
number-wrong_pin = Meta does not accept the PIN.
    .why = The number has another two-step PIN than the one that was used.
    .todo = Enter the number's own six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.
number-on_business_app =
    { $act ->
        [register] This number is not registered from here.
       *[deregister] This number cannot be deregistered from here.
    }
    .why =
        { $act ->
            [register] It is used with the WhatsApp Business app, which registered it.
           *[deregister] It is used with the WhatsApp Business app too, and Meta lets it go only there.
        }
    .todo =
        { $act ->
            [register] Nothing: it sends and receives as it is.
           *[deregister] On the phone, open the WhatsApp Business app: Settings, Account, Business platform, and disconnect it.
        }
number-deregistered = This number is deregistered.
    .why = Somebody of your business deregistered it here. It neither sends nor receives.
    .todo = Register it on its page when it should be used again.
number-sync_over = This cannot be taken over any more.
    .why = Meta gives it within 24 hours of connecting the app, and once.
    .todo = Go on without it. To have it after all, disconnect in the WhatsApp Business app and set the number up again.
number-history_declined = The earlier chats are not shared.
    .why = Whoever connected the app chose there not to share them (Meta's 2593109).
    .todo = Nothing is missing from now on. To share them after all, disconnect in the WhatsApp Business app and set the number up again.
