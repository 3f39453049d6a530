-- What a business itself says of a WhatsApp number. Beside `assets`, so that it outlives a connection.
CREATE TABLE whatsapp_numbers (
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    meta_id TEXT NOT NULL,
    friendly_name TEXT, -- NULL: none
    PRIMARY KEY (tenant_id, meta_id)
);

-- Embedded Signup: what an attempt is for, and what Meta's window said was onboarded (JSON, a hint until it is checked).
ALTER TABLE connect_attempts ADD COLUMN purpose TEXT NOT NULL DEFAULT 'assets'; -- assets | whatsapp
ALTER TABLE connect_attempts ADD COLUMN onboarded TEXT;

-- Lines of the connection log about attempts that led to no connection.
CREATE TABLE attempt_log (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL, -- ok | problem | note
    sentence TEXT NOT NULL
);
CREATE INDEX attempt_log_by_tenant ON attempt_log (tenant_id, id);

-- Coexistence: what is asked of the WhatsApp Business app after a number was onboarded, once each and within a day.
CREATE TABLE business_app_syncs (
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    meta_id TEXT NOT NULL, -- of the number
    sync_type TEXT NOT NULL, -- smb_app_state_sync | history
    ends_at BIGINT NOT NULL, -- until then Meta takes the request
    state TEXT NOT NULL, -- waiting | asked | over | refused
    asked_at BIGINT,
    problem TEXT, -- JSON explanation, when refused
    PRIMARY KEY (tenant_id, meta_id, sync_type)
);
