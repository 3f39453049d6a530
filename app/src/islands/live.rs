//! A page that keeps itself true: it hears what changes and redraws its parts.

use super::dom;
use super::pace::Pace;
use super::redraw::Drawn;
use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream;
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::EventSource;
use js_sys::Date;
use leptos::prelude::*;
use std::pin::pin;
use web_sys::{Element, MessageEvent};

/// The first and the longest pause before a stream that was refused is opened again, in milliseconds.
const PAUSE: (i32, i32) = (10_000, 300_000);
/// How often it is looked whether the stream is still there, in milliseconds: the browser does not tell.
const LOOK: f64 = 5_000.0;
/// How long a page may be without its stream before it says so, in milliseconds.
const PATIENCE: f64 = 30_000.0;

/// Listens to `/events` while the page is seen, and redraws the page's `[data-live]` parts. Draws nothing itself but the
/// region that says aloud what changed, and a line once it hears nothing any more.
#[island]
pub fn LivePage(
    /// What the page shows, as the stream names it: `asset`, `delivery`, `conversation`, `endpoint`; or `installation`, which has a
    /// stream of its own.
    of: String,
    /// The place in the stream that the page was drawn at.
    after: String,
    /// This page's address, where it has to be another than the one it was asked by. May be empty.
    #[prop(into)]
    address: String,
    /// After so many milliseconds the page has something new to say by itself; 0 for never.
    once_in: i32,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(root) = place.get() else { return };
        if !address.is_empty() {
            dom::replace_address(&address);
        }
        let page = Page {
            root: root.into(),
            of: of.clone(),
            drawn: after.clone(),
            heard: after.clone(),
            pace: Pace::default(),
            alarm: (once_in > 0).then(|| Date::now() + f64::from(once_in)),
            pause: PAUSE.0,
            lost: None,
        };
        leptos::task::spawn_local(page.follow());
    });
    view! {
        <div class="contents" node_ref=place>
            <div class="sr-only" role="status"></div>
            <p class="card sub fixed inset-x-4 bottom-4 z-10 mx-auto w-fit px-4 py-2 shadow-float" hidden>
                "This page may be out of date. "<a class="link" href="">"Reload"</a>
            </p>
        </div>
    }
}

/// A page that follows its stream.
struct Page {
    /// Where it says what changed, and that it hears nothing any more.
    root: Element,
    /// What it shows.
    of: String,
    /// Up to where in the stream it is drawn.
    drawn: String,
    /// Up to where it has heard.
    heard: String,
    pace: Pace,
    /// When it has something new to say by itself, in Unix milliseconds.
    alarm: Option<f64>,
    /// The next pause after the stream was refused.
    pause: i32,
    /// Since when it has no stream, in Unix milliseconds.
    lost: Option<f64>,
}

/// How a stream ended.
enum End {
    /// The page went out of sight.
    Hidden,
    /// It was refused, or could not be opened.
    Refused,
    /// Nothing is to be heard here any more.
    Over,
}

/// What happened first.
enum First {
    /// The server said something, with its name.
    Said(String, MessageEvent),
    /// The page went out of sight, or came back.
    Turned,
    /// Nothing, but it is time to look.
    Look,
}

impl Page {
    async fn follow(mut self) {
        // A page that the person left for another one within the site ends with its scripts.
        loop {
            while dom::is_hidden() {
                dom::seen_or_hidden().await;
            }
            match self.listen().await {
                End::Hidden => self.lost = None,
                End::Refused => {
                    self.look(false);
                    dom::sleep(self.pause).await;
                    self.pause = (self.pause * 2).min(PAUSE.1);
                    // A refused stream does not say why; the page does.
                    self.pace.ask();
                    self.pace.turn().await;
                    if !self.draw().await {
                        break;
                    }
                }
                End::Over => break,
            }
        }
        self.warn(true);
    }

    /// Follows one stream to its end.
    async fn listen(&mut self) -> End {
        let of = if self.of == "installation" { "of=installation&" } else { "" };
        let address = format!("/events?{of}after={}", self.drawn);
        let Ok(mut source) = EventSource::new(&address) else { return End::Refused };
        let (Ok(changed), Ok(ended)) = (source.subscribe("changed"), source.subscribe("ended")) else {
            return End::Refused;
        };
        let mut told = stream::select(changed, ended);
        let mut turned = pin!(dom::seen_or_hidden());
        loop {
            let first = match select(told.next(), select(turned.as_mut(), pin!(self.wait()))).await {
                Either::Left((Some(Ok((name, message))), _)) => First::Said(name, message),
                Either::Right((Either::Left(_), _)) => First::Turned,
                Either::Left(_) | Either::Right(_) => First::Look,
            };
            match first {
                First::Said(name, message) if name == "ended" => {
                    source.close();
                    if message.data().as_string().as_deref() == Some("signed_out") {
                        return End::Over;
                    }
                    // Opened in too many windows: not again before the person comes back to this one.
                    dom::seen_or_hidden().await;
                    return End::Hidden;
                }
                First::Said(_, message) => self.hear(&message),
                First::Turned if dom::is_hidden() => return End::Hidden,
                First::Turned => turned.set(dom::seen_or_hidden()),
                First::Look => {}
            }
            // The browser opens a broken stream again by itself, unless it was refused.
            match source.state() {
                State::Closed => return End::Refused,
                state => self.look(state == State::Open),
            }
            if self.alarm.is_some_and(|at| Date::now() >= at) {
                self.alarm = None;
                self.pace.ask();
            }
            if self.pace.is_due() && !self.draw().await {
                return End::Over;
            }
        }
    }

    /// Waits until it is time to draw, or to look.
    async fn wait(&self) {
        let look = self.alarm.map_or(LOOK, |at| (at - Date::now()).clamp(0.0, LOOK));
        select(pin!(self.pace.turn()), pin!(dom::sleep(look as i32))).await;
    }

    /// Takes in that something changed. What is not shown here is drawn already.
    fn hear(&mut self, message: &MessageEvent) {
        self.heard = message.last_event_id();
        let what = message.data().as_string().unwrap_or_default();
        if self.of.split(' ').any(|kind| what.contains(kind)) {
            self.pace.ask();
        } else if !self.pace.is_asked() {
            self.drawn.clone_from(&self.heard);
        }
    }

    /// Draws the page again and says what changed; false when there is nothing to draw here any more.
    async fn draw(&mut self) -> bool {
        let Some(page) = dom::document().and_then(|document| document.document_element()) else { return false };
        match self.pace.draw(&page).await {
            Drawn::Done(news) => {
                self.drawn.clone_from(&self.heard);
                if !news.is_empty() {
                    self.say(&news.join(". "));
                }
                true
            }
            Drawn::Failed => true,
            Drawn::Over => false,
        }
    }

    /// Notes whether the stream is there, and says when it has not been for long.
    fn look(&mut self, is_open: bool) {
        let now = Date::now();
        if is_open {
            (self.lost, self.pause) = (None, PAUSE.0);
        } else {
            self.lost = self.lost.or(Some(now));
        }
        self.warn(self.lost.is_some_and(|since| now - since >= PATIENCE));
    }

    /// Shows the line that the page may be out of date, or takes it away.
    fn warn(&self, is_stale: bool) {
        let Some(line) = dom::first(&self.root, "p") else { return };
        if is_stale && line.has_attribute("hidden") {
            self.say("This page may be out of date.");
        }
        dom::show(&line, is_stale);
    }

    fn say(&self, words: &str) {
        if let Some(region) = dom::first(&self.root, "[role=status]") {
            region.set_text_content(Some(words));
        }
    }
}
