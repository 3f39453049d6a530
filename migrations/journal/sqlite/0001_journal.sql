-- The journal of webhooks, as on PostgreSQL, in a file of its own: accepting never waits for whoever writes the database.
--
-- Only INTEGER PRIMARY KEY is the table's own key to SQLite; under another name of the type it keeps a second tree, which
-- every commit would have to write too.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    meta_app_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    body BLOB NOT NULL
);
