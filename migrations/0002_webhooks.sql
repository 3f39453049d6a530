-- Webhooks: how far they are applied, what they brought, and what they made.

-- A delivery reaches a tenant only through the Meta app whose grant routed the asset.
ALTER TABLE routes ADD COLUMN meta_app_id TEXT NOT NULL DEFAULT '';
UPDATE routes SET meta_app_id = (SELECT c.meta_app_id FROM assets a JOIN connections c ON c.id = a.connection_id
    WHERE a.id = routes.asset_id);

-- A person has one standing connection to an app in a tenant. Two returns at once could make two: the better one, else
-- the older, takes over what the others hold, which end.
CREATE TABLE merged_connections AS SELECT c.id AS loser, (SELECT k.id FROM connections k
        WHERE k.tenant_id = c.tenant_id AND k.meta_app_id = c.meta_app_id AND k.meta_user_id = c.meta_user_id
            AND k.status <> 'disconnected'
        ORDER BY CASE k.status WHEN 'connected' THEN 0 WHEN 'error' THEN 1 ELSE 2 END, k.id LIMIT 1) AS keeper
    FROM connections c WHERE c.status <> 'disconnected';
DELETE FROM merged_connections WHERE loser = keeper;
DELETE FROM assets WHERE NOT selected AND EXISTS (SELECT 1 FROM merged_connections m JOIN assets own
    ON own.connection_id = m.loser AND own.selected
    WHERE m.keeper = assets.connection_id AND own.kind = assets.kind AND own.meta_id = assets.meta_id);
UPDATE assets SET connection_id = (SELECT m.keeper FROM merged_connections m WHERE m.loser = assets.connection_id)
    WHERE selected AND connection_id IN (SELECT loser FROM merged_connections)
    AND NOT EXISTS (SELECT 1 FROM merged_connections m JOIN assets kept ON kept.connection_id = m.keeper
        WHERE m.loser = assets.connection_id AND kept.kind = assets.kind AND kept.meta_id = assets.meta_id);
UPDATE credentials SET connection_id = (SELECT m.keeper FROM merged_connections m
        WHERE m.loser = credentials.connection_id)
    WHERE kind = 'page' AND connection_id IN (SELECT loser FROM merged_connections)
    AND NOT EXISTS (SELECT 1 FROM merged_connections m JOIN credentials kept ON kept.connection_id = m.keeper
        WHERE m.loser = credentials.connection_id AND kept.kind = 'page' AND kept.subject = credentials.subject)
    AND NOT EXISTS (SELECT 1 FROM merged_connections m JOIN merged_connections n ON n.keeper = m.keeper
        AND n.loser < m.loser JOIN credentials other ON other.connection_id = n.loser
        WHERE m.loser = credentials.connection_id AND other.kind = 'page' AND other.subject = credentials.subject);
DELETE FROM credentials WHERE connection_id IN (SELECT loser FROM merged_connections);
DELETE FROM routes WHERE asset_id IN (SELECT a.id FROM assets a JOIN merged_connections m ON m.loser = a.connection_id);
UPDATE assets SET selected = FALSE, pending = FALSE, subscribed_at = NULL, verified_at = NULL
    WHERE connection_id IN (SELECT loser FROM merged_connections);
UPDATE connect_attempts SET phase = 'cancelled' WHERE phase IN ('discovering', 'choosing', 'applying')
    AND connection_id IN (SELECT loser FROM merged_connections);
UPDATE connections SET status = 'disconnected', problem = NULL, disconnected_at = checked_at
    WHERE id IN (SELECT loser FROM merged_connections);
DROP TABLE merged_connections;
CREATE UNIQUE INDEX connections_standing ON connections (tenant_id, meta_app_id, meta_user_id)
    WHERE status <> 'disconnected';

-- One run of one process that accepts webhooks. Kept for ever: its number is never given out again.
CREATE TABLE journal_writers (
    id BIGINT PRIMARY KEY,
    applied_through BIGINT NOT NULL, -- the last journal id that is applied
    beat_at BIGINT NOT NULL -- the last sign of life; another process takes over what a dead one left
);

