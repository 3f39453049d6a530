//! Why a webhook was turned away.

use crate::explanation::Explanation;
use crate::words::failures::webhooks as failures;

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
    /// A business's own app sent more than it may have stored.
    OverAllowance,
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
    const ALL: [Self; 18] = [
        Self::UnknownApp,
        Self::MissingSignature,
        Self::Sha1Only,
        Self::MalformedSignature,
        Self::WrongSignature,
        Self::TooLarge,
        Self::Truncated,
        Self::TooSlow,
        Self::Full,
        Self::OverAllowance,
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
            Self::OverAllowance => "over_allowance",
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
            Self::OverAllowance => 429,
            Self::Full | Self::NotStored | Self::Closing => 503,
        }
    }

    /// In words, for whoever reads the answer or the count.
    pub fn explain(self) -> Explanation {
        match self {
            Self::UnknownApp => failures::unknown_app(),
            Self::MissingSignature => failures::missing_signature(),
            Self::Sha1Only => failures::sha1_only(),
            Self::MalformedSignature => failures::malformed_signature(),
            Self::WrongSignature => failures::wrong_signature(),
            Self::TooLarge => failures::too_large(),
            Self::Truncated => failures::truncated(),
            Self::TooSlow => failures::too_slow(),
            Self::Full => failures::full(),
            Self::OverAllowance => failures::over_allowance(),
            Self::NotStored => failures::not_stored(),
            Self::Closing => failures::closing(),
            Self::WrongVerifyToken => failures::wrong_verify_token(),
            Self::MalformedHandshake => failures::malformed_handshake(),
            Self::NotAForm => failures::not_a_form(),
            Self::FormTooLarge => failures::form_too_large(),
            Self::MalformedSignedRequest => failures::malformed_signed_request(),
            Self::WrongSignedRequest => failures::wrong_signed_request(),
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
