-- Deliveries that somebody asked to have applied once more, until they are.
CREATE TABLE replays (
    tenant_id TEXT NOT NULL, -- for whom; '' for everybody
    delivery_id BIGINT NOT NULL, -- journal id
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, delivery_id)
);
CREATE INDEX replays_by_age ON replays (asked_at, tenant_id);
CREATE INDEX replays_by_tenant ON replays (tenant_id, asked_at, delivery_id);

-- What an asset brought; and of what a tenant looks for, what was not applied.
CREATE INDEX delivery_parts_by_asset
    ON delivery_parts (tenant_id, asset_kind, asset_meta_id, received_at, delivery_id);
CREATE INDEX delivery_parts_unapplied ON delivery_parts (tenant_id, received_at, delivery_id) WHERE outcome <> 'applied';
CREATE INDEX asset_events_by_asset ON asset_events (tenant_id, asset_kind, asset_meta_id, at);
CREATE INDEX quarantine_by_app ON quarantine (meta_app_id, received_at, delivery_id);

-- Who belongs to a place that is deleted.
CREATE INDEX assets_by_location ON assets (location_id) WHERE location_id IS NOT NULL;
CREATE INDEX conversations_by_location ON conversations (location_id) WHERE location_id IS NOT NULL;

-- What is looked for every hour: what got old, and what was left in the middle.
CREATE INDEX connection_log_by_age ON connection_log (at, id);
CREATE INDEX attempt_log_by_age ON attempt_log (at, id);
CREATE INDEX asset_events_raw ON asset_events (created_at, id) WHERE raw <> '';
CREATE INDEX connect_attempts_open ON connect_attempts (created_at)
    WHERE phase IN ('waiting', 'exchanging', 'discovering', 'choosing');
CREATE INDEX connect_attempts_applying ON connect_attempts (connection_id) WHERE phase = 'applying';
CREATE INDEX connect_attempts_ended ON connect_attempts (beat_at, id) WHERE phase IN ('done', 'cancelled', 'failed');
CREATE INDEX set_up_links_by_end ON set_up_links (expires_at, id);
CREATE INDEX invitations_by_end ON invitations (expires_at, id);
