//! From requested fields to JSON.

use std::sync::Arc;

use serde_json::{Map, Value};
use url::Url;

use super::access::Access;
use super::auth::Caller;
use super::errors::GraphError;
use super::fields::{FieldSpec, plain};
use super::nodes;
use super::paging::{Window, paging, slice};
use super::params::Params;
use super::versions::Version;
use crate::state::State;
use crate::world::{Node, World};

/// Everything needed to look at the world with one caller's eyes.
pub(crate) struct View<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) world: Arc<World>,
    pub(crate) caller: Caller,
    pub(crate) access: Access,
    pub(crate) version: Version,
    pub(crate) endless: bool,
    /// Rows rendered so far.
    pub(crate) rows: usize,
}

/// What a field turned out to be.
pub(crate) enum Field {
    /// A plain value; of an object, the asked keys.
    Value(Value),
    /// A value already cut to what is asked.
    Whole(Value),
    /// Another node; its fields when none are asked for.
    Node(Node, &'static [&'static str]),
    /// An edge.
    List(List),
    /// Nothing to show: the key stays away.
    Absent,
    /// Not without another permission: an error when asked for directly, absent when nested.
    Denied(GraphError),
    /// No such field.
    Unknown,
}

impl Field {
    /// A value of anything serialisable.
    pub(crate) fn of(value: impl Into<Value>) -> Self {
        Self::Value(value.into())
    }

    /// A value, or absent.
    pub(crate) fn maybe(value: Option<impl Into<Value>>) -> Self {
        value.map_or(Self::Absent, |value| Self::Value(value.into()))
    }

    /// An edge to nodes of one kind.
    pub(crate) fn nodes(nodes: impl IntoIterator<Item = Node>, defaults: &'static [&'static str]) -> Self {
        Self::List(List { items: nodes.into_iter().map(Item::Node).collect(), defaults })
    }
}

/// The rows of an edge.
pub(crate) struct List {
    pub(crate) items: Vec<Item>,
    /// Fields of a row when none are asked for.
    pub(crate) defaults: &'static [&'static str],
}

/// One row.
pub(crate) enum Item {
    Node(Node),
    /// A row that is no node, with the key its cursor is made of.
    Json(String, Value),
}

impl View<'_> {
    /// The id of a node, as the Graph shows it.
    pub(crate) fn id(&self, node: Node) -> String {
        match (node, &self.caller) {
            (Node::SystemUser, Caller::SystemUser { id, .. }) => id.clone(),
            (node, _) => nodes::id(&self.world, node),
        }
    }

    /// A node with these fields, `id` always among them.
    pub(crate) fn node(&mut self, node: Node, fields: &[FieldSpec]) -> Result<Value, GraphError> {
        let id = self.id(node);
        let mut out = Map::new();
        for spec in fields {
            match nodes::field(self, node, spec)? {
                Field::Value(value) => {
                    out.insert(spec.key().to_owned(), select(value, &spec.fields));
                }
                Field::Whole(value) => {
                    out.insert(spec.key().to_owned(), value);
                }
                Field::Node(inner, defaults) => {
                    let value = if spec.fields.is_empty() {
                        self.node(inner, &plain(defaults))?
                    } else {
                        self.node(inner, &spec.fields)?
                    };
                    out.insert(spec.key().to_owned(), value);
                }
                Field::List(list) => {
                    if !list.items.is_empty() {
                        let value = self.list(&list, &format!("{id}/{}", spec.name), Request::nested(spec))?;
                        out.insert(spec.key().to_owned(), value);
                    }
                }
                Field::Absent | Field::Denied(_) => {}
                Field::Unknown => return Err(GraphError::unknown_field(&spec.name, nodes::type_name(node))),
            }
        }
        out.insert("id".into(), Value::String(nodes::shown_id(self, node)));
        Ok(Value::Object(out))
    }

    /// An edge asked for by path.
    pub(crate) fn edge(&mut self, node: Node, edge: &str, params: &Params) -> Result<Value, GraphError> {
        let spec = FieldSpec { modifiers: modifiers(params), ..FieldSpec::plain(edge) };
        match nodes::field(self, node, &spec)? {
            Field::List(list) => {
                let path = format!("{}/{edge}", self.id(node));
                let request = Request::direct(params)?;
                self.list(&list, &path, request)
            }
            Field::Node(inner, defaults) => {
                let asked = Request::direct(params)?.fields;
                let fields = if asked.is_empty() { plain(defaults) } else { asked };
                self.node(inner, &fields)
            }
            Field::Denied(error) => Err(error),
            Field::Whole(value) => Ok(value),
            Field::Value(_) | Field::Absent | Field::Unknown => {
                Err(GraphError::unknown_field(edge, nodes::type_name(node)))
            }
        }
    }

    fn list(&mut self, list: &List, path: &str, request: Request) -> Result<Value, GraphError> {
        let keys: Vec<String> = list
            .items
            .iter()
            .map(|item| match item {
                Item::Node(node) => self.id(*node),
                Item::Json(key, _) => key.clone(),
            })
            .collect();
        let slice = slice(&keys, &request.window, self.state.switches.page_size, self.endless)?;
        self.rows += slice.rows.len();
        if self.rows > self.state.switches.most_rows {
            return Err(GraphError::new(
                1,
                "Please reduce the amount of data you're asking for, then retry your request",
            )
            .status(500));
        }
        let fields = if request.fields.is_empty() { plain(list.defaults) } else { request.fields };
        let mut data = Vec::with_capacity(slice.rows.len());
        for row in &slice.rows {
            data.push(match &list.items[*row] {
                Item::Node(node) => self.node(*node, &fields)?,
                Item::Json(_, value) => select(value.clone(), &[]),
            });
        }
        let mut out = Map::new();
        out.insert("data".into(), Value::Array(data));
        let mut query = Vec::new();
        if let Some(token) = self.caller.token() {
            query.push(("access_token".to_owned(), token.to_owned()));
        }
        query.extend(request.repeat);
        let address = self.address(path);
        if let Some(paging) = paging(&slice, &address, &query) {
            out.insert("paging".into(), paging);
        }
        Ok(Value::Object(out))
    }

    fn address(&self, path: &str) -> Url {
        let mut url = self.state.base.clone();
        url.set_path(&format!("/{}/{path}", self.version));
        url
    }
}

