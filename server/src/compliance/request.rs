//! Reading what Meta signed.

use std::iter;

use url::form_urlencoded;

use crate::{
    ingest::Refusal,
    meta::{AppId, SignedRequest, SignedRequestError},
    services::Services,
};

/// Reads the one field `signed_request` of a form and makes sure that Meta wrote it for our app. `app` is the one that the
/// address names; without one, any app of the installation may have signed: the dashboard of one that is not in use any more
/// still has the plain address. A business's own app has addresses of its own.
///
/// # Errors
/// Why it is turned away. Nothing of it is kept.
pub fn read_signed_request(
    services: &Services,
    app: Option<&AppId>,
    form: &[u8],
) -> Result<(AppId, SignedRequest), Refusal> {
    let apps: Vec<_> = match app {
        Some(_) => services.apps().find(app).into_iter().collect(),
        None => services.apps().of_installation(),
    };
    if apps.is_empty() {
        return Err(Refusal::UnknownApp);
    }
    let mut fields = form_urlencoded::parse(form).filter(|(name, _)| name == "signed_request");
    let (Some((_, text)), None) = (fields.next(), fields.next()) else {
        return Err(Refusal::MalformedSignedRequest);
    };
    let now = services.clock().now();
    // Of an Instagram account that signed in itself, Instagram Login's part of the app tells.
    let parts = apps.iter().flat_map(|app| iter::once(app).chain(&app.instagram));
    for app in parts {
        let login = &app.login;
        match SignedRequest::verify(&text, &login.app.app_secret, login.former_secret(now)) {
            Ok(request) => return Ok((app.id.clone(), request)),
            Err(SignedRequestError::WrongSignature) => {}
            Err(error) => {
                tracing::debug!(%error, "a signed_request was not taken");
                return Err(Refusal::MalformedSignedRequest);
            }
        }
    }
    Err(Refusal::WrongSignedRequest)
}
