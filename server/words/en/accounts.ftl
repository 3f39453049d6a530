# Attaché's own doors.

signed_out = You are not signed in.
    .why = Your session ended or you have not signed in yet.
    .todo = Sign in and try again.
forbidden = You are not allowed to do this.
    .why = { $why }
    .todo = Ask an owner or admin of your business to do it or to change your role.
not_found = There is no such { $thing }.
    .why = It may have been removed, or the link is wrong.
    .todo = Go back and choose another one.
invalid = { $message }
    .why = It could not be saved as it is.
    .todo = Change it and send again.
busy = That was tried too often.
    .why = Attaché limits how often this can be done, to keep accounts safe.
    .todo =
        { $unit ->
            [minute] { $amount ->
                [one] Wait a minute and try again.
               *[other] Wait { $amount } minutes and try again.
            }
           *[second] { $amount ->
                [one] Wait a second and try again.
               *[other] Wait { $amount } seconds and try again.
            }
        }
internal = Something went wrong on our side.
    .why = The reason is in the server's log, under the number of this request.
    .todo = Try again. If it happens again, give the number to the person who runs this installation.
http-cross_origin = This request came from another site.
    .why = Attaché takes changes from its own pages only.
    .todo = Open Attaché itself and do it there.
api-method_not_allowed = This endpoint does not take this method.
    .why = The address is right, but it is read or changed in another way.
    .todo = Use the method that the header Allow names.
api-body_too_long = The body of this call is too long.
    .why = It may have at most { $most } KB.
    .todo = Send less at once, in several calls.
api-key_missing = This call has no API key.
    .why = The API takes a key in the header Authorization, as in `Authorization: Bearer att_…`.
    .todo = Ask the operator for a key: `attache admin create-api-key --tenant … --name …`.
api-key_invalid = This API key opens nothing.
    .why = It was revoked, or it is not the whole key.
    .todo = Compare it with the one that was printed when it was made, or ask the operator for a new one.
api-too_many_keys = There are too many API keys.
    .why = A business may have { $most } that open something.
    .todo = Revoke one that is no longer used.
invitation-ended = This invitation cannot be used.
    .why = It was used, withdrawn, replaced by a newer one, or is older than seven days.
    .todo = Ask the person who invited you for a new link.
invitation-account_exists = You already have an account with this address.
    .why = It was made for another business or before this invitation.
    .todo = Sign in with it, then open the link again.
account-wrong_credentials = The e-mail address or the password is wrong.
    .why = No account has this address with this password.
    .todo = Check both and try again.
tenant-gone = You no longer belong to the business that you were working for.
    .why = Somebody removed you from it, or it was deleted.
    .todo = Choose another business to go on.
team-last_owner = This is the only owner.
    .why = A business always has at least one owner.
    .todo = Make somebody else an owner first.
location-name_taken = There is already a location of this name.
    .why = Each location of a business has its own name.
    .todo = Choose another name.
account-email_taken = There is already an account with this e-mail address.
    .why = Each address can have one account.
    .todo = Sign in with it, or use another address.
password-no_mail = This installation sends no mail.
    .why = Mail is not set up here, so no link for a new password can reach you.
    .todo = Ask whoever runs this installation for a new password. They set one with this command:
password-link_ended = This link does not work any more.
    .why = It was used, is older than an hour, was replaced by a newer one, or is not complete; or your password was changed since.
    .todo = Ask for a new link.
vault-key_missing = The encryption key { $keys } is missing from the key ring.
    .why = The access to Meta that is saved in this database is sealed with it, and nothing else opens that.
    .todo = Put the key back: restore the key file from its backup, or add the key to ENCRYPTION_KEY. If it is lost for good, `attache admin give-up-keys` forgets what it sealed; those connections are then confirmed at Meta again.
vault-key_wrong = The encryption key { $keys } is wrong.
    .why = The key of this name is not the one that sealed what is saved in this database.
    .todo = Give the key that this database was used with, from its backup. If it is lost for good, `attache admin give-up-keys` forgets what it sealed; those connections are then confirmed at Meta again.
unknown = Something did not work.
    .why = Another version of Attaché wrote down why, under the name { $code }.
    .todo = Update Attaché to read it.
