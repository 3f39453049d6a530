//! Set-up links: the owner's list, and what a guest sees.

use super::connect::asked_for;
use crate::api::set_up_links::SetUpLink;
use crate::caller::caller;
use crate::dto::set_up_links::{SetUpLinkRow, SetUpLinksPage, SetUpPage, SetUpStep};
use crate::error::AppError;
use crate::forms::FormAnswer;
use crate::words::count;
use leptos::prelude::use_context;
use server::connect::set_up_links::{self, LIVES, ListedLink, Outstanding};

/// Loads the list.
///
/// # Errors
/// When nobody is signed in, or the role does not allow connecting.
pub async fn links() -> Result<SetUpLinksPage, AppError> {
    let caller = caller()?;
    let live = caller.services.live().cursor().to_string();
    let answer = use_context::<FormAnswer>().filter(|answer| answer.action == "make-set-up-link");
    let links = set_up_links::list_links(&caller.services, caller.actor()?).await?;
    let fresh_link = answer.and_then(|a| serde_json::from_str::<SetUpLink>(&a.json).ok()).map(|made| made.link);
    Ok(SetUpLinksPage {
        links: links.into_iter().map(row).collect(),
        lives: LIVES.to_vec(),
        // A page that is the answer of a form is not asked for again.
        live: if fresh_link.is_some() { String::new() } else { live },
        fresh_link,
    })
}

fn row(listed: ListedLink) -> SetUpLinkRow {
    let ListedLink { link, outstanding, choosing, assets: (connected, troubled) } = listed;
    let step = |name: &str, at| SetUpStep { name: name.into(), at };
    let applied = link.finished_at.filter(|_| outstanding == Outstanding::Nothing);
    let steps = vec![
        step("Opened", link.opened_at),
        step("Confirmed with Meta", link.used_at),
        step("Assets chosen", link.finished_at),
        step("Subscribed and read back", applied),
    ];
    let said = match outstanding {
        Outstanding::Opening => "Nobody has opened it yet.".to_owned(),
        Outstanding::Confirming => "It was opened. What is missing: confirming with Meta.".into(),
        Outstanding::Choosing => "It was confirmed with Meta. What is missing: choosing what to connect.".into(),
        Outstanding::Applying => "Everything is chosen; it is being connected.".into(),
        Outstanding::Nothing if troubled > 0 => {
            format!(
                "{} connected, {troubled} with a problem: each one shows why.",
                count(connected, "asset is", "assets are")
            )
        }
        Outstanding::Nothing => {
            format!("Nothing is missing: {} connected.", count(connected, "asset is", "assets are"))
        }
        Outstanding::Expired => "It ended before anybody confirmed with Meta. Make a new one.".into(),
        Outstanding::Revoked => "It was withdrawn.".into(),
        Outstanding::GivenUp => "It was confirmed with Meta, but nothing stayed connected. Make a new one.".into(),
    };
    let open = matches!(outstanding, Outstanding::Opening | Outstanding::Confirming | Outstanding::Choosing);
    SetUpLinkRow {
        id: link.id.to_string(),
        name: link.name,
        by: link.created_by_name,
        expires_at: link.expires_at,
        steps,
        outstanding: said,
        choose: choosing.map(|attempt| format!("/connect/{attempt}")),
        open,
        ended: matches!(outstanding, Outstanding::Expired | Outstanding::Revoked | Outstanding::GivenUp),
    }
}

/// Loads what a link says to whoever opens it.
///
/// # Errors
/// When it cannot be used (any more), with what to do.
pub async fn opened(token: String) -> Result<SetUpPage, AppError> {
    let caller = caller()?;
    let session = server::http::guest_session(caller.session()?, None).await?;
    let secret = token.clone().into();
    let opened = set_up_links::open_link(&caller.services, &secret, session.as_deref(), &caller.address).await?;
    // A browser that came by another link is nobody's guest here yet.
    let own = server::http::guest_session(caller.session()?, Some(&opened.id)).await?.is_some();
    Ok(SetUpPage {
        token,
        permissions: asked_for(&caller.services, &opened.tenant),
        tenant: opened.tenant_name,
        asked_by: opened.asked_by,
        expires_at: Some(opened.expires_at),
        attempt: if own { unfinished(&caller).await? } else { None },
    })
}

/// Loads the place of a guest who is known already.
///
/// # Errors
/// When the browser did not come by a link, or it was withdrawn.
pub async fn place() -> Result<SetUpPage, AppError> {
    let caller = caller()?;
    let guest = caller.guest().await?.ok_or_else(|| {
        AppError::new(404, "set_up.unknown", "Open the link that was sent to you.")
            .why("This browser did not come by a set-up link, or the link was withdrawn.")
            .todo("Open it in this browser, or ask the person who sent it to you for a new one.")
    })?;
    Ok(SetUpPage {
        token: String::new(),
        tenant: guest.tenant_name.clone(),
        asked_by: String::new(),
        expires_at: None,
        permissions: asked_for(&caller.services, &guest.tenant),
        attempt: unfinished(&caller).await?,
    })
}

async fn unfinished(caller: &crate::caller::Caller) -> Result<Option<String>, AppError> {
    let Some(guest) = caller.guest().await? else { return Ok(None) };
    let attempt = set_up_links::find_unfinished(&caller.services, &guest).await?;
    Ok(attempt.map(|attempt| format!("/connect/{attempt}")))
}
