# What Meta's answers mean.

meta-permission-missing = Meta did not allow this.
    .why = A permission was not granted, or the person who connected has no role on this asset, or the app is still in development mode.
    .todo = Connect again, accept every permission, and choose this asset in Meta's window. If that does not help, ask an administrator of the asset to connect.
meta-busy = Meta could not answer just now.
    .why = Meta reports a passing fault on its side.
    .todo = Try again in a minute. If it lasts, look at metastatus.com.
meta-not_found = Meta does not find this any more.
    .why = It was deleted, or the person who connected can no longer see it.
    .todo = Check in Meta Business Suite that it exists and that you have a role on it, then connect again.
meta-token-expired = Access to Meta has ended.
    .why = Meta gives access for a limited time, and that time is over.
    .todo = { -connect-again }
meta-token-password_changed = Access to Meta has ended.
    .why = The Facebook password was changed, or Meta ended all sessions to keep the account safe.
    .todo = { -connect-again }
meta-token-checkpoint = Meta has paused access.
    .why = Meta wants the person who connected to pass a security check.
    .todo = Sign in at facebook.com, follow the steps shown there, then connect again here.
meta-token-unconfirmed = Meta has paused access.
    .why = The Facebook account of the person who connected is not confirmed.
    .todo = Confirm the account at facebook.com, then connect again here.
meta-token-logged_out = Access to Meta has ended.
    .why = The person who connected logged out of Facebook, which ended this session too.
    .todo = { -connect-again }
meta-token-app_removed = Access to Meta was withdrawn.
    .why = The app was removed in the settings of Facebook or of the business portfolio.
    .todo = If that was a mistake, press Connect with Meta and allow access again.
meta-token-page_role_lost = Access to this Page has ended.
    .why = The person who connected no longer has a role on the Page.
    .todo = Ask an administrator of the Page to give the role back, or to connect here.
meta-token-malformed = Meta does not recognise the stored access.
    .why = The token is damaged or belongs to another app.
    .todo = { -connect-again }
meta-token-missing = Meta asked for access that was not there.
    .why = No usable token went with the call.
    .todo = { -connect-again }
meta-token-invalid = Meta no longer accepts the stored access.
    .why = Meta gives no reason. Mostly a password, a role or a security setting was changed.
    .todo = { -connect-again }
meta-limit-app = Meta asks for a pause.
    .why = The app has used up its calls for this hour.
    .todo = { -goes-on }
meta-limit-person = Meta asks for a pause.
    .why = Too many calls were made for the person who connected.
    .todo = { -goes-on }
meta-limit-asset = Meta asks for a pause.
    .why = Too many calls were made for this asset.
    .todo = { -goes-on }
meta-limit-throughput = Messages wait for a moment.
    .why = This number sends as fast as Meta allows.
    .todo = Nothing to do: waiting messages follow by themselves.
meta-limit-recipient = Messages to this customer wait for a moment.
    .why = Many messages went to one person in a short time.
    .todo = Wait a little before you write to this customer again.
meta-limit-spam = Meta holds back messages from this number.
    .why = Too many people blocked or reported earlier messages.
    .todo = Stop marketing messages and look at the number's quality in WhatsApp Manager.
meta-limit-registration =
    { $limit ->
        [guesses] Meta accepts no PIN for now.
        [speed] Meta accepts no PIN for now.
       *[other] Meta blocks further attempts for now.
    }
    .why =
        { $limit ->
            [guesses] A wrong PIN was entered too many times.
            [speed] PINs were entered too quickly one after the other.
            [attempts] The number was registered or deregistered ten times within 72 hours.
           *[other] The number was registered, or its PIN was tried, too many times.
        }
    .todo =
        { $limit ->
            [guesses] { $unit ->
                [second] { $amount ->
                    [one] Wait a second, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } seconds, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
                [minute] { $amount ->
                    [one] Wait a minute, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } minutes, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
                [hour] { $amount ->
                    [one] Wait an hour, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } hours, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
               *[unknown] Wait an hour, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
            }
            [speed] { $unit ->
                [second] { $amount ->
                    [one] Wait a second, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } seconds, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
                [minute] { $amount ->
                    [one] Wait a minute, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } minutes, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
                [hour] { $amount ->
                    [one] Wait an hour, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                   *[other] Wait { $amount } hours, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
                }
               *[unknown] Wait an hour, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.
            }
            [attempts] Wait until 72 hours have passed since the first of them; trying before does not help.
           *[other] Wait until Meta allows another attempt, up to 72 hours. Check the PIN before you try again.
        }
