//! One operation: from a method, a path and parameters to an answer.

use serde_json::{Value, json};

use super::access::Access;
use super::auth::{self, Caller};
use super::errors::GraphError;
use super::fields::plain;
use super::handshake::{self, Pending};
use super::params::Params;
use super::render::{View, fields_of};
use super::send::Upload;
use super::versions::{self, Version};
use super::{debug, multi, nodes, numbers, oauth, people, send, subscribed_apps, subscriptions, system_users, usage};
use crate::clock::http_time;
use crate::faults::Effect;
use crate::instagram;
use crate::secrets;
use crate::state::{Shared, State};
use crate::webhooks;
use crate::world::Node;

/// A Graph method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }

    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }

    pub(crate) fn upper(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Whether it came to one of Instagram's hosts.
    pub(crate) instagram: bool,
    pub(crate) version: Option<Version>,
    pub(crate) path: Vec<String>,
    pub(crate) params: Params,
    pub(crate) bearer: Option<String>,
    pub(crate) effects: Vec<Effect>,
    /// A file of a multipart body.
    pub(crate) upload: Option<Box<Upload>>,
}

impl Call {
    /// `/me/accounts`, without the version: what faults are matched against.
    pub(crate) fn pattern_path(&self) -> String {
        format!("/{}", self.path.join("/"))
    }

    /// Operations it counts for: the ids of `ids=`, or one.
    pub(crate) fn operations(&self) -> usize {
        self.params.list("ids").map_or(1, |ids| ids.len().max(1))
    }
}

/// An answer before it is written to the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Value,
}

/// What came of an operation before any I/O.
pub(crate) enum Step {
    Done(Value),
    /// Webhooks that wait go out before the answer.
    Told(Value),
    /// The callback must answer first.
    Handshake(Box<Pending>),
}

/// Perform one operation; the lock is free while a callback is asked.
pub(crate) async fn perform(shared: &Shared, call: &Call) -> Answer {
    let (result, mut headers) = {
        let mut state = shared.lock();
        let mut headers = Vec::new();
        let app = app_of(&state, call);
        let result = state.acting(&app, |state| begin(state, call, &mut headers));
        (result, headers)
    };
    let result = match result {
        Ok(Step::Done(value)) => Ok(value),
        Ok(Step::Told(value)) => {
            webhooks::deliver_due(shared).await;
            Ok(value)
        }
        Err(error) => Err(error),
        Ok(Step::Handshake(pending)) => match handshake::verify(shared, &pending).await {
            Ok(()) => {
                pending.commit(&mut shared.lock());
                Ok(json!({"success": true}))
            }
            Err(error) => Err(error),
        },
    };
    let mut state = shared.lock();
    let trace = format!("A{}", secrets::opaque(&mut state.rng, 22));
    let request = secrets::opaque(&mut state.rng, 22);
    let now = state.now();
    let served = versions::effective(call.version, now, state.switches.fall_forward).unwrap_or(versions::NEWEST);
    headers.push(("facebook-api-version", served.to_string()));
    headers.push(("date", http_time(now)));
    headers.push(("x-fb-trace-id", trace.chars().take(11).collect()));
    headers.push(("x-fb-request-id", request.clone()));
    headers.push(("x-fb-debug", format!("{request}==")));
    match result {
        Ok(body) => Answer { status: 200, headers, body },
        Err(error) => {
            let error = whatsapp_status(&state, call, error);
            headers.extend(error.www_authenticate().map(|value| ("www-authenticate", value)));
            let flat = call.instagram && call.path == ["oauth", "access_token"];
            let body = if flat { error.flat() } else { error.body(&trace) };
            Answer { status: error.status, headers, body }
        }
    }
}

/// WhatsApp objects answer 190 with 401, the rest of the Graph with 400 (Meta reference §9.2).
fn whatsapp_status(state: &State, call: &Call, error: GraphError) -> GraphError {
    let first = call.path.first().and_then(|id| state.node(id));
    match (first, error.code) {
        (Some(Node::Waba(_) | Node::Phone(_)), 0 | 190) => error.status(401),
        _ => error,
    }
}

