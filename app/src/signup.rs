//! What Meta's window says during Embedded Signup, and how it is joined with the code (Meta reference §2.6). No browser in
//! here: the island feeds it, and tests do.

use serde_json::{Value, json};

/// How long a code or a refusal waits for the window's message, in milliseconds. A code lives 30 seconds.
pub const MESSAGE_PATIENCE: i32 = 1_500;

/// The window's message about a signup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whether the person left, or Meta showed an error.
    pub cancelled: bool,
    /// What is passed on to the server: the event and its data.
    pub json: String,
}

/// Reads a message of Meta's window. Everything else that a page hears is nothing: other origins, other frames of
/// Facebook's, texts that are no JSON. An origin is one of `allowed`, whole, or none.
pub fn read(origin: &str, data: &str, allowed: &[String]) -> Option<Message> {
    if !allowed.iter().any(|known| known == origin) {
        return None;
    }
    let message: Value = serde_json::from_str(data).ok()?;
    if message.get("type")?.as_str()? != "WA_EMBEDDED_SIGNUP" {
        return None;
    }
    let event = message.get("event")?.as_str()?;
    let data = message.get("data").filter(|data| data.is_object()).cloned().unwrap_or(json!({}));
    Some(Message {
        cancelled: matches!(event, "CANCEL" | "ERROR"),
        json: json!({"event": event, "data": data}).to_string(),
    })
}

/// Something that was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// `FB.login` answered: with a code, or without one because the person closed the window.
    Answer(Option<String>),
    /// The window posted its message.
    Message(Message),
    /// The time that [`Next::Wait`] asked for is over.
    Waited,
    /// The window is gone, and nothing has come for a while.
    Gone,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Go on listening.
    Listen,
    /// Listen for [`MESSAGE_PATIENCE`], then say [`Heard::Waited`].
    Wait,
    /// Exchange the code; with the message, when one came.
    Exchange(String, Option<String>),
    /// The person said no.
    Cancelled(Option<String>),
    /// The window ended without an answer that helps: go on without a window.
    Unheard(Option<String>),
}

/// The code and the message, which come in either order, or one without the other.
#[derive(Debug, Default)]
pub struct Join {
    answer: Option<Option<String>>,
    message: Option<Message>,
    settled: bool,
}

impl Join {
    /// Whether it is known how the window ended.
    pub fn is_settled(&self) -> bool {
        self.settled
    }

    /// Takes in what was heard. After anything but [`Next::Listen`] and [`Next::Wait`], whatever comes is late.
    pub fn hear(&mut self, heard: Heard) -> Next {
        if self.settled {
            return Next::Listen;
        }
        let (mut gone, mut waited) = (false, false);
        match heard {
            Heard::Answer(answer) => self.answer = self.answer.take().or(Some(answer)),
            Heard::Message(message) => self.message = Some(message),
            Heard::Waited => waited = true,
            Heard::Gone => gone = true,
        }
        let next = self.next(gone, waited);
        self.settled = !matches!(next, Next::Listen | Next::Wait);
        next
    }

