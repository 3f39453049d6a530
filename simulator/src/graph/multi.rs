//! `?ids=`: several nodes, or the same edge of several nodes, in one call (Meta reference §5.6).

use serde_json::{Map, Value};

use super::dispatch::{read, resolve};
use super::errors::GraphError;
use super::params::Params;
use super::render::View;

/// Most ids in one call.
const MOST: usize = 50;

/// Answer a multi-get. One bad id fails the whole call.
pub(crate) fn get(view: &mut View<'_>, path: &[&str], params: &Params) -> Result<Value, GraphError> {
    let ids = params.list("ids").unwrap_or_default();
    if ids.is_empty() {
        return Err(GraphError::new(100, "(#100) Param ids must not be empty"));
    }
    if ids.len() > MOST {
        return Err(GraphError::new(100, format!("(#100) Too many IDs. Maximum: {MOST}. Provided: {}.", ids.len())));
    }
    let mut out = Map::new();
    for id in ids {
        let value = match path {
            [] => {
                let node = resolve(view, &id, "get", &[])?;
                read(view, node, params)?
            }
            [edge] => {
                let node = resolve(view, &id, "get", &[edge])?;
                view.edge(node, edge, params)?
            }
            _ => return Err(GraphError::unknown_path(&format!("/{}", path.join("/")))),
        };
        out.insert(id, value);
    }
    Ok(Value::Object(out))
}
