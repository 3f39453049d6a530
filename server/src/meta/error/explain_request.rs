//! Explanations of requests that Meta refuses for what they ask.

use super::{BadRequestProblem as Bad, PolicyProblem as Policy, explain::say};
use crate::explanation::Explanation;

pub(super) fn bad_request(problem: Bad) -> Explanation {
    let start_again = "Press Connect with Meta again.";
    match problem {
        Bad::RedirectMismatch => say(
            "meta.code.redirect_mismatch",
            "Meta did not complete the connection.",
            "The return address differs from the one Meta was told at the start. Often the public address of Attaché \
             is set with another host, port or scheme than the one in use.",
            "Check that the public address on the set-up page is the one in the browser, then connect again.",
        ),
        Bad::CodeUsed => say(
            "meta.code.used",
            "This sign-in was already used.",
            "Meta's answer reached Attaché twice, by a reload or a double click.",
            "See whether the connection is there already. If not, press Connect with Meta again.",
        ),
        Bad::CodeExpired => say(
            "meta.code.expired",
            "This sign-in took too long.",
            "Meta's answer is valid for a short time only, as little as 30 seconds.",
            start_again,
        ),
        Bad::CodeInvalid => say(
            "meta.code.invalid",
            "Meta does not recognise this sign-in.",
            "The answer was changed on its way, or belongs to another app.",
            start_again,
        ),
        Bad::NoToken => say(
            "meta.code.no_token",
            "Meta did not give access.",
            "Meta's answer was complete but held no token.",
            "Nothing was saved. Press Connect with Meta again.",
        ),
        Bad::Parameter | Bad::UnknownField | Bad::BatchTooLarge | Bad::Other => say(
            "meta.request.refused",
            "Meta refused the call.",
            "Meta does not accept what was asked in this form.",
            "Look at Meta's own words below. If they do not help, send the operator the time and the trace id.",
        ),
        Bad::TooMuchData => say(
            "meta.request.too_much",
            "Meta found the question too large.",
            "Too many things were asked for in one call.",
            "Try again. Attaché asks for less at a time.",
        ),
        Bad::OverrideBeforeSubscription => say(
            "meta.webhook.override_too_early",
            "Meta does not accept a webhook address of its own for this account yet.",
            "The app must receive WhatsApp messages at its main webhook address first.",
            "Set up the app's WhatsApp webhook with the field messages, subscribe the account, then set the override.",
        ),
        Bad::WrongPin => say(
            "meta.number.wrong_pin",
            "Meta does not accept the PIN.",
            "The number already has a two-step PIN, and it is another one.",
            "Enter the number's own PIN, or reset it in WhatsApp Manager.",
        ),
        Bad::NumberUnverified => say(
            "meta.number.unverified",
            "The number must be verified first.",
            "Its verification is missing or too old.",
            "Verify it in WhatsApp Manager with a code by SMS or call, then press Try again.",
        ),
        Bad::CodeNotSent => say(
            "meta.number.code_not_sent",
            "Meta sends no code to this number.",
            "It is verified already, or codes were asked for too many times in a row.",
            "Read the number's state again. If it is not verified, wait an hour or ask for a call instead of an SMS.",
        ),
        Bad::WrongCode => say(
            "meta.number.wrong_code",
            "Meta does not accept the code.",
            "It was typed differently, is too old, or belongs to an earlier request.",
            "Compare it with the last message or call. If it does not help, request a new code.",
        ),
        Bad::NumberNotRegistered => say(
            "meta.number.not_registered",
            "The number is not registered yet.",
            "A number must be registered for the Cloud API before it can send.",
            "Open the number under Connections: its steps say what is missing.",
        ),
        Bad::DeregistrationUnfinished => say(
            "meta.number.deregistration_unfinished",
            "The number is between two states.",
            "An earlier deregistration did not finish.",
            "Deregister the number again, then register it.",
        ),
        Bad::SyncOver => say(
            "meta.number.sync_over",
            "Contacts and history can no longer be taken over.",
            "The sync can be asked for once, within 24 hours of connecting.",
            "Go on without the earlier history, or connect the number again.",
        ),
        Bad::Template => say(
            "meta.message.template",
            "Meta refused the template.",
            "It does not exist in this language, or its text and parameters do not fit each other.",
            "Compare the template in WhatsApp Manager with what was filled in.",
        ),
        Bad::Media => say(
            "meta.message.media",
            "Meta could not take the attachment.",
            "The file could not be fetched, or its type or size is not allowed.",
            "Send a smaller file of a common type.",
        ),
        Bad::EmptyMessage => say(
            "meta.message.empty",
            "The message is empty.",
            "It has neither text nor file.",
            "Write something first.",
        ),
        Bad::UnknownRecipient => say(
            "meta.message.unknown_recipient",
            "Meta does not know this customer here.",
            "The conversation belongs to another Page or app.",
            "Wait for the customer to write to this Page or account.",
        ),
        Bad::SelfMessage => say(
            "meta.message.self",
            "The message was not sent.",
            "Sender and recipient are the same number.",
            "Choose another recipient.",
        ),
        Bad::Duplicate => say(
            "meta.request.duplicate",
            "This was done before.",
            "Meta received the same request earlier.",
            "Nothing to do.",
        ),
    }
}