meta-config-app_secret = Meta does not accept the app's secret.
    .why = The app secret does not belong to the App ID, or it was replaced in the app dashboard.
    .todo = Copy App ID and app secret again from App settings, Basic, in the app dashboard.
meta-config-app_id = Meta does not know the app.
    .why = The App ID is wrong. A configuration id may stand in its place.
    .todo = Copy the App ID from App settings, Basic, in the app dashboard.
meta-config-app_inactive = The app is not available at Meta.
    .why = It is not published, is restricted, or has open tasks in its dashboard.
    .todo = Open the app dashboard, finish what it asks for, and publish the app.
meta-config-capability = The app may not make this call.
    .why = The app lacks a product or an access level at Meta.
    .todo = Add the product in the app dashboard, or request Advanced Access in App Review.
meta-config-redirect_uri = Meta does not accept the return address.
    .why = It is missing in the call or not listed in the app.
    .todo = Add the exact address shown on the set-up page to Valid OAuth redirect URIs in Facebook Login, Settings.
meta-config-proof_missing = Meta wants proof that the call comes from the server.
    .why = The app requires an app secret proof, and this call had none.
    .todo = Check that the app secret is set on the set-up page.
meta-config-proof_invalid = Meta does not accept the app's proof.
    .why = The app secret was replaced in the app dashboard, or belongs to another app.
    .todo = Copy the app secret again from App settings, Basic, in the app dashboard.
meta-config-webhook_handshake = Meta could not verify the webhook address.
    .why = The address cannot be reached from outside over https, or the verify token differs.
    .todo = Open the address from another network, check its certificate, and compare the verify token.
meta-config-version = Meta no longer offers this API version for the call.
    .why = The version in the settings is too old, or does not exist.
    .todo = Set a current Graph API version on the set-up page.
meta-unreachable-connect = Meta cannot be reached.
    .why = No connection could be made from this server.
    .todo = Check the server's network, name resolution and firewall, then try again.
meta-unreachable-timeout = Meta did not answer in time.
    .why = Meta is slow or the connection is.
    .todo = Try again in a minute.
meta-unreachable-interrupted = The connection to Meta broke.
    .why = It ended before Meta's answer was complete.
    .todo = Try again in a minute.
meta-answer-not_data = Meta answered with something that is not data.
    .why = Meta has a fault, or a proxy between this server and Meta answers in its place.
    .todo = Try again in a few minutes. If it lasts, check proxies and the Graph address in the settings.
meta-answer-truncated = Meta's answer broke off.
    .why = The connection ended too early.
    .todo = Try again in a few minutes. If it lasts, send the operator the time and this code.
meta-answer-wrong_type = Meta's answer has an unexpected shape.
    .why = Meta may have changed its interface, or the API version is not the one Attaché was tested with.
    .todo = Try again in a few minutes. If it lasts, send the operator the time and this code.
meta-answer-too_large = Meta's answer is too large.
    .why = An answer of more than 8 MB was refused to protect this server.
    .todo = Try again in a few minutes. If it lasts, send the operator the time and this code.
meta-answer-endless = Meta sent a list of results that never ends.
    .why = The same results came again, or there are more than can be real.
    .todo = What was read before is kept. Try again; if it happens again, choose fewer assets in Meta's window.
meta-code-redirect_mismatch = Meta did not complete the connection.
    .why = The return address differs from the one Meta was told at the start. Often the public address of Attaché is set with another host, port or scheme than the one in use.
    .todo = Check that the public address on the set-up page is the one in the browser, then connect again.
meta-code-used = This sign-in was already used.
    .why = Meta's answer reached Attaché twice, by a reload or a double click.
    .todo = See whether the connection is there already. If not, press Connect with Meta again.
meta-code-expired = This sign-in took too long.
    .why = Meta's answer is valid for a short time only, as little as 30 seconds.
    .todo = Press Connect with Meta again.
meta-code-invalid = Meta does not recognise this sign-in.
    .why = The answer was changed on its way, or belongs to another app.
    .todo = Press Connect with Meta again.
meta-code-no_token = Meta did not give access.
    .why = Meta's answer was complete but held no token.
    .todo = Nothing was saved. Press Connect with Meta again.
meta-request-refused = Meta refused the call.
    .why = Meta does not accept what was asked in this form.
    .todo = Connect again, or try another way. If that does not help, send the operator the time and this code.
meta-request-too_much = Meta found the question too large.
    .why = Too many things were asked for in one call.
    .todo = Try again. Attaché asks for less at a time.
