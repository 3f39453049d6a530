-- One text for SQLite and PostgreSQL: TEXT ids, BIGINT unix milliseconds, BOOLEAN, JSON and sealed values as TEXT.

CREATE TABLE tenants (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- lower case
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL, -- argon2id, PHC string
    operator BOOLEAN NOT NULL,
    sessions_valid_from BIGINT NOT NULL, -- a session begun earlier is over
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL, -- owner | admin | agent
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX invitations_by_tenant ON invitations (tenant_id, created_at);

CREATE TABLE locations (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, name)
);

CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE rate_limits (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);
CREATE INDEX rate_limits_by_age ON rate_limits (window_start);

-- One person's grant to a Meta app.
CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    connected_by TEXT NOT NULL REFERENCES users (id),
    meta_app_id TEXT NOT NULL,
    meta_user_id TEXT NOT NULL,
    meta_user_name TEXT NOT NULL,
    token_kind TEXT NOT NULL, -- user | system_user
    status TEXT NOT NULL, -- pending | connected | error | disconnected
    problem TEXT, -- JSON explanation while status is error
    permissions TEXT NOT NULL, -- JSON: granted and missing
    expires_at BIGINT, -- NULL: never
    data_access_expires_at BIGINT, -- NULL: never
    created_at BIGINT NOT NULL,
    checked_at BIGINT NOT NULL, -- when Meta last told us about the token
    disconnected_at BIGINT
);
CREATE INDEX connections_by_tenant ON connections (tenant_id, created_at);
CREATE INDEX connections_by_person ON connections (meta_app_id, meta_user_id);

-- Sealed tokens. `subject` is the Meta id that the token speaks for.
CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, -- user | system_user | page
    subject TEXT NOT NULL,
    sealed TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (connection_id, kind, subject)
);
CREATE INDEX credentials_by_key ON credentials (key_id, id);

-- What a connection can reach at Meta: discovered first, then selected.
CREATE TABLE assets (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, -- business | facebook_page | instagram_account | whatsapp_account | whatsapp_number | ad_account
    meta_id TEXT NOT NULL,
    parent_meta_id TEXT, -- the Page of an Instagram account, the account of a number
    business_meta_id TEXT,
    name TEXT NOT NULL,
    detail TEXT NOT NULL, -- JSON, by kind
    unusable TEXT, -- JSON explanation, NULL when usable
    selected BOOLEAN NOT NULL,
    location_id TEXT REFERENCES locations (id) ON DELETE SET NULL,
    verified_at BIGINT,
    subscribed_at BIGINT,
    active_at BIGINT,
    last_event_at BIGINT,
    pending BOOLEAN NOT NULL, -- selected, and the steps after selection are not done
    problem_step TEXT, -- verified | subscribed
    problem TEXT, -- JSON explanation
    problem_since BIGINT,
    UNIQUE (connection_id, kind, meta_id)
);
CREATE INDEX assets_by_tenant ON assets (tenant_id, selected, kind, name, id);
CREATE INDEX assets_pending ON assets (pending, id);
CREATE INDEX assets_by_meta_id ON assets (meta_id);
CREATE INDEX assets_by_parent ON assets (parent_meta_id);

-- Who receives what Meta sends about an asset. One tenant holds an asset at a time.
CREATE TABLE routes (
    kind TEXT NOT NULL,
    meta_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    asset_id TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, meta_id)
);
CREATE INDEX routes_by_asset ON routes (asset_id);

-- One try to connect, from the button to the chosen assets.
CREATE TABLE connect_attempts (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_hash TEXT NOT NULL,
    state_hash TEXT NOT NULL UNIQUE,
    flow TEXT NOT NULL, -- redirect | popup
    redirect_uri TEXT NOT NULL,
    reconnects TEXT REFERENCES connections (id) ON DELETE SET NULL,
    phase TEXT NOT NULL, -- waiting | exchanging | discovering | choosing | applying | done | cancelled | failed
    connection_id TEXT REFERENCES connections (id) ON DELETE SET NULL,
    progress TEXT NOT NULL, -- JSON counts
    incomplete TEXT NOT NULL, -- JSON: what could not be read, and why
    problem TEXT, -- JSON explanation
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL, -- of the state
    consumed_at BIGINT, -- when the state was used
    beat_at BIGINT NOT NULL -- the last sign of life of the work behind it
);
CREATE INDEX connect_attempts_by_tenant ON connect_attempts (tenant_id, created_at);

CREATE TABLE connection_log (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    asset_name TEXT,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL, -- ok | problem | note
    sentence TEXT NOT NULL
);
CREATE INDEX connection_log_by_tenant ON connection_log (tenant_id, id);

-- A chain per tenant: every entry carries the hash of the one before it.
CREATE TABLE audit_heads (
    tenant_id TEXT PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE audit_log (
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);
