//! Sending messages and storing media (Meta reference §8).

mod instagram;
mod later;
mod media;
mod messenger;
mod page;
mod typed;
mod whatsapp;

use serde_json::Value;

use super::dispatch::{Call, Method, Step};
use super::errors::GraphError;
use super::render::View;
use crate::world::Node;

pub(crate) use media::Upload;

/// `POST /{page|instagram|phone}/messages` and `POST /{phone}/media`; `None` when the path is neither.
pub(crate) fn post(view: &mut View<'_>, node: Node, edge: &str, call: &Call) -> Option<Result<Step, GraphError>> {
    match (node, edge) {
        (Node::Phone(i), "messages") => Some(whatsapp::send(view, i, &call.params)),
        (Node::Page(i), "messages") => Some(page::from_page(view, i, call).map(Step::Done)),
        (Node::Instagram(i), "messages") => Some(page::from_instagram(view, i, call).map(Step::Done)),
        (Node::Phone(i), "media") => Some(media::upload(view, i, call).map(Step::Done)),
        _ => None,
    }
}

/// `GET` and `DELETE /{media-id}`; `None` when it is no stored file.
pub(crate) fn file(view: &mut View<'_>, method: Method, id: &str) -> Option<Result<Value, GraphError>> {
    view.state.files.get(id)?;
    match method {
        Method::Get => Some(media::read(view, id)),
        Method::Delete => Some(media::delete(view, id)),
        Method::Post => None,
    }
}
