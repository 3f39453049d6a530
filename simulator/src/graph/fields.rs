//! Field expansion: `id,name,owned_pages.limit(50){id,instagram_business_account{username}}` to any sensible depth.

use super::errors::GraphError;

/// Deepest nesting accepted.
const DEEPEST: usize = 8;

/// One requested field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldSpec {
    /// Field or edge name.
    pub(crate) name: String,
    /// `.limit(50)` and the like, in order.
    pub(crate) modifiers: Vec<(String, String)>,
    /// What stands between the braces.
    pub(crate) fields: Vec<FieldSpec>,
    /// The same as text, for `paging.next`.
    pub(crate) fields_text: String,
}

impl FieldSpec {
    /// Just a name.
    pub(crate) fn plain(name: &str) -> Self {
        Self { name: name.to_owned(), modifiers: Vec::new(), fields: Vec::new(), fields_text: String::new() }
    }

    /// The argument of a modifier.
    pub(crate) fn modifier(&self, name: &str) -> Option<&str> {
        self.modifiers.iter().find(|(modifier, _)| modifier == name).map(|(_, argument)| argument.as_str())
    }

    /// The key in the answer: `.as(alias)` or the name.
    pub(crate) fn key(&self) -> &str {
        self.modifier("as").unwrap_or(&self.name)
    }
}

/// Plain fields.
pub(crate) fn plain(names: &[&str]) -> Vec<FieldSpec> {
    names.iter().map(|name| FieldSpec::plain(name)).collect()
}

/// Parse the `fields` parameter.
pub(crate) fn parse(text: &str) -> Result<Vec<FieldSpec>, GraphError> {
    let mut parser = Parser { text, at: 0 };
    let fields = parser.list(0)?;
    if parser.at < text.len() {
        return Err(parser.unexpected());
    }
    Ok(fields)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.spaces();
        if self.peek() == Some(wanted) {
            self.at += wanted.len_utf8();
            return true;
        }
        false
    }

    fn spaces(&mut self) {
        while let Some(space) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += space.len_utf8();
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<FieldSpec>, GraphError> {
        if depth > DEEPEST {
            return Err(GraphError::new(2500, "Syntax error \"Field expansion is nested too deeply.\""));
        }
        let mut fields = Vec::new();
        loop {
            self.spaces();
            if let Some(field) = self.field(depth)? {
                fields.push(field);
            }
            if !self.eat(',') {
                return Ok(fields);
            }
        }
    }

    fn field(&mut self, depth: usize) -> Result<Option<FieldSpec>, GraphError> {
        let name = self.word();
        if name.is_empty() {
            return Ok(None);
        }
        let mut spec = FieldSpec::plain(&name);
        loop {
            if self.eat('.') {
                let modifier = self.word();
                if !self.eat('(') {
                    return Err(self.unexpected());
                }
                let argument = self.until_closing_parenthesis()?;
                spec.modifiers.push((modifier, argument));
            } else if self.eat('{') {
                let start = self.at;
                spec.fields = self.list(depth + 1)?;
                self.spaces();
                spec.fields_text = self.text[start..self.at].to_owned();
                if !self.eat('}') {
                    return Err(self.unexpected());
                }
            } else {
                return Ok(Some(spec));
            }
        }
    }

    fn word(&mut self) -> String {
        self.spaces();
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.text[start..self.at].to_owned()
    }

    fn until_closing_parenthesis(&mut self) -> Result<String, GraphError> {
        let start = self.at;
        let mut depth = 1_usize;
        while let Some(c) = self.peek() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            let end = self.at;
            self.at += c.len_utf8();
            if depth == 0 {
                return Ok(self.text[start..end].trim_matches(['"', '\'']).to_owned());
            }
        }
        Err(self.unexpected())
    }

    fn unexpected(&self) -> GraphError {
        let what = match self.peek() {
            Some(c) => format!("Unexpected '{c}'"),
            None => "Expected end of string instead of \"\"".to_owned(),
        };
        GraphError::new(2500, format!("Syntax error \"{what} at character {}: {}\"", self.at, self.text))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nesting_and_modifiers_are_kept() {
        let fields = parse("id,picture.type(large){url},owned_pages.limit(2).after(x=){id,business{name}}").unwrap();
        assert_eq!(fields.len(), 3);
        assert_eq!(fields[1].modifier("type"), Some("large"));
        assert_eq!(fields[2].modifier("after"), Some("x="));
        assert_eq!(fields[2].fields[1].fields[0].name, "name");
        assert_eq!(fields[2].fields_text, "id,business{name}");
    }

    #[test]
    fn modifiers_may_follow_the_braces() {
        let fields = parse("owned_pages{id}.limit(2)").unwrap();
        assert_eq!(fields[0].modifier("limit"), Some("2"));
    }

    #[test]
    fn an_open_brace_is_a_syntax_error() {
        assert_eq!(parse("id,business{name").unwrap_err().code, 2500);
        assert_eq!(parse("id}").unwrap_err().code, 2500);
    }

    #[test]
    fn any_text_is_parsed_or_refused_without_a_panic() {
        assert_eq!(parse("id,\u{a0}name").unwrap().len(), 2);
        for text in ["é", "id.limit(é", "id{é}", "{", "}", ".", "id.", "id.é(1)", "a.b(()", ",,,", "🥐{id}"] {
            let _ = parse(text);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "a{".repeat(200);
        assert_eq!(parse(&deep).unwrap_err().code, 2500);
    }
}
