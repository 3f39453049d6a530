//! Statements about many rows at once, in few sizes, so that each is prepared once.

use std::sync::{Arc, OnceLock};

use super::{Db, transaction::Tx};

/// The most rows of one statement.
pub(super) const MOST: usize = 256;

/// One more than the number of times that [`MOST`] can be halved.
const SIZES: usize = 9;

/// A statement's text for each number of rows, made when it is first needed.
type Texts = [OnceLock<Arc<str>>; SIZES];

#[allow(clippy::declare_interior_mutable_const, reason = "what each statement begins with; never read itself")]
const NO_TEXTS: Texts = [const { OnceLock::new() }; SIZES];

/// How a statement marks the place of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marks {
    /// `?`, for SQLite. To it a number is a name, and for each value bound it looks through the list of all names: with
    /// thousands of values in a statement that takes longer than the statement.
    Plain,
    /// `$1`, for PostgreSQL.
    Numbered,
}

impl Marks {
    /// Those of the database.
    pub(super) fn of_db(db: &Db) -> Self {
        match db {
            Db::Sqlite { .. } => Self::Plain,
            Db::Postgres(_) => Self::Numbered,
        }
    }

    /// Those of the transaction's database.
    pub(super) fn of(tx: &Tx) -> Self {
        match tx {
            Tx::Sqlite(_) => Self::Plain,
            Tx::Postgres(_) => Self::Numbered,
        }
    }
}

/// A statement around a list of rows of placeholders: `($1, $2), ($3, $4), …`.
pub(super) struct ManyRows {
    before: &'static str,
    columns: usize,
    after: &'static str,
    plain: Texts,
    numbered: Texts,
}

impl ManyRows {
    /// The statement that has rows of `columns` placeholders between `before` and `after`.
    pub(super) const fn new(before: &'static str, columns: usize, after: &'static str) -> Self {
        Self { before, columns, after, plain: NO_TEXTS, numbered: NO_TEXTS }
    }

    /// Its text for `rows` rows. Only for a number of rows that [`in_chunks`] or [`padded`] gave.
    pub(super) fn text(&self, marks: Marks, rows: usize) -> sqlx::AssertSqlSafe<Arc<str>> {
        let texts = match marks {
            Marks::Plain => &self.plain,
            Marks::Numbered => &self.numbered,
        };
        let text = match rows.checked_ilog2().and_then(|size| texts.get(size as usize)) {
            Some(text) if rows.is_power_of_two() => text.get_or_init(|| self.write(marks, rows)).clone(),
            _ => self.write(marks, rows),
        };
        sqlx::AssertSqlSafe(text)
    }

    fn write(&self, marks: Marks, rows: usize) -> Arc<str> {
        let mark = |place: usize| match marks {
            Marks::Plain => "?".to_owned(),
            Marks::Numbered => format!("${place}"),
        };
        let row = |row: usize| {
            let marks: Vec<String> = (1..=self.columns).map(|column| mark(row * self.columns + column)).collect();
            format!("({})", marks.join(","))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("{}{}{}", self.before, rows.join(","), self.after).into()
    }
}

/// The rows in groups whose sizes are powers of two, the largest first.
pub(super) fn in_chunks<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = 1 << rows.len().checked_ilog2()?;
        let (chunk, rest) = rows.split_at(size.min(MOST));
        rows = rest;
        Some(chunk)
    })
}

/// `write_rows!(tx, SQL, rows, row => row.a, row.b)` runs a [`ManyRows`] for all rows, in as few statements as it takes, with
/// these values of each row. A failure leaves the function that it stands in.
macro_rules! write_rows {
    ($tx:expr, $sql:expr, $rows:expr, $row:pat => $($value:expr),+ $(,)?) => {
        for chunk in $crate::db::chunks::in_chunks($rows) {
            let text = $sql.text($crate::db::chunks::Marks::of($tx), chunk.len());
            on_tx!($tx, connection => {
                let mut query = sqlx::query(text);
                for $row in chunk {
                    query = query$(.bind($value))+;
                }
                query.execute(connection).await.map(drop)
            })?;
        }
    };
}

/// The keys in groups whose sizes are powers of two: what is missing in the last group is its last key once more, which
/// does a question no harm.
pub(super) fn padded<T: Copy>(keys: &[T]) -> impl Iterator<Item = Vec<T>> {
    keys.chunks(MOST).map(|chunk| {
        let mut chunk = chunk.to_vec();
        if let Some(last) = chunk.last().copied() {
            chunk.resize(chunk.len().next_power_of_two(), last);
        }
        chunk
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_chunk_and_in_its_place() {
        for count in [0_usize, 1, 2, 3, 255, 256, 257, 700] {
            let rows: Vec<usize> = (0..count).collect();
            let chunks: Vec<&[usize]> = in_chunks(&rows).collect();
            assert!(chunks.iter().all(|chunk| chunk.len().is_power_of_two() && chunk.len() <= MOST), "{count}");
            assert_eq!(chunks.concat(), rows);
            let padded: Vec<Vec<usize>> = padded(&rows).collect();
            assert!(padded.iter().all(|chunk| chunk.len().is_power_of_two() && chunk.len() <= MOST), "{count}");
            let mut all = padded.concat();
            all.dedup();
            assert_eq!(all, rows);
        }
    }

    #[test]
    fn the_text_has_the_placeholders_of_its_database() {
        let insert = ManyRows::new("INSERT INTO t VALUES ", 2, " RETURNING a");
        assert_eq!(&*insert.text(Marks::Numbered, 2).0, "INSERT INTO t VALUES ($1,$2),($3,$4) RETURNING a");
        assert_eq!(&*insert.text(Marks::Numbered, 1).0, "INSERT INTO t VALUES ($1,$2) RETURNING a");
        assert_eq!(&*insert.text(Marks::Plain, 2).0, "INSERT INTO t VALUES (?,?),(?,?) RETURNING a");
    }
}
