//! Meta's JavaScript SDK: loading it, `FB.init`, `FB.login` (Meta reference §2.1 to §2.4).

use super::dom;
use crate::dto::connect::PopupStart;
use js_sys::{Function, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The SDK's one object.
    #[wasm_bindgen(js_name = FB)]
    pub type Fb;

    #[wasm_bindgen(method, catch)]
    fn init(this: &Fb, settings: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn login(this: &Fb, answer: &Function, options: &Object) -> Result<(), JsValue>;
}

/// Why the popup cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The script did not load: blocked, or too slow.
    Blocked,
    /// The SDK refused to begin.
    Refused,
}

/// The SDK, when it is on the page already. `fbAsyncInit` is called only once, so this is looked at first.
pub fn present() -> Option<Fb> {
    let window = web_sys::window()?;
    let fb = Reflect::get(&window, &"FB".into()).ok()?;
    (!fb.is_undefined() && !fb.is_null()).then(|| fb.unchecked_into())
}

/// Loads Meta's script and waits until it is ready, at most `patience` milliseconds.
pub async fn load(url: &str, patience: i32) -> Result<Fb, Unusable> {
    if let Some(fb) = present() {
        return Ok(fb);
    }
    let (Some(window), Some(document)) = (web_sys::window(), dom::document()) else { return Err(Unusable::Blocked) };
    let ready = js_sys::Promise::new(&mut |resolve, reject| {
        // Both must be in place before the script runs.
        let _ = Reflect::set(&window, &"fbAsyncInit".into(), &resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, patience);
        let script = document.create_element("script").ok();
        if let (Some(script), Some(head)) = (script, document.head()) {
            let _ = script.set_attribute("src", url);
            let _ = script.set_attribute("async", "");
            let _ = script.set_attribute("crossorigin", "anonymous");
            let _ = Reflect::set(&script, &"onerror".into(), &reject);
            let _ = head.append_child(&script);
        } else {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    wasm_bindgen_futures::JsFuture::from(ready).await.map_err(|_| Unusable::Blocked)?;
    present().ok_or(Unusable::Blocked)
}

/// `FB.init` with the App ID; the configuration id does not belong here.
pub fn init(fb: &Fb, start: &PopupStart) -> Result<(), Unusable> {
    let settings = object(&[
        ("appId", JsValue::from_str(&start.app_id)),
        ("version", JsValue::from_str(&start.graph_version)),
        ("cookie", JsValue::FALSE),
        ("xfbml", JsValue::FALSE),
    ]);
    fb.init(&settings).map_err(|_| Unusable::Refused)
}

/// The popup's window, as far as the page can see it.
#[derive(Clone)]
pub struct Popup(Rc<RefCell<Option<JsValue>>>);

/// What can be seen of a popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Nothing: the SDK did not open it where it could be watched.
    Nothing,
    /// It is open, and nothing has loaded in it yet.
    Empty,
    /// It is open, and a page of Meta's is in it.
    AtMeta,
    /// It is closed, or cut off.
    Gone,
}

impl Popup {
    /// What can be seen of it now.
    pub fn sight(&self) -> Sight {
        let seen = self.0.borrow();
        let Some(handle) = seen.as_ref() else { return Sight::Nothing };
        if handle.is_null() || Reflect::get(handle, &"closed".into()).map_or(true, |closed| closed.is_truthy()) {
            return Sight::Gone;
        }
        // The address of a new window can be read, that of another site's page cannot.
        let address = Reflect::get(handle, &"location".into()).and_then(|place| Reflect::get(&place, &"href".into()));
        if address.is_ok() { Sight::Empty } else { Sight::AtMeta }
    }

    /// Whether the browser refused to open it.
    pub fn was_refused(&self) -> bool {
        matches!(&*self.0.borrow(), Some(handle) if handle.is_null())
    }

    /// Brings it to the front, as far as the browser allows.
    pub fn focus(&self) {
        if let Some(window) = self.0.borrow().as_ref().filter(|handle| !handle.is_null()) {
            let _ = window.unchecked_ref::<web_sys::Window>().focus();
        }
    }
}

/// `FB.login`. Must be called while the browser still knows about the person's click.
///
/// `answer` is called with the code, or with nothing when the person cancelled or the window was cut off; and with the
/// window. `status` says nothing in the code flow and is not looked at.
pub fn login(
    fb: &Fb,
    start: &PopupStart,
    answer: impl FnOnce(Option<String>, &Popup) + 'static,
) -> Result<Popup, Unusable> {
    login_with(fb, start, None, answer)
}

/// The same with `extras` as JSON, for Embedded Signup (Meta reference §2.5).
pub fn login_with(
    fb: &Fb,
    start: &PopupStart,
    extras: Option<&str>,
    answer: impl FnOnce(Option<String>, &Popup) + 'static,
) -> Result<Popup, Unusable> {
    let mut options = vec![
        ("response_type", "code".into()),
        ("override_default_response_type", JsValue::TRUE),
        // Asks again for what was declined; for a first grant it changes nothing.
        ("auth_type", "rerequest".into()),
    ];
    match &start.config_id {
        Some(id) => options.push(("config_id", JsValue::from_str(id))),
        None => options.push(("scope", JsValue::from_str(&start.scopes))),
    }
    options.extend(extras.and_then(|json| js_sys::JSON::parse(json).ok()).map(|extras| ("extras", extras)));
    let popup = watch_window_open();
    let window = popup.0.clone();
    let answer = Closure::once_into_js(move |response: JsValue| {
        let code = Reflect::get(&response, &"authResponse".into())
            .and_then(|granted| Reflect::get(&granted, &"code".into()))
            .ok()
            .and_then(|code| code.as_string());
        answer(code, &window);
    });
    let begun = fb.login(answer.unchecked_ref(), &object(&options));
    popup.1();
    begun.map_err(|_| Unusable::Refused).map(|()| popup.0)
}

/// Looks over the shoulder of `window.open` while the SDK opens its popup, to learn later whether it is still there.
fn watch_window_open() -> (Popup, impl FnOnce()) {
    let seen = Rc::new(RefCell::new(None));
    let window = web_sys::window();
    let original = window.as_ref().and_then(|w| Reflect::get(w, &"open".into()).ok()?.dyn_into::<Function>().ok());
    let watcher = original.clone().map(|open| {
        let seen = Rc::clone(&seen);
        Closure::<dyn FnMut(JsValue, JsValue, JsValue) -> JsValue>::new(move |url, name, features| {
            let window = web_sys::window().map_or(JsValue::NULL, Into::into);
            let handle = open.call3(&window, &url, &name, &features).unwrap_or(JsValue::NULL);
            *seen.borrow_mut() = Some(handle.clone());
            handle
        })
    });
    if let (Some(window), Some(watcher)) = (&window, &watcher) {
        let _ = Reflect::set(window, &"open".into(), watcher.as_ref());
    }
    let restore = move || {
        if let (Some(window), Some(original)) = (window, original) {
            let _ = Reflect::set(&window, &"open".into(), &original);
        }
        drop(watcher);
    };
    (Popup(seen), restore)
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object
}
