-- Other ways in, and out: grants given again, set-up links, disconnecting step by step, and moves between tenants.

-- A grant that was given once more and is not in use yet: until somebody decides, the connection keeps what it has. Its
-- tokens are credentials of kind `staged` and `staged_page`.
CREATE TABLE staged_grants (
    attempt_id TEXT PRIMARY KEY REFERENCES connect_attempts (id) ON DELETE CASCADE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL UNIQUE REFERENCES connections (id) ON DELETE CASCADE,
    connected_by TEXT NOT NULL REFERENCES users (id),
    meta_user_name TEXT NOT NULL,
    token_kind TEXT NOT NULL, -- user | system_user
    permissions TEXT NOT NULL, -- JSON: granted and missing
    expires_at BIGINT, -- NULL: never
    data_access_expires_at BIGINT, -- NULL: never
    losses TEXT, -- JSON: what would lose access; NULL until that is known
    created_at BIGINT NOT NULL
);
CREATE INDEX staged_grants_by_age ON staged_grants (created_at);