-- What one delivery was to one asset. tenant_id is '' for what belongs to nobody.
CREATE TABLE delivery_parts (
    delivery_id BIGINT NOT NULL, -- journal id
    tenant_id TEXT NOT NULL,
    asset_kind TEXT NOT NULL, -- '' when it could not be read
    asset_meta_id TEXT NOT NULL,
    meta_app_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    outcome TEXT NOT NULL, -- applied | quarantined | unreadable | failed
    events BIGINT NOT NULL,
    summary TEXT NOT NULL, -- JSON: how many of which kind
    problem TEXT, -- JSON explanation
    replayed_at BIGINT,
    PRIMARY KEY (delivery_id, tenant_id, asset_kind, asset_meta_id)
);
CREATE INDEX delivery_parts_by_tenant ON delivery_parts (tenant_id, received_at, delivery_id);
CREATE INDEX delivery_parts_troubled ON delivery_parts (received_at, outcome) WHERE outcome IN ('failed', 'unreadable');
CREATE INDEX delivery_parts_by_age ON delivery_parts (received_at, delivery_id);

-- Deliveries about assets that nobody holds: applied when somebody claims the asset.
CREATE TABLE quarantine (
    meta_app_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    meta_id TEXT NOT NULL,
    delivery_id BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (meta_app_id, kind, meta_id, delivery_id)
);
CREATE INDEX quarantine_by_age ON quarantine (received_at, delivery_id);

-- Contacts, conversations, messages and what belongs to them are a function of the set of events that arrived: neither
-- their order nor repeats change it. On PostgreSQL whoever writes these tables holds the tenant's lock (db/transaction.rs).

-- A customer of a tenant. Of each thing that is told about them, what Meta told last counts; *_at is Meta's time of it.
CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    platform TEXT NOT NULL, -- messenger | instagram | whatsapp
    name TEXT,
    name_at BIGINT NOT NULL,
    username TEXT,
    username_at BIGINT NOT NULL,
    phone TEXT,
    phone_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX contacts_by_tenant ON contacts (tenant_id, created_at, id);

-- By what a contact is known: several may lead to one contact, none of them must be a phone number.
CREATE TABLE contact_identities (
    tenant_id TEXT NOT NULL,
    kind TEXT NOT NULL, -- psid | igsid | wa_id | user_id
    scope TEXT NOT NULL, -- the Page or Instagram account within which a psid or igsid counts, else ''
    value TEXT NOT NULL,
    contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (tenant_id, kind, scope, value)
);
CREATE INDEX contact_identities_by_contact ON contact_identities (contact_id);

-- By the asset's Meta id, not by its row: a conversation outlives a reconnect.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    asset_kind TEXT NOT NULL,
    asset_meta_id TEXT NOT NULL,
    location_id TEXT REFERENCES locations (id) ON DELETE SET NULL, -- of the asset when it began
    thread TEXT NOT NULL, -- the contact's id; 'group:…' or 'comments:…' otherwise
    contact_id TEXT REFERENCES contacts (id) ON DELETE CASCADE, -- NULL in a group and under a post
    last_message_at BIGINT NOT NULL, -- Meta's time; 0 while only a status or the like is known
    last_inbound_at BIGINT, -- Meta's time
    delivered_through BIGINT, -- Messenger's watermarks, Meta's time
    read_through BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, asset_kind, asset_meta_id, thread)
);
CREATE INDEX conversations_by_tenant ON conversations (tenant_id, last_message_at, id);
CREATE INDEX conversations_by_contact ON conversations (contact_id);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE, -- NULL while Meta has not said with whom
    asset_meta_id TEXT NOT NULL,
    meta_id TEXT NOT NULL,
    author_id TEXT REFERENCES contacts (id) ON DELETE CASCADE, -- who wrote it, in a group or under a post
    direction TEXT, -- in | out; NULL: only a reaction to it is known so far
    kind TEXT, -- NULL: only a status, a reaction or an edit of it is known so far
    content_rank BIGINT NOT NULL, -- of differing accounts of one message the highest counts; 0 while kind is NULL
    text TEXT,
    detail TEXT, -- JSON, by kind
    reply_to TEXT, -- Meta's id of the message that this one answers
    sent_at BIGINT NOT NULL, -- Meta's time
    status TEXT, -- of one that went out: sent | failed | delivered | read | played; only climbs, in this order
    status_at BIGINT,
    problem TEXT, -- JSON: Meta's error, when failed
    edits BIGINT NOT NULL, -- the number of the edit that text is of; 0: none
    edited_at BIGINT,
    deleted_at BIGINT, -- taken back: text, detail and attachments are gone for good
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, asset_meta_id, meta_id)
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, sent_at, meta_id);
CREATE INDEX messages_by_author ON messages (author_id) WHERE author_id IS NOT NULL;

