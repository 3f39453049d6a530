//! Pictures of Pages and people: a letter on a colour, the same every time.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// `GET /_sim/picture/{id}.svg`.
pub(crate) async fn picture(Path(name): Path<String>) -> Response {
    let id = name.trim_end_matches(".svg");
    let sum: u32 = id.bytes().fold(17, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let (hue, shape) = (sum % 360, 30 + sum / 360 % 40);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\" width=\"200\" height=\"200\">\
         <rect width=\"100\" height=\"100\" fill=\"hsl({hue} 45% 62%)\"/>\
         <circle cx=\"{shape}\" cy=\"58\" r=\"34\" fill=\"hsl({hue} 45% 40%)\"/></svg>"
    );
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "max-age=3600")], svg).into_response()
}