pub(super) fn policy(problem: Policy) -> Explanation {
    match problem {
        Policy::OutsideWindow => say(
            "meta.policy.outside_window",
            "The message was not sent.",
            "More than 24 hours have passed since the customer's last message.",
            "On WhatsApp, send a template. Elsewhere, wait for the customer to write again.",
        ),
        Policy::PersonUnavailable => say(
            "meta.policy.person_unavailable",
            "This customer cannot be reached.",
            "The person blocked the business, closed the account or left the conversation.",
            "Close the conversation or use another channel.",
        ),
        Policy::Undeliverable => say(
            "meta.policy.undeliverable",
            "The message cannot be delivered.",
            "The number has no WhatsApp, uses a very old version, or has not accepted its terms.",
            "Use another channel.",
        ),
        Policy::HeldBack => say(
            "meta.policy.held_back",
            "Meta chose not to deliver this marketing message.",
            "Meta limits how much marketing one person receives.",
            "Wait at least 24 hours. Sending again sooner does not help.",
        ),
        Policy::OptedOut => say(
            "meta.policy.opted_out",
            "The message was not sent.",
            "The customer does not want marketing messages.",
            "Do not send marketing messages to this customer.",
        ),
        Policy::Payment => say(
            "meta.policy.payment",
            "Meta wants a payment method.",
            "The WhatsApp account has no valid payment method.",
            "Add one in WhatsApp Manager, under Payment settings.",
        ),
        Policy::AccountLocked => say(
            "meta.policy.account_locked",
            "Meta has locked the account.",
            "The account broke a rule, or Meta needs to check it.",
            "Open Account quality in Meta Business Suite and follow the steps there.",
        ),
        Policy::PageRestricted => say(
            "meta.policy.page_restricted",
            "Meta has restricted the Page.",
            "The Page may not send messages now.",
            "Open Page status in Meta Business Suite and follow the steps there.",
        ),
        Policy::ActionBlocked => say(
            "meta.policy.action_blocked",
            "Meta has blocked this for some time.",
            "Meta found the activity too fast or against its rules.",
            "Stop for a few hours, then try again.",
        ),
        Policy::Country => say(
            "meta.policy.country",
            "The message was not sent.",
            "Meta does not allow this business to write to that country.",
            "Use another channel for this customer.",
        ),
        Policy::DisplayName => say(
            "meta.policy.display_name",
            "The number cannot send yet.",
            "Its display name is not approved.",
            "Wait for Meta's approval or change the name in WhatsApp Manager.",
        ),
        Policy::TestRecipient => say(
            "meta.policy.test_recipient",
            "The message was not sent.",
            "A test number may only write to recipients on its list.",
            "Add the recipient in the app dashboard under WhatsApp, API Setup, or use a real number.",
        ),
        Policy::TemplatePaused => say(
            "meta.policy.template_paused",
            "The template is paused or switched off.",
            "Many people blocked or reported it.",
            "Choose another template or edit this one in WhatsApp Manager.",
        ),
    }
}
