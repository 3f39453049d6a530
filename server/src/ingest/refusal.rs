//! Why a webhook was turned away.

use crate::explanation::Explanation;

/// Why a request at the webhooks' door was turned away. Nothing of it is kept but the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("refused: {}", self.reason())]
pub enum Refusal {
    /// The address names an app that is not set up here.
    UnknownApp,
    /// There is no signature.
    MissingSignature,
    /// There is only the old signature, by SHA-1.
    Sha1Only,
    /// The signature is not `sha256=` and 64 hexadecimal digits.
    MalformedSignature,
    /// None of the app's secrets signed these bytes.
    WrongSignature,
    /// The body is longer than Meta's are.
    TooLarge,
    /// The body ended before its announced end.
    Truncated,
    /// The body did not come in time.
    TooSlow,
    /// More is waiting to be stored than may wait.
    Full,
    /// It could not be stored.
    NotStored,
    /// The process is about to end.
    Closing,
    /// A handshake with another verify token.
    WrongVerifyToken,
    /// A handshake without what belongs to one.
    MalformedHandshake,
    /// A callback of Meta's about a person that is not a form.
    NotAForm,
    /// Such a form, longer than Meta's are.
    FormTooLarge,
    /// Such a form without one `signed_request` that can be read.
    MalformedSignedRequest,
    /// A `signed_request` that none of the app's secrets signed.
    WrongSignedRequest,
}

impl Refusal {
    const ALL: [Self; 17] = [
        Self::UnknownApp,
        Self::MissingSignature,
        Self::Sha1Only,
        Self::MalformedSignature,
        Self::WrongSignature,
        Self::TooLarge,
        Self::Truncated,
        Self::TooSlow,
        Self::Full,
        Self::NotStored,
        Self::Closing,
        Self::WrongVerifyToken,
        Self::MalformedHandshake,
        Self::NotAForm,
        Self::FormTooLarge,
        Self::MalformedSignedRequest,
        Self::WrongSignedRequest,
    ];

