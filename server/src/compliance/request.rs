//! Reading what Meta signed.

use url::form_urlencoded;

use crate::{
    ingest::Refusal,
    meta::{AppId, SignedRequest, SignedRequestError},
    services::Services,
};

/// Reads the one field `signed_request` of a form and makes sure that Meta wrote it for our app. `app` is the one that the
/// address names; without one it is the one in use.
///
/// # Errors
/// Why it is turned away. Nothing of it is kept.
pub fn read_signed_request(
    services: &Services,
    app: Option<&AppId>,
    form: &[u8],
) -> Result<(AppId, SignedRequest), Refusal> {
    let login = services.apps().find(app).ok_or(Refusal::UnknownApp)?.login.clone();
    let mut fields = form_urlencoded::parse(form).filter(|(name, _)| name == "signed_request");
    let (Some((_, text)), None) = (fields.next(), fields.next()) else {
        return Err(Refusal::MalformedSignedRequest);
    };
    let read = SignedRequest::verify(&text, &login.app.app_secret, login.former_secret(services.clock().now()));
    match read {
        Ok(request) => Ok((login.app.app_id.clone(), request)),
        Err(SignedRequestError::WrongSignature) => Err(Refusal::WrongSignedRequest),
        Err(error) => {
            tracing::debug!(%error, "a signed_request was not taken");
            Err(Refusal::MalformedSignedRequest)
        }
    }
}
