//! The form of mail, and words of people within it: never markup, never a header.

/// A text within HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A name that holds a line's end must not begin a header of its own.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A whole document: a heading with the business below it, then `rows` of a table, which are HTML.
pub(crate) fn document(title: &str, business: &str, rows: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body style=\"margin:0;padding:24px;background:#f7f6f3;color:#1d1c1a;font:15px/1.5 system-ui,sans-serif\">\
         <table role=\"presentation\" style=\"max-width:560px;margin:0 auto;background:#ffffff;border-radius:14px;padding:24px;\
         border-collapse:separate;width:100%\"><tr><td><h1 style=\"margin:0 0 4px;font-size:18px\">{title}</h1>\
         <p style=\"margin:0 0 16px;color:#55534e\">{business}</p></td></tr>{rows}</table></body></html>",
        title = escape(title),
        business = escape(business),
    )
}

/// A link that looks like a button.
pub(crate) fn button(link: &str, words: &str) -> String {
    format!(
        "<a href=\"{}\" style=\"display:inline-block;padding:9px 14px;border-radius:8px;background:#1d1c1a;color:#ffffff;\
         text-decoration:none\">{}</a>",
        escape(link),
        escape(words)
    )
}
