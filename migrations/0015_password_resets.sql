-- A way back in for who forgot their password. A row is a request; its mail makes it a link. It goes when it is used, void or old.
CREATE TABLE password_resets (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL, -- as it was typed, lower case: there may be no account of it
    asked_at BIGINT NOT NULL,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE, -- whose password the link sets; NULL: no mail is written yet
    token_hash TEXT UNIQUE, -- of the link's secret, which is kept nowhere
    expires_at BIGINT -- when the link ends
);
CREATE INDEX password_resets_by_email ON password_resets (email);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE INDEX password_resets_by_age ON password_resets (asked_at);

ALTER TABLE users ADD COLUMN password_changed_at BIGINT; -- NULL: not since this is written down