/// What of a list is wanted, and which parameters `paging.next` repeats.
struct Request {
    fields: Vec<FieldSpec>,
    window: Window,
    repeat: Vec<(String, String)>,
}

/// Parameters an edge keeps in `paging.next`.
const REPEATED: [&str; 3] = ["fields", "filtering", "sort"];

impl Request {
    fn direct(params: &Params) -> Result<Self, GraphError> {
        let fields = fields_of(params)?;
        Ok(Self {
            fields,
            window: Window { limit: params.text("limit"), after: params.text("after"), before: params.text("before") },
            repeat: REPEATED.iter().filter_map(|name| Some(((*name).to_owned(), params.filled(name)?))).collect(),
        })
    }

    fn nested(spec: &FieldSpec) -> Self {
        let argument = |name: &str| spec.modifier(name).map(str::to_owned);
        let mut repeat = Vec::new();
        if !spec.fields_text.is_empty() {
            repeat.push(("fields".to_owned(), spec.fields_text.clone()));
        }
        Self {
            fields: spec.fields.clone(),
            window: Window { limit: argument("limit"), after: argument("after"), before: argument("before") },
            repeat,
        }
    }
}

/// The `fields` parameter: text with commas and braces, or a JSON array of such.
pub(crate) fn fields_of(params: &Params) -> Result<Vec<FieldSpec>, GraphError> {
    match params.json("fields") {
        Some(Value::Array(_)) => super::fields::parse(&params.list("fields").unwrap_or_default().join(",")),
        Some(Value::String(text)) => super::fields::parse(&text),
        _ => Ok(Vec::new()),
    }
}

/// `sort` and `filtering` as modifiers, so that an edge reads them the same way nested or not.
fn modifiers(params: &Params) -> Vec<(String, String)> {
    ["sort", "filtering", "type"].iter().filter_map(|name| Some(((*name).to_owned(), params.filled(name)?))).collect()
}

/// Keep the asked keys of a plain object; anything else is left whole.
fn select(value: Value, fields: &[FieldSpec]) -> Value {
    match value {
        Value::Object(object) if !fields.is_empty() => Value::Object(
            object.into_iter().filter(|(key, _)| key == "id" || fields.iter().any(|spec| spec.name == *key)).collect(),
        ),
        other => other,
    }
}
