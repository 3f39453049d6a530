//! Lists that come in pages.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::{
    call::GraphCall,
    error::{Garble, MetaError, MetaErrorKind},
    graph::{GraphClient, decode, wrong_type},
    token::AccessToken,
};

/// The most rows that Meta gives per page (Meta reference §5.1).
pub const PAGE_SIZE: usize = 100;
/// The most pages that are read of one list: 50 000 rows.
const MAX_PAGES: usize = 500;
/// An empty page may have a next one (Meta reference §5.1); so many in a row are no list any more.
const MAX_EMPTY_PAGES: usize = 10;

/// One page of a list (Meta reference §0.2). Rows are decoded one by one, so that one odd row does not lose the others.
#[derive(Debug, Clone, Deserialize)]
pub struct ListPage {
    // Without a default: an answer of another shape must not pass for an empty list.
    data: Vec<Value>,
    #[serde(default)]
    paging: Option<Paging>,
}

#[derive(Debug, Clone, Deserialize)]
struct Paging {
    #[serde(default)]
    cursors: Option<Cursors>,
    #[serde(default)]
    next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Cursors {
    #[serde(default)]
    after: Option<String>,
}

impl ListPage {
    /// Whether there is a following page.
    pub fn goes_on(&self) -> bool {
        self.paging.as_ref().is_some_and(|paging| paging.next.is_some())
    }

    /// The cursor of the following page; `None` on the last page, which is the one without `next`. Only the cursor is
    /// taken from Meta's `next`, never its address: the following call goes where this client is set to go.
    fn next_cursor(&self) -> Result<Option<String>, MetaError> {
        let Some(next) = self.paging.as_ref().and_then(|paging| paging.next.as_deref()) else { return Ok(None) };
        let named = Url::parse(next)
            .ok()
            .and_then(|url| url.query_pairs().find(|(name, _)| name == "after").map(|(_, cursor)| cursor.into_owned()));
        let cursors = self.paging.as_ref().and_then(|paging| paging.cursors.as_ref());
        match named.or_else(|| cursors?.after.clone()).filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => Ok(Some(cursor)),
            None => Err(wrong_type("paging.next, which has no cursor")),
        }
    }
}

/// What a list came to: all rows that could be read, and what stopped or marred the reading.
#[derive(Debug)]
pub struct Collected<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Why the rows may not be all.
    pub error: Option<MetaError>,
}

impl<T> Collected<T> {
    /// All rows, or the error.
    ///
    /// # Errors
    /// When the list is not complete.
    pub fn complete(self) -> Result<Vec<T>, MetaError> {
        match self.error {
            None => Ok(self.rows),
            Some(error) => Err(error),
        }
    }
}

/// A list that is being read: an edge, its fields and the token.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    /// The edge's name in logs.
    pub edge: &'static str,
    /// Its path.
    pub path: String,
    /// The fields of each row; empty for Meta's default.
    pub fields: String,
    /// Rows per page; at most [`PAGE_SIZE`].
    pub page_size: usize,
    /// Whose list.
    pub token: &'a AccessToken,
}

impl<'a> Listing<'a> {
    /// A list read in the largest pages.
    pub fn new(edge: &'static str, path: impl Into<String>, fields: impl Into<String>, token: &'a AccessToken) -> Self {
        Self { edge, path: path.into(), fields: fields.into(), page_size: PAGE_SIZE, token }
    }
}

/// Where reading a list has come to.
struct Reader<T> {
    rows: Vec<T>,
    error: Option<MetaError>,
    cursors: HashSet<String>,
    /// Fingerprints of rows: a page without a new one, and with a next, is a list that goes in circles.
    seen: HashSet<u64>,
    pages: usize,
    empty_in_a_row: usize,
}

impl<T: DeserializeOwned> Reader<T> {
    fn new() -> Self {
        Self {
            rows: Vec::new(),
            error: None,
            cursors: HashSet::new(),
            seen: HashSet::new(),
            pages: 0,
            empty_in_a_row: 0,
        }
    }

    /// Takes a page in; answers the cursor of the next one.
    fn take(&mut self, page: ListPage) -> Option<String> {
        self.pages += 1;
        self.empty_in_a_row = if page.data.is_empty() { self.empty_in_a_row + 1 } else { 0 };
        let next = match page.next_cursor() {
            Ok(next) => next,
            Err(error) => {
                self.error.get_or_insert(error);
                None
            }
        };
        let mut news = page.data.is_empty();
        for row in page.data {
            // A row that came before, to the letter, adds nothing.
            if !self.seen.insert(fingerprint(&row)) {
                continue;
            }
            news = true;
            match decode(row) {
                Ok(row) => self.rows.push(row),
                Err(error) => {
                    self.error.get_or_insert(error);
                }
            }
        }
        if next.is_some() && !news {
            return self.never_ends();
        }
        let next = next?;
        if self.pages >= MAX_PAGES || self.empty_in_a_row >= MAX_EMPTY_PAGES || !self.cursors.insert(next.clone()) {
            return self.never_ends();
        }
        Some(next)
    }

    fn never_ends(&mut self) -> Option<String> {
        let kind = MetaErrorKind::Unintelligible(Garble::Endless);
        self.error = Some(MetaError::own(
            kind,
            format!("a list of results that never ends, given up after page {}", self.pages),
        ));
        None
    }

    fn finish(self) -> Collected<T> {
        Collected { rows: self.rows, error: self.error }
    }
}

fn fingerprint(row: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.to_string().hash(&mut hasher);
    hasher.finish()
}

impl GraphClient {
    /// Reads a list to its end, page after page. `on_page` hears how many rows there are so far.
    pub async fn list<T: DeserializeOwned>(&self, listing: &Listing<'_>, on_page: impl Fn(&[T])) -> Collected<T> {
        self.read_on(listing, Reader::new(), String::new(), on_page).await
    }

    /// Goes on with a list whose first page came inside another answer.
    pub async fn list_from<T: DeserializeOwned>(
        &self,
        first: ListPage,
        listing: &Listing<'_>,
        on_page: impl Fn(&[T]),
    ) -> Collected<T> {
        let mut reader = Reader::new();
        let next = reader.take(first);
        on_page(&reader.rows);
        match next {
            Some(cursor) => self.read_on(listing, reader, cursor, on_page).await,
            None => reader.finish(),
        }
    }

    async fn read_on<T: DeserializeOwned>(
        &self,
        listing: &Listing<'_>,
        mut reader: Reader<T>,
        mut cursor: String,
        on_page: impl Fn(&[T]),
    ) -> Collected<T> {
        loop {
            let mut call = GraphCall::get(listing.edge, listing.path.clone(), listing.token)
                .with("limit", listing.page_size.to_string());
            if !listing.fields.is_empty() {
                call = call.with("fields", listing.fields.clone());
            }
            if !cursor.is_empty() {
                call = call.with("after", cursor);
            }
            let before = reader.rows.len();
            match self.call::<ListPage>(call).await {
                Ok(page) => match reader.take(page) {
                    Some(next) => cursor = next,
                    None => {
                        on_page(reader.rows.get(before..).unwrap_or_default());
                        return reader.finish();
                    }
                },
                Err(error) => {
                    // What stopped the reading matters more than an odd row on the way.
                    reader.error = Some(error);
                    return reader.finish();
                }
            }
            on_page(reader.rows.get(before..).unwrap_or_default());
        }
    }
}

#[cfg(test)]
#[path = "paging_tests.rs"]
mod tests;
