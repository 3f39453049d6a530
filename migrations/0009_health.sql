-- Keeping connections alive: when each is looked after, when its token is renewed, what people were warned of, and mail.

ALTER TABLE connections ADD COLUMN look_at BIGINT; -- when it is looked after next; NULL: not planned yet
ALTER TABLE connections ADD COLUMN renew_at BIGINT; -- when Meta is to be asked for a new token; NULL: never
ALTER TABLE connections ADD COLUMN renewal_asked_at BIGINT; -- when Meta was last asked for one: at most once a day
ALTER TABLE connections ADD COLUMN renewed_at BIGINT; -- when a renewed token was last kept
ALTER TABLE connections ADD COLUMN renewal_problem TEXT; -- JSON explanation of the last renewal that failed
CREATE INDEX connections_to_look_after ON connections (status, look_at);
ALTER TABLE staged_grants ADD COLUMN renew_at BIGINT; -- as of a connection

-- Each stage before an end is told once. A later end of the same clock begins anew.
CREATE TABLE token_warnings (
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    clock TEXT NOT NULL, -- token | data_access | refused
    stage BIGINT NOT NULL, -- days before the end: 14, 7, 3, 1; 0 when it is over
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    ends_at BIGINT NOT NULL,
    warned_at BIGINT NOT NULL,
    PRIMARY KEY (connection_id, clock, stage)
);

-- What Meta says of an asset beside the proof of it: one row for each change, the latest thirty.
CREATE TABLE asset_health (
    asset_id TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    since BIGINT NOT NULL, -- when Meta first said so
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL, -- when Meta last said so
    state TEXT NOT NULL, -- JSON
    PRIMARY KEY (asset_id, since)
);

-- Mail to a person of a tenant, until it is sent and a while after.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    plain TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX mails_by_age ON mails (created_at, id);
