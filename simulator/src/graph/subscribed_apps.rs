//! `subscribed_apps`: installing the app on a Page, an Instagram account or a WABA (Meta reference §6.1, §6.3).

use serde_json::json;

use super::auth::Caller;
use super::dispatch::{Method, Step};
use super::errors::GraphError;
use super::handshake::{Change, Pending};
use super::params::Params;
use super::render::View;
use crate::state::AssetSubscription;
use crate::world::Node;

/// Fields a Page can be subscribed to.
const PAGE_FIELDS: &[&str] = &[
    "feed",
    "mention",
    "name",
    "picture",
    "category",
    "description",
    "conversations",
    "branded_camera",
    "feature_access_list",
    "inbox_labels",
    "message_context",
    "message_deliveries",
    "message_echoes",
    "message_edits",
    "message_mention",
    "message_reactions",
    "message_reads",
    "messages",
    "messaging_account_linking",
    "messaging_appointments",
    "messaging_checkout_updates",
    "messaging_customer_information",
    "messaging_direct_sends",
    "messaging_fblogin_account_linking",
    "messaging_feedback",
    "messaging_game_plays",
    "messaging_handovers",
    "messaging_in_thread_lead_form_submit",
    "messaging_integrity",
    "messaging_optins",
    "messaging_payments",
    "messaging_policy_enforcement",
    "messaging_postbacks",
    "messaging_pre_checkouts",
    "messaging_referrals",
    "messaging_outcome_event",
    "response_feedback",
    "send_cart",
    "standby",
    "leadgen",
    "ratings",
    "videos",
    "live_videos",
    "location",
    "hours",
    "phone",
    "website",
    "email",
    "about",
    "general_info",
    "founded",
    "mission",
    "products",
    "group_feed",
    "payment_options",
    "page_change_proposal",
    "page_upcoming_change",
];

/// Fields an Instagram account can be subscribed to.
const INSTAGRAM_FIELDS: &[&str] = &[
    "messages",
    "messaging_postbacks",
    "messaging_seen",
    "messaging_optins",
    "messaging_referral",
    "messaging_handover",
    "message_reactions",
    "message_edit",
    "comments",
    "live_comments",
    "mentions",
    "story_insights",
    "standby",
];

/// `POST` and `DELETE` of `subscribed_apps`.
pub(crate) fn change(view: &mut View<'_>, node: Node, method: Method, params: &Params) -> Result<Step, GraphError> {
    let id = view.id(node);
    match (node, method) {
        (Node::Page(_), Method::Post) => install_page(view, &id, params),
        (Node::Page(_), _) => {
            if !matches!(view.caller, Caller::Page { .. } | Caller::App) {
                return Err(page_token_required());
            }
            Ok(uninstall(view, &id))
        }
        (Node::Instagram(_), Method::Post) => install_instagram(view, &id, params),
        (Node::Waba(_), Method::Post) => install_waba(view, &id, params),
        (Node::Instagram(_) | Node::Waba(_), _) => Ok(uninstall(view, &id)),
        _ => Err(GraphError::unknown_field("subscribed_apps", super::nodes::type_name(node))),
    }
}

fn page_token_required() -> GraphError {
    GraphError::new(210, "(#210) A page access token is required to request this resource.")
        .status(403)
        .challenge("invalid_token")
}

fn install_page(view: &mut View<'_>, id: &str, params: &Params) -> Result<Step, GraphError> {
    if !matches!(view.caller, Caller::Page { .. }) {
        return Err(page_token_required());
    }
    let fields = known_fields(params, PAGE_FIELDS)?;
    if !view.access.granted("pages_manage_metadata") {
        return Err(needs(&fields[0], "pages_manage_metadata"));
    }
    // One field without its permission and nothing at all is subscribed.
    if let Some(field) = fields.iter().find(|field| is_messaging(field))
        && !view.access.granted("pages_messaging")
    {
        return Err(needs(field, "pages_messaging"));
    }
    Ok(install(view, id, fields))
}

fn install_instagram(view: &mut View<'_>, id: &str, params: &Params) -> Result<Step, GraphError> {
    let fields = known_fields(params, INSTAGRAM_FIELDS)?;
    if let Some(field) = fields.iter().find(|field| is_messaging(field))
        && !view.access.granted_any(&["instagram_manage_messages", "instagram_business_manage_messages"])
    {
        return Err(needs(field, "instagram_manage_messages"));
    }
    Ok(install(view, id, fields))
}

fn needs(field: &str, permission: &str) -> GraphError {
    GraphError::missing_permission(format!(
        "(#200) To subscribe to the {field} field, one of these permissions is needed: {permission}"
    ))
}

fn is_messaging(field: &str) -> bool {
    field.starts_with("messag") || field == "standby"
}

fn known_fields(params: &Params, known: &[&str]) -> Result<Vec<String>, GraphError> {
    let fields = params.list("subscribed_fields").unwrap_or_default();
    if fields.is_empty() {
        return Err(GraphError::missing_parameter("subscribed_fields"));
    }
    match fields.iter().position(|field| !known.contains(&field.as_str())) {
        None => Ok(fields),
        Some(at) => Err(GraphError::new(
            100,
            format!("(#100) Param subscribed_fields[{at}] must be one of {{{}}}", known.join(", ")),
        )),
    }
}

fn install(view: &mut View<'_>, id: &str, fields: Vec<String>) -> Step {
    view.state.subscriptions.assets.insert(id.to_owned(), AssetSubscription { fields, ..AssetSubscription::default() });
    Step::Done(json!({"success": true}))
}

fn uninstall(view: &mut View<'_>, id: &str) -> Step {
    view.state.subscriptions.assets.remove(id);
    Step::Done(json!({"success": true}))
}

fn install_waba(view: &mut View<'_>, id: &str, params: &Params) -> Result<Step, GraphError> {
    let Some(uri) = params.filled("override_callback_uri") else {
        // Plain subscribe; on an installed WABA it also removes the override.
        return Ok(install(view, id, Vec::new()));
    };
    override_allowed(view, id)?;
    let verify_token = override_parameters(params, &uri)?;
    Ok(Step::Handshake(Pending::new(view.state, uri, verify_token, Change::Waba(id.to_owned()))))
}

/// An override needs the app's own webhook for `messages` and a plain subscription first.
pub(super) fn override_allowed(view: &View<'_>, waba: &str) -> Result<(), GraphError> {
    let subscriptions = &view.state.subscriptions;
    let app = subscriptions.app.get("whatsapp_business_account");
    let hears = app.is_some_and(|app| app.fields.iter().any(|field| field == "messages"));
    if hears && subscriptions.assets.contains_key(waba) {
        return Ok(());
    }
    Err(GraphError::new(
        100,
        "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp \
         Business Account",
    ))
}

/// The verify token of an override, after checking what goes with it.
pub(super) fn override_parameters(params: &Params, uri: &str) -> Result<String, GraphError> {
    if uri.chars().count() > 200 {
        return Err(GraphError::new(100, "(#100) Param override_callback_uri must be at most 200 characters long."));
    }
    params.filled("verify_token").ok_or_else(|| GraphError::missing_parameter("verify_token"))
}