/// The app that an operation is of: the one that is named, else the one whose token is sent.
fn app_of(state: &State, call: &Call) -> String {
    if call.path.iter().map(String::as_str).eq(["oauth", "access_token"]) {
        return call.params.filled("client_id").unwrap_or_default();
    }
    let token = auth::token_of(&call.params, call.bearer.as_deref()).unwrap_or_default();
    match token.split_once('|') {
        Some((app, _)) => app.to_owned(),
        None => state.other_app_of(&token).unwrap_or(&state.world.app.id).to_owned(),
    }
}

fn begin(state: &mut State, call: &Call, headers: &mut Vec<(&'static str, String)>) -> Result<Step, GraphError> {
    let now = state.now();
    let Some(version) = versions::effective(call.version, now, state.switches.fall_forward) else {
        let asked = call.version.map(|version| version.to_string()).unwrap_or_default();
        return Err(GraphError::unknown_path(&format!("/{asked}{}", call.pattern_path())));
    };
    struck(state, call)?;
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let bearer = call.bearer.as_deref();
    match path.as_slice() {
        ["oauth", "access_token"] if call.instagram && call.method == Method::Post => {
            return instagram::exchange_code(state, &call.params).map(Step::Done);
        }
        ["access_token"] if call.instagram && call.method == Method::Get => {
            return instagram::lengthen(state, &call.params).map(Step::Done);
        }
        ["refresh_access_token"] if call.instagram && call.method == Method::Get => {
            return instagram::refresh(state, &call.params).map(Step::Done);
        }
        ["oauth", "access_token"] if call.method != Method::Delete => {
            return oauth::access_token(state, &call.params).map(Step::Done);
        }
        ["debug_token"] if call.method == Method::Get => {
            let (usage, spent) = usage::charge(state, &Caller::App, None, 1);
            headers.extend(usage);
            return match spent {
                Some(error) => Err(error),
                None => debug::debug_token(state, &call.params, bearer).map(Step::Done),
            };
        }
        _ => {}
    }
    let caller = auth::authenticate(state, &call.params, bearer)?;
    if call.instagram && !matches!(caller, Caller::Instagram { .. } | Caller::Anonymous) {
        return Err(auth::unparsable(&auth::token_of(&call.params, bearer).unwrap_or_default()));
    }
    let target = path.first().and_then(|id| state.node(id));
    let (usage, spent) = usage::charge(state, &caller, target, call.operations());
    headers.extend(usage);
    if let Some(error) = spent {
        return Err(error);
    }
    let access = Access::of(state, &caller);
    let endless = call.effects.contains(&Effect::EndlessPaging);
    let mut view = View { world: state.world.clone(), state, caller, access, version, endless, rows: 0 };
    route(&mut view, call, &path)
}

/// Faults that answer with an error object or kill the token first.
fn struck(state: &mut State, call: &Call) -> Result<(), GraphError> {
    for effect in &call.effects {
        match effect {
            Effect::Error { status, code, subcode, message, transient } => {
                let message = message.clone().unwrap_or_else(|| match code {
                    1 => "An unknown error occurred".to_owned(),
                    2 => "(#2) Service temporarily unavailable".to_owned(),
                    4 => "(#4) Application request limit reached".to_owned(),
                    code => format!("(#{code}) Error made by the simulator"),
                });
                let mut error = GraphError::new(*code, message).status(*status).transient(*transient);
                error.subcode = *subcode;
                if *code == 190 {
                    error.challenge = Some("invalid_token");
                }
                return Err(error);
            }
            Effect::ErrorForUser { status, code, title, message } => {
                return Err(GraphError::new(*code, "Invalid parameter").status(*status).for_user(title, message));
            }
            Effect::Revoke(why) => {
                let token = auth::token_of(&call.params, call.bearer.as_deref());
                // One that is to be lengthened is sent as what is exchanged.
                if let Some(token) = token.or_else(|| call.params.filled("fb_exchange_token")) {
                    state.revoke(&token, *why);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn route(view: &mut View<'_>, call: &Call, path: &[&str]) -> Result<Step, GraphError> {
    let params = &call.params;
    let verb = call.method.verb();
    if call.method == Method::Get && params.0.contains_key("ids") {
        return multi::get(view, path, params).map(Step::Done);
    }
    let Some((first, rest)) = path.split_first() else {
        return Err(unsupported(verb));
    };
    if rest.is_empty()
        && view.caller != Caller::Anonymous
        && let Some(answer) = send::file(view, call.method, first)
    {
        return answer.map(Step::Done);
    }
    let node = resolve(view, first, verb, rest)?;
    if let (Method::Post, [edge]) = (call.method, rest)
        && let Some(answer) = send::post(view, node, edge, call)
    {
        return answer;
    }
    match (call.method, rest) {
        (Method::Get, []) => read(view, node, params).map(Step::Done),
        (Method::Get, [edge]) => view.edge(node, edge, params).map(Step::Done),
        (Method::Delete, ["permissions"]) => people::delete_permissions(view, node, None).map(Step::Done),
        (Method::Delete, ["permissions", one]) => people::delete_permissions(view, node, Some(one)).map(Step::Done),
        (method, ["subscribed_apps"]) => subscribed_apps::change(view, node, method, params),
        (method, ["subscriptions"]) => subscriptions::change(view, node, method, params),
        (Method::Post, ["system_user_access_tokens"]) => system_users::token(view, node, params).map(Step::Done),
        (Method::Post, []) if matches!(node, Node::Phone(_)) => numbers::settings(view, node, params),
        (Method::Post, [action]) if matches!(node, Node::Phone(_)) => {
            numbers::act(view, node, action, params).map(Step::Done)
        }
        (_, [_, _, ..]) => Err(GraphError::unknown_path(&call.pattern_path())),
        _ => Err(unsupported(verb)),
    }
}

fn unsupported(verb: &str) -> GraphError {
    GraphError::new(
        100,
        format!(
            "Unsupported {verb} request. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api"
        ),
    )
    .kind("GraphMethodException")
}

/// The node a first path segment names, if this caller can see it.
pub(crate) fn resolve(view: &View<'_>, first: &str, verb: &str, rest: &[&str]) -> Result<Node, GraphError> {
    if first == "me" {
        return match &view.caller {
            Caller::User { person, .. } => Ok(Node::Person(*person)),
            Caller::Page { page, .. } => Ok(Node::Page(*page)),
            Caller::SystemUser { .. } => Ok(Node::SystemUser),
            Caller::Instagram { account, .. } => Ok(Node::Instagram(*account)),
            Caller::App | Caller::Anonymous => Err(GraphError::new(
                2500,
                "An active access token must be used to query information about the current user.",
            )
            .challenge("invalid_request")),
        };
    }
    if view.caller == Caller::Anonymous {
        return Err(
            GraphError::new(104, "An access token is required to request this resource.").challenge("invalid_request")
        );
    }
    if first == "app" {
        return Ok(Node::App);
    }
    if let Caller::SystemUser { id, .. } = &view.caller
        && id == first
    {
        return Ok(Node::SystemUser);
    }
    match view.state.node(first) {
        // The app may read and remove a person's permissions, release what it is installed on, and fetch business tokens.
        Some(node @ Node::Person(_)) if view.access.app && rest.first() == Some(&"permissions") => Ok(node),
        Some(node @ (Node::Page(_) | Node::Waba(_))) if view.access.app && rest == ["subscribed_apps"] => Ok(node),
        Some(node @ Node::Business(_)) if view.access.app && rest == ["system_user_access_tokens"] => Ok(node),
        Some(node) if view.access.node(&view.world, node) => Ok(node),
        Some(_) => Err(GraphError::no_such_object(verb, first)),
        None if first.trim_start_matches("act_").bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(GraphError::no_such_object(verb, first))
        }
        None => Err(GraphError::unknown_alias(first)),
    }
}

/// `GET /{node}`.
pub(crate) fn read(view: &mut View<'_>, node: Node, params: &Params) -> Result<Value, GraphError> {
    let asked = fields_of(params)?;
    let fields = if asked.is_empty() { plain(nodes::defaults(node)) } else { asked };
    view.node(node, &fields)
}
