//! Verifying and registering WhatsApp numbers (Meta reference §6.3).

use secrecy::{ExposeSecret as _, SecretString};

use super::{call::GraphCall, error::MetaError, graph::GraphClient, ids::PhoneNumberId, token::AccessToken};

/// How a verification code reaches the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeMethod {
    /// By text message.
    Sms,
    /// By call.
    Voice,
}

impl GraphClient {
    /// Asks Meta to send a verification code to the number, in `language` such as `en_US`.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn request_code(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
        method: CodeMethod,
        language: &str,
    ) -> Result<(), MetaError> {
        let method = match method {
            CodeMethod::Sms => "SMS",
            CodeMethod::Voice => "VOICE",
        };
        let call = GraphCall::post("{phone}/request_code", format!("{number}/request_code"), token)
            .with("code_method", method)
            .with("language", language);
        self.change(call).await
    }

    /// Hands the verification code back to Meta.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn verify_code(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
        code: &SecretString,
    ) -> Result<(), MetaError> {
        let call = GraphCall::post("{phone}/verify_code", format!("{number}/verify_code"), token)
            .with_secret("code", code.expose_secret());
        self.change(call).await
    }

    /// Registers the number for the Cloud API with its six-digit PIN. A number that already has a PIN wants that one.
    /// Meta allows ten attempts in 72 hours.
    ///
    /// # Errors
    /// `BadRequest(WrongPin | NumberUnverified)`, `Limit(Registration)`, and whatever else Meta refuses.
    pub async fn register_number(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
        pin: &SecretString,
    ) -> Result<(), MetaError> {
        let call = GraphCall::post("{phone}/register", format!("{number}/register"), token)
            .with("messaging_product", "whatsapp")
            .with_secret("pin", pin.expose_secret());
        self.change(call).await
    }

    /// Gives the number another two-step PIN. It can only be changed here; it is switched off in WhatsApp Manager.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn set_pin(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
        pin: &SecretString,
    ) -> Result<(), MetaError> {
        let call = GraphCall::post("{phone}", number.to_string(), token).with_secret("pin", pin.expose_secret());
        self.change(call).await
    }

    /// Ends the number's registration. Refused for numbers that are also in the WhatsApp Business app.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn deregister_number(&self, number: &PhoneNumberId, token: &AccessToken) -> Result<(), MetaError> {
        self.change(GraphCall::post("{phone}/deregister", format!("{number}/deregister"), token)).await
    }
}
