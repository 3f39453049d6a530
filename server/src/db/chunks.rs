//! Statements about many rows at once, in few sizes, so that each is prepared once.

use std::sync::{Arc, OnceLock};

/// The most rows of one statement.
pub(super) const MOST: usize = 256;

/// One more than the number of times that [`MOST`] can be halved.
const SIZES: usize = 9;

/// A statement around a list of rows of placeholders: `($1, $2), ($3, $4), …`.
pub(super) struct ManyRows {
    before: &'static str,
    columns: usize,
    after: &'static str,
    texts: [OnceLock<Arc<str>>; SIZES],
}

impl ManyRows {
    /// The statement that has rows of `columns` placeholders between `before` and `after`.
    pub(super) const fn new(before: &'static str, columns: usize, after: &'static str) -> Self {
        Self { before, columns, after, texts: [const { OnceLock::new() }; SIZES] }
    }

    /// Its text for `rows` rows. Only for a number of rows that [`in_chunks`] or [`padded`] gave.
    pub(super) fn text(&self, rows: usize) -> sqlx::AssertSqlSafe<Arc<str>> {
        let size = rows.checked_ilog2().and_then(|size| self.texts.get(size as usize));
        let text = match size {
            Some(text) if rows.is_power_of_two() => text.get_or_init(|| self.write(rows)).clone(),
            _ => self.write(rows),
        };
        sqlx::AssertSqlSafe(text)
    }

    fn write(&self, rows: usize) -> Arc<str> {
        let row = |row: usize| {
            let marks: Vec<String> =
                (1..=self.columns).map(|column| format!("${}", row * self.columns + column)).collect();
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
            on_tx!($tx, connection => {
                let mut query = sqlx::query($sql.text(chunk.len()));
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
    fn the_text_numbers_its_placeholders() {
        let insert = ManyRows::new("INSERT INTO t VALUES ", 2, " RETURNING a");
        assert_eq!(&*insert.text(2).0, "INSERT INTO t VALUES ($1,$2),($3,$4) RETURNING a");
        assert_eq!(&*insert.text(1).0, "INSERT INTO t VALUES ($1,$2) RETURNING a");
    }
}
