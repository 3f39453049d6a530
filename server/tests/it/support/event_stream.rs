//! A stream of server-sent events, read as it comes.

use std::{cell::RefCell, rc::Rc};

/// An open stream. Closed when dropped.
pub(crate) struct EventStream {
    response: reqwest::Response,
    read: String,
    /// What was answered to any browser of the test.
    heard: Rc<RefCell<Vec<String>>>,
}

/// One event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: String,
    pub(crate) id: String,
}

impl EventStream {
    pub(super) async fn open(request: reqwest::RequestBuilder, heard: Rc<RefCell<Vec<String>>>) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut told = response.headers().clone();
        told.remove("set-cookie");
        heard.borrow_mut().push(format!("200 {told:?}"));
        Self { response, read: String::new(), heard }
    }

    /// The next event; `None` at the end. Comments are left out.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                self.heard.borrow_mut().push(block.to_owned());
                let mut event = Event::default();
                for line in block.lines() {
                    match line.split_once(": ") {
                        Some(("event", name)) => event.name = name.to_owned(),
                        Some(("data", data)) => event.data = data.to_owned(),
                        Some(("id", id)) => event.id = id.to_owned(),
                        _ => {}
                    }
                }
                self.read = rest.to_owned();
                if event != Event::default() {
                    return Some(event);
                }
            } else {
                let chunk = self.response.chunk().await.unwrap()?;
                self.read.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        }
    }

    /// Name and data of everything up to the end.
    pub(crate) async fn rest(&mut self) -> Vec<(String, String)> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push((event.name, event.data));
        }
        events
    }
}
