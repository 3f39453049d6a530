# Assets that Meta showed.

asset-permission_missing =
    { $count ->
        [one] The permission { $names } was not granted.
       *[other] The permissions { $names } were not granted.
    }
    .todo = Connect again and accept every permission that Meta asks about.
instagram-page_unusable = It is reached through the Page { $page }. { $reason }
    .todo = Get a role with messages on that Page, then connect again.
asset-not_chosen =
    { $kind ->
        [page] This Page was not chosen in Meta's window for { $permission }.
        [instagram] This Instagram account was not chosen in Meta's window for { $permission }.
       *[whatsapp] This WhatsApp account was not chosen in Meta's window for { $permission }.
    }
    .todo = Connect again, press Edit settings in Meta's window, and tick it.
waba-rejected = Meta has rejected this WhatsApp account.
    .todo = Open Account quality in Meta Business Suite and ask for another review.
waba-review_pending = Meta is still reviewing this WhatsApp account.
    .todo = Connect it now; sending may be limited until Meta is done.
number-banned = WhatsApp has banned this number.
    .why = Meta does this after serious or repeated violations of its rules.
    .todo = Open WhatsApp Manager and ask for a review, or use another number.
number-deleted = This number was deleted.
    .why = Somebody removed it in WhatsApp Manager.
    .todo = Add it again in WhatsApp Manager, or use another number.
number-migrated = This number was moved to another WhatsApp account.
    .todo = Choose it under its new account. Where it is connected already, connect again first.
number-on_premise = This number runs on the On-Premises API, which Meta has ended.
    .todo = Move the number to the Cloud API in WhatsApp Manager, then connect again.
number-flagged = Many customers blocked or reported this number. Meta may limit it.
    .todo = Connect it, send less marketing, and watch its quality.
number-restricted = This number may write to fewer customers for now.
    .todo = Connect it. Answers to customers still go out; wait before writing to new ones.
number-unknown_status = Meta reports a state of this number that Attaché does not know.
    .todo = Connect it and look at it in WhatsApp Manager.
number-not_registered = This number is not registered yet.
    .todo = Choose it: Attaché then registers it by itself. If the number has a PIN already, you are asked for it.
number-not_verified = This number is not verified.
    .todo = Choose it. On its page, under WhatsApp numbers, you then request a code by SMS or call, enter it, and register the number.
number-test_number = This is Meta's test number. It can only write to listed recipients.
    .todo = Use it to try things out, and connect a real number for customers.
number-name_declined = Meta did not approve the display name.
    .todo = Connect it, and ask for another name in WhatsApp Manager.
ad_account-disabled = Meta has disabled this ad account.
    .todo = Open Account quality in Meta Business Suite and ask for a review.
ad_account-closing = This ad account is being closed.
    .todo = Use another ad account.
ad_account-closed = This ad account is closed.
    .todo = Use another ad account.
ad_account-payment_due = A payment is due on this ad account.
    .todo = Connect it, and settle the payment in Ads Manager.
ad_account-in_review = Meta is reviewing this ad account.
    .todo = Connect it. Ads may pause until Meta is done.
page-no_access = Meta gives no access to this Page, because you have no role on it that allows it.
    .todo = Ask an administrator of the Page for full access, then connect again.
page-no_messaging_task = Your role on this Page does not include messages.
    .todo = Ask an administrator of the Page to give you the task Messages, then connect again.