    fn next(&self, gone: bool, waited: bool) -> Next {
        let json = self.message.as_ref().map(|message| message.json.clone());
        match (&self.answer, &self.message) {
            (Some(_), None) if !gone && !waited => Next::Wait,
            (Some(Some(code)), _) => Next::Exchange(code.clone(), json),
            // No code although the window said that all is done: it lost this page on the way.
            (Some(None), Some(message)) if !message.cancelled => Next::Unheard(json),
            (Some(None), _) => Next::Cancelled(json),
            (None, _) if !gone => Next::Listen,
            (None, Some(message)) if message.cancelled => Next::Cancelled(json),
            (None, _) => Next::Unheard(json),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    const META: &str = "https://www.facebook.com";

    fn message(event: &str) -> Message {
        let text = format!(r#"{{"type":"WA_EMBEDDED_SIGNUP","event":"{event}","data":{{"waba_id":"1"}},"version":3}}"#);
        read(META, &text, &[META.into()]).unwrap()
    }

    fn code() -> Heard {
        Heard::Answer(Some("AQ".into()))
    }

    fn end(heard: &[Heard]) -> Vec<Next> {
        let mut join = Join::default();
        heard.iter().map(|one| join.hear(one.clone())).collect()
    }

    #[test]
    fn only_meta_s_own_window_is_heard() {
        let text = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{}}"#;
        let allowed = [META.to_owned(), "http://127.0.0.1:4000".to_owned()];
        assert!(read("http://127.0.0.1:4000", text, &allowed).is_some());
        for origin in [
            "https://evilfacebook.com",
            "https://www.facebook.com.evil.example",
            "http://www.facebook.com",
            "https://www.facebook.com:444",
            "https://WWW.facebook.com",
            "http://127.0.0.1:40001",
            "null",
            "",
        ] {
            assert_eq!(read(origin, text, &allowed), None, "{origin}");
        }
    }

    #[test]
    fn what_is_no_signup_is_nothing() {
        for text in
            ["", "cb=f1&x", "[1]", "{}", r#"{"type":"OTHER","event":"FINISH"}"#, r#"{"type":"WA_EMBEDDED_SIGNUP"}"#]
        {
            assert_eq!(read(META, text, &[META.into()]), None, "{text}");
        }
        let odd = read(META, r#"{"type":"WA_EMBEDDED_SIGNUP","event":"ERROR","data":7}"#, &[META.into()]).unwrap();
        assert_eq!((odd.cancelled, odd.json.as_str()), (true, r#"{"data":{},"event":"ERROR"}"#));
    }

    #[test]
    fn code_and_message_join_in_either_order() {
        let done = Next::Exchange("AQ".into(), Some(message("FINISH").json));
        assert_eq!(end(&[Heard::Message(message("FINISH")), code()]), [Next::Listen, done.clone()]);
        assert_eq!(end(&[code(), Heard::Message(message("FINISH"))]), [Next::Wait, done]);
    }

    #[test]
    fn a_code_does_not_wait_for_ever() {
        for over in [Heard::Waited, Heard::Gone] {
            let done = Next::Exchange("AQ".into(), None);
            // What comes after the end changes nothing.
            let late = Heard::Message(message("FINISH"));
            assert_eq!(end(&[code(), over, late, Heard::Gone]), [Next::Wait, done, Next::Listen, Next::Listen]);
        }
    }

    #[test]
    fn a_cancel_is_told_with_its_step_in_either_order() {
        let told = Next::Cancelled(Some(message("CANCEL").json));
        let no = || Heard::Answer(None);
        assert_eq!(end(&[Heard::Message(message("CANCEL")), no()]), [Next::Listen, told.clone()]);
        assert_eq!(end(&[no(), Heard::Message(message("CANCEL"))]), [Next::Wait, told.clone()]);
        assert_eq!(end(&[Heard::Message(message("CANCEL")), Heard::Gone]), [Next::Listen, told], "no answer at all");
        assert_eq!(end(&[no(), Heard::Waited]), [Next::Wait, Next::Cancelled(None)], "no message");
    }

    #[test]
    fn a_window_that_lost_the_page_is_not_a_cancel() {
        assert_eq!(end(&[Heard::Gone]), [Next::Unheard(None)]);
        let said = Next::Unheard(Some(message("FINISH").json));
        assert_eq!(end(&[Heard::Message(message("FINISH")), Heard::Gone]), [Next::Listen, said.clone()]);
        assert_eq!(end(&[Heard::Message(message("FINISH")), Heard::Answer(None)]), [Next::Listen, said]);
    }

    #[test]
    fn a_code_counts_more_than_a_cancel_and_a_later_message_more_than_an_earlier_one() {
        let cancel = message("CANCEL").json;
        let heard = [Heard::Message(message("CANCEL")), code()];
        assert_eq!(end(&heard), [Next::Listen, Next::Exchange("AQ".into(), Some(cancel))]);
        let heard = [Heard::Message(message("CANCEL")), Heard::Message(message("FINISH")), code()];
        assert_eq!(end(&heard)[2], Next::Exchange("AQ".into(), Some(message("FINISH").json)));
        assert_eq!(end(&[Heard::Waited]), [Next::Listen], "waiting for nothing ends nothing");
    }
}
