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

-- A connection that is being taken apart, or was: what is done at Meta and here, step by step. Its tokens stay sealed until
-- nothing needs them, at most until tokens_until.
CREATE TABLE disconnections (
    connection_id TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    asked_by TEXT NOT NULL, -- the person's id
    asked_by_name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    tokens_until BIGINT NOT NULL,
    finished_at BIGINT -- when no step waited any more
);
CREATE INDEX disconnections_unfinished ON disconnections (connection_id) WHERE finished_at IS NULL;
CREATE TABLE disconnection_steps (
    connection_id TEXT NOT NULL REFERENCES disconnections (connection_id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, -- clear_override | unsubscribe | deregister | revoke | drop_tokens | erase
    asset_kind TEXT, -- of the asset that it is about
    meta_id TEXT NOT NULL, -- '' when it is about none
    name TEXT NOT NULL,
    state TEXT NOT NULL, -- waiting | done | skipped | failed
    sentence TEXT NOT NULL, -- how it ended, or why it is left out
    done BIGINT NOT NULL, -- how many rows are erased
    total BIGINT NOT NULL, -- of how many
    at BIGINT, -- when it ended
    PRIMARY KEY (connection_id, position)
);

-- A link by which somebody without an account connects their own assets for a tenant, once.
CREATE TABLE set_up_links (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- for whom, in the words of who made it
    token_hash TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT, -- when somebody first looked at it
    used_at BIGINT, -- when the first grant came by it
    used_session TEXT, -- the hash of the session that it came in: only that one goes on
    connection_id TEXT REFERENCES connections (id) ON DELETE SET NULL,
    finished_at BIGINT, -- when assets were chosen
    revoked_at BIGINT
);
CREATE INDEX set_up_links_by_tenant ON set_up_links (tenant_id, created_at);
ALTER TABLE connect_attempts ADD COLUMN set_up_link_id TEXT REFERENCES set_up_links (id) ON DELETE SET NULL;
CREATE INDEX connect_attempts_by_link ON connect_attempts (set_up_link_id) WHERE set_up_link_id IS NOT NULL;
