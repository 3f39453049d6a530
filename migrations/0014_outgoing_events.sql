-- Signed events for the tenants' own systems: where they go, what they say, and how each sending stands.

CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    event_types TEXT, -- the types it takes, each between two spaces; NULL: all of them
    created_by TEXT NOT NULL, -- a name
    created_at BIGINT NOT NULL,
    disabled_at BIGINT, -- since when nothing is sent; NULL: it is in use
    disabled_by TEXT, -- a name
    disabled_why TEXT, -- JSON explanation; NULL when a person disabled it
    failing_since BIGINT, -- the first failure after the last success
    failed_at BIGINT, -- the last failure
    turn_at BIGINT NOT NULL, -- when it last had its turn to be sent to
    lease TEXT, -- who sends to it now
    lease_until BIGINT
);
CREATE INDEX webhook_endpoints_by_tenant ON webhook_endpoints (tenant_id, created_at);

CREATE TABLE webhook_secrets (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    sealed TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT -- a former one signs beside the present one until then
);
CREATE INDEX webhook_secrets_by_endpoint ON webhook_secrets (endpoint_id, created_at);
CREATE INDEX webhook_secrets_by_key ON webhook_secrets (key_id);

-- Written in the transaction of what it tells of.
CREATE TABLE outgoing_events (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, -- its type
    connection_id TEXT, -- the connection that it tells of
    body TEXT NOT NULL, -- JSON, as it is sent
    created_at BIGINT NOT NULL
);
CREATE INDEX outgoing_events_by_age ON outgoing_events (created_at, id);
CREATE INDEX outgoing_events_by_connection ON outgoing_events (connection_id);

-- One row for each event and endpoint. The endpoint is not referenced: deleting one must not make the transaction fail that
-- tells of something at that moment. What is left of it goes with the event.
CREATE TABLE event_deliveries (
    endpoint_id TEXT NOT NULL,
    event_id TEXT NOT NULL REFERENCES outgoing_events (id) ON DELETE CASCADE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    state TEXT NOT NULL, -- waiting | delivered | failed
    tries BIGINT NOT NULL, -- since it was last asked for
    next_at BIGINT NOT NULL, -- when it is to be tried
    created_at BIGINT NOT NULL, -- as of the event
    tried_at BIGINT, -- when it was last tried
    took BIGINT, -- how long that took, milliseconds
    status BIGINT, -- what was answered then
    problem TEXT, -- JSON explanation of why that was no success
    answer TEXT, -- how the answer began that was none
    PRIMARY KEY (endpoint_id, event_id)
);
CREATE INDEX event_deliveries_due ON event_deliveries (endpoint_id, next_at) WHERE state = 'waiting';
CREATE INDEX event_deliveries_waiting ON event_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX event_deliveries_by_event ON event_deliveries (event_id);
CREATE INDEX event_deliveries_by_tenant ON event_deliveries (tenant_id);
