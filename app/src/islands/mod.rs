//! The few things HTML cannot do. Each wraps what the server has drawn already and adds behaviour to it; without
//! them every page still works.

pub mod connect;
pub mod copy;
pub mod dom;
pub mod meta_sdk;
pub mod picker;
pub mod progress;
pub mod theme;

/// Tells the server, for the next page, in which time zone the person is.
pub fn wake() {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let zone = js_sys::Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string());
    if let Some(zone) = zone {
        dom::set_cookie("tz", &zone);
    }
}