meta-webhook-override_too_early = Meta does not accept a webhook address of its own for this account yet.
    .why = The app must receive WhatsApp messages at its main webhook address first.
    .todo = Set up the app's WhatsApp webhook with the field messages, subscribe the account, then set the override.
meta-number-wrong_pin = Meta does not accept the PIN.
    .why = The number already has a two-step PIN, and it is another one.
    .todo = Enter the number's own PIN, or reset it in WhatsApp Manager.
meta-number-unverified = The number must be verified first.
    .why = Its verification is missing or too old.
    .todo = Verify it on its page, under WhatsApp numbers, with a code by SMS or call, then press Try again.
meta-number-code_not_sent = Meta sends no code to this number.
    .why = It is verified already, or codes were asked for too many times in a row.
    .todo = Read the number's state again. If it is not verified, wait an hour or ask for a call instead of an SMS.
meta-number-wrong_code = Meta does not accept the code.
    .why = It was typed differently, is too old, or belongs to an earlier request.
    .todo = Compare it with the last message or call. If it does not help, request a new code.
meta-number-not_registered = The number is not registered yet.
    .why = A number must be registered for the Cloud API before it can send.
    .todo = Open the number under Connections: its steps say what is missing.
meta-number-deregistration_unfinished = The number is between two states.
    .why = An earlier deregistration did not finish.
    .todo = Deregister the number again, then register it.
meta-number-sync_over = Contacts and history can no longer be taken over.
    .why = The sync can be asked for once, within 24 hours of connecting.
    .todo = Go on without the earlier history, or connect the number again.
meta-message-template = Meta refused the template.
    .why = It does not exist in this language, or its text and parameters do not fit each other.
    .todo = Compare the template in WhatsApp Manager with what was filled in.
meta-message-media = Meta could not take the attachment.
    .why = The file could not be fetched, or its type or size is not allowed.
    .todo = Send a smaller file of a common type.
meta-message-empty = The message is empty.
    .why = It has neither text nor file.
    .todo = Write something first.
meta-message-unknown_recipient = Meta does not know this customer here.
    .why = The conversation belongs to another Page or app.
    .todo = Wait for the customer to write to this Page or account.
meta-message-self = The message was not sent.
    .why = Sender and recipient are the same number.
    .todo = Choose another recipient.
meta-request-duplicate = This was done before.
    .why = Meta received the same request earlier.
    .todo = Nothing to do.
meta-policy-outside_window = The message was not sent.
    .why = More than 24 hours have passed since the customer's last message.
    .todo = On WhatsApp, send a template. Elsewhere, wait for the customer to write again.
meta-policy-person_unavailable = This customer cannot be reached.
    .why = The person blocked the business, closed the account or left the conversation.
    .todo = Close the conversation or use another channel.
meta-policy-undeliverable = The message cannot be delivered.
    .why = The number has no WhatsApp, uses a very old version, or has not accepted its terms.
    .todo = Use another channel.
meta-policy-held_back = Meta chose not to deliver this marketing message.
    .why = Meta limits how much marketing one person receives.
    .todo = Wait at least 24 hours. Sending again sooner does not help.
meta-policy-opted_out = The message was not sent.
    .why = The customer does not want marketing messages.
    .todo = Do not send marketing messages to this customer.
meta-policy-payment = Meta wants a payment method.
    .why = The WhatsApp account has no valid payment method.
    .todo = Add one in WhatsApp Manager, under Payment settings.
meta-policy-account_locked = Meta has locked the account.
    .why = The account broke a rule, or Meta needs to check it.
    .todo = Open Account quality in Meta Business Suite and follow the steps there.
meta-policy-page_restricted = Meta has restricted the Page.
    .why = The Page may not send messages now.
    .todo = Open Page status in Meta Business Suite and follow the steps there.
meta-policy-action_blocked = Meta has blocked this for some time.
    .why = Meta found the activity too fast or against its rules.
    .todo = Stop for a few hours, then try again.
meta-policy-country = The message was not sent.
    .why = Meta does not allow this business to write to that country.
    .todo = Use another channel for this customer.
meta-policy-display_name = The number cannot send yet.
    .why = Its display name is not approved.
    .todo = Wait for Meta's approval or change the name in WhatsApp Manager.
meta-policy-test_recipient = The message was not sent.
    .why = A test number may only write to recipients on its list.
    .todo = Add the recipient in the app dashboard under WhatsApp, API Setup, or use a real number.
meta-policy-template_paused = The template is paused or switched off.
    .why = Many people blocked or reported it.
    .todo = Choose another template or edit this one in WhatsApp Manager.