    /// The refusal whose [`Refusal::reason`] it is.
    pub fn from_reason(reason: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.reason() == reason)
    }

    /// A stable word, by which refusals are counted.
    pub fn reason(self) -> &'static str {
        match self {
            Self::UnknownApp => "unknown_app",
            Self::MissingSignature => "missing_signature",
            Self::Sha1Only => "sha1_only",
            Self::MalformedSignature => "malformed_signature",
            Self::WrongSignature => "wrong_signature",
            Self::TooLarge => "too_large",
            Self::Truncated => "truncated",
            Self::TooSlow => "too_slow",
            Self::Full => "full",
            Self::NotStored => "not_stored",
            Self::Closing => "closing",
            Self::WrongVerifyToken => "wrong_verify_token",
            Self::MalformedHandshake => "malformed_handshake",
            Self::NotAForm => "not_a_form",
            Self::FormTooLarge => "form_too_large",
            Self::MalformedSignedRequest => "malformed_signed_request",
            Self::WrongSignedRequest => "wrong_signed_request",
        }
    }

    /// The HTTP status that says it. Meta delivers again whatever is not answered by 200 (Meta reference §7.2).
    pub fn status(self) -> u16 {
        match self {
            Self::UnknownApp => 404,
            Self::MissingSignature | Self::Sha1Only => 401,
            Self::MalformedSignature | Self::WrongSignature | Self::WrongVerifyToken | Self::WrongSignedRequest => 403,
            Self::TooLarge | Self::FormTooLarge => 413,
            Self::Truncated | Self::MalformedHandshake | Self::MalformedSignedRequest => 400,
            Self::NotAForm => 415,
            Self::TooSlow => 408,
            Self::Full | Self::NotStored | Self::Closing => 503,
        }
    }

    /// In words, for whoever reads the answer or the count.
    pub fn explain(self) -> Explanation {
        const RETRY: &str = "Send it again; Meta does so by itself.";
        match self {
            Self::UnknownApp => Explanation::new(
                "webhook.unknown_app",
                "There is no such Meta app here.",
                "The address names an App ID that this installation does not have.",
                "Set META_APP_ID and META_APP_SECRET to the app whose callback this is, or correct the callback's address.",
            ),
            Self::MissingSignature => Explanation::new(
                "webhook.missing_signature",
                "The webhook is not signed.",
                "It has no header X-Hub-Signature-256, so nobody knows whether Meta sent it.",
                "If a proxy stands before Attaché, let it pass this header.",
            ),
            Self::Sha1Only => Explanation::new(
                "webhook.sha1_only",
                "The webhook is signed by SHA-1 only.",
                "SHA-1 can be forged; Meta sends X-Hub-Signature-256 beside it.",
                "If a proxy stands before Attaché, let it pass X-Hub-Signature-256 too.",
            ),
            Self::MalformedSignature => Explanation::new(
                "webhook.malformed_signature",
                "The webhook's signature cannot be read.",
                "X-Hub-Signature-256 must be sha256= and 64 hexadecimal digits.",
                "If a proxy stands before Attaché, let it leave the header as it is.",
            ),
            Self::WrongSignature => Explanation::new(
                "webhook.wrong_signature",
                "The webhook's signature does not hold.",
                "None of the app secrets known here signed exactly these bytes.",
                "Compare META_APP_SECRET with Settings → Basic; after a change keep the old one in \
                 META_APP_SECRET_PREVIOUS for some days. A proxy must not change the body.",
            ),
            Self::TooLarge => Explanation::new(
                "webhook.too_large",
                "The webhook is too long.",
                "Meta's webhooks are at most 3 MB.",
                "Nothing has to be done: Meta does not send such a webhook.",
            ),
            Self::Truncated => Explanation::new(
                "webhook.truncated",
                "The webhook did not arrive whole.",
                "The connection ended before the body did.",
                RETRY,
            ),
            Self::TooSlow => Explanation::new(
                "webhook.too_slow",
                "The webhook came too slowly.",
                "The body was not complete within the time that one has.",
                RETRY,
            ),
            Self::Full => Explanation::new(
                "webhook.full",
                "Too many webhooks wait to be stored.",
                "More arrive than the disk can take at the moment.",
                RETRY,
            ),
            Self::NotStored => Explanation::new(
                "webhook.not_stored",
                "The webhook could not be stored.",
                "The database refused it; the reason is in the server's log.",
                "Look for a full disk or a database that does not answer. Meta sends the webhook again.",
            ),
            Self::Closing => {
                Explanation::new("webhook.closing", "Attaché is about to stop.", "It takes no more webhooks.", RETRY)
            }
            Self::WrongVerifyToken => Explanation::new(
                "webhook.wrong_verify_token",
                "The verify token is not the one set here.",
                "Meta was given another verify token than this installation has.",
                "Enter the verify token of this installation at Meta, or set META_WEBHOOK_VERIFY_TOKEN to the one that Meta has.",
            ),
            Self::MalformedHandshake => Explanation::new(
                "webhook.malformed_handshake",
                "This is not how Meta verifies a callback.",
                "A verification has hub.mode=subscribe, hub.challenge and hub.verify_token.",
                "Give this address to Meta as the callback; there is nothing to see here for people.",
            ),
            Self::NotAForm => Explanation::new(
                "callback.not_a_form",
                "This callback takes a form.",
                "Meta sends application/x-www-form-urlencoded with the one field signed_request.",
                "Give this address to Meta as the callback; there is nothing to see here for people.",
            ),
            Self::FormTooLarge => Explanation::new(
                "callback.form_too_large",
                "The form is too long.",
                "What Meta sends here is a few hundred bytes.",
                "Nothing has to be done: Meta does not send such a form.",
            ),
            Self::MalformedSignedRequest => Explanation::new(
                "callback.malformed_signed_request",
                "There is no signed_request that can be read.",
                "It is a signature and a payload in base64url with a dot between them, by HMAC-SHA256, and names a person.",
                "If a proxy stands before Attaché, let it leave the body as it is.",
            ),
            Self::WrongSignedRequest => Explanation::new(
                "callback.wrong_signed_request",
                "The signature of the signed_request does not hold.",
                "None of the app secrets known here signed it.",
                "Compare META_APP_SECRET with Settings → Basic; after a change keep the old one in \
                 META_APP_SECRET_PREVIOUS for some days.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_leads_back_to_its_refusal() {
        let words: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|refusal| refusal.reason()).collect();
        assert_eq!(words.len(), Refusal::ALL.len());
        assert!(Refusal::ALL.iter().all(|refusal| Refusal::from_reason(refusal.reason()) == Some(*refusal)));
        // The last one: whoever adds another adds it to the list.
        assert_eq!(Refusal::ALL.len(), Refusal::WrongSignedRequest as usize + 1);
    }
}
