//! `POST /{business}/system_user_access_tokens`: fetching a client's token again (Meta reference §4.5).

use serde_json::{Value, json};

use super::auth::Caller;
use super::errors::GraphError;
use super::oauth::mint;
use super::params::Params;
use super::render::View;
use crate::state::{SIXTY_DAYS, TokenKind};
use crate::world::Node;

/// Answer with the token of the system user inside this portfolio.
pub(crate) fn token(view: &mut View<'_>, node: Node, params: &Params) -> Result<Value, GraphError> {
    let Node::Business(_) = node else {
        return Err(GraphError::unknown_field("system_user_access_tokens", super::nodes::type_name(node)));
    };
    let business = view.id(node);
    if params.filled("appsecret_proof").is_none() {
        return Err(GraphError::new(100, "API calls from the server require an appsecret_proof argument")
            .kind("GraphMethodException"));
    }
    let own = match &view.caller {
        Caller::App => true,
        Caller::SystemUser { .. } => view.access.client_business() == Some(business.as_str()),
        _ => false,
    };
    let Some(user) = view.state.grants.system_user_of(&business).filter(|_| own).map(|user| user.id.clone()) else {
        return Err(GraphError::no_such_object("post", &business));
    };
    if params.flag("fetch_only") {
        let existing = view
            .state
            .tokens
            .iter()
            .filter(|(_, token)| {
                token.kind == TokenKind::SystemUser && token.subject == user && token.revoked.is_none()
            })
            .last()
            .map(|(value, _)| value.clone());
        if let Some(value) = existing {
            return Ok(json!({ "access_token": value }));
        }
    } else if params.filled("scope").is_none() {
        return Err(GraphError::missing_parameter("scope"));
    }
    let lifetime = if params.flag("set_token_expires_in_60_days") { SIXTY_DAYS } else { 0 };
    Ok(json!({ "access_token": mint(view.state, TokenKind::SystemUser, user, lifetime) }))
}