CREATE TABLE attachments (
    message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    media_id TEXT,
    url TEXT,
    mime_type TEXT,
    sha256 TEXT,
    filename TEXT,
    detail TEXT, -- JSON: what else Meta says
    PRIMARY KEY (message_id, position)
);

CREATE TABLE reactions (
    message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    actor TEXT NOT NULL, -- the contact's id, or 'business'
    emoji TEXT, -- NULL: taken back
    at BIGINT NOT NULL, -- Meta's time; the latest counts
    PRIMARY KEY (message_id, actor)
);
CREATE INDEX reactions_by_actor ON reactions (actor);

-- What Meta says about an asset, and what Attaché does not know yet: kept as it came.
CREATE TABLE asset_events (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    asset_kind TEXT NOT NULL,
    asset_meta_id TEXT NOT NULL,
    key TEXT NOT NULL, -- the same event has the same key
    kind TEXT NOT NULL,
    at BIGINT NOT NULL, -- Meta's time
    sentence TEXT NOT NULL,
    raw TEXT NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    UNIQUE (tenant_id, key)
);
CREATE INDEX asset_events_by_tenant ON asset_events (tenant_id, at, id);

-- Each time Meta asked whether the callback is ours. The newest few of each app are kept.
CREATE TABLE webhook_handshakes (
    id TEXT PRIMARY KEY,
    meta_app_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL, -- ok | wrong_token | malformed
    address TEXT NOT NULL
);
CREATE INDEX webhook_handshakes_by_app ON webhook_handshakes (meta_app_id, id);

-- What was refused at the door, counted by the hour; no body is kept.
CREATE TABLE webhook_refusals (
    meta_app_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    hour BIGINT NOT NULL,
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (meta_app_id, reason, hour)
);

-- Whether Meta sends the events of an app to us at all: the layer above each asset's own subscription.
CREATE TABLE app_subscriptions (
    meta_app_id TEXT PRIMARY KEY,
    callback_url TEXT NOT NULL,
    subscribed_at BIGINT, -- since when Meta lists every object with this address
    problem TEXT, -- JSON explanation of the last failure
    checked_at BIGINT NOT NULL
);

-- What is proven of a number beyond its account's subscription.
ALTER TABLE assets ADD COLUMN registered_at BIGINT;

-- Durable work. Whoever holds the lease runs it; one that fails waits longer each time and ends as dead.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    tenant_id TEXT REFERENCES tenants (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL, -- what it is about; one unfinished job per kind and subject
    payload TEXT NOT NULL, -- JSON
    state TEXT NOT NULL, -- ready | running | done | dead
    attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    lease TEXT, -- who runs it
    lease_until BIGINT,
    problem TEXT, -- JSON explanation of the last failure
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE UNIQUE INDEX jobs_unfinished ON jobs (kind, subject) WHERE state IN ('ready', 'running');
CREATE INDEX jobs_by_time ON jobs (state, run_at, id);
CREATE INDEX jobs_by_tenant ON jobs (tenant_id, created_at);

-- A person asked Meta to have their data deleted, or took the app's access away.
CREATE TABLE deletion_requests (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE, -- of the confirmation code; the same request has the same code
    meta_app_id TEXT NOT NULL,
    subject_hash TEXT NOT NULL, -- keyed, of the person's id at Meta
    subject TEXT, -- the id itself, sealed; NULL when the request is done
    granted_until BIGINT NOT NULL, -- what the person granted later is not meant
    state TEXT NOT NULL, -- received | done
    report TEXT NOT NULL, -- JSON: what was erased
    requested_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX deletion_requests_by_subject ON deletion_requests (meta_app_id, subject_hash);

-- What programs sign in with.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_tenant ON api_keys (tenant_id, created_at);

-- An asset that fell silent: since when that is known, and the longest pause of the weeks before. It counts only while no
-- event has come since.
ALTER TABLE assets ADD COLUMN silence_at BIGINT;
ALTER TABLE assets ADD COLUMN longest_pause BIGINT; -- milliseconds

-- Sealed secrets of the installation itself.
CREATE TABLE installation_secrets (
    name TEXT PRIMARY KEY,
    sealed TEXT NOT NULL,
    key_id TEXT NOT NULL
);
