-- The journal of webhooks: what Meta sent, as it sent it, before anybody was told "received".
--
-- id = writer * 2^40 + a number that counts up in that writer (one run of one process), so ids of one writer are in the
-- order of their commits and no row can appear behind one that was read already.
CREATE TABLE journal (
    id BIGINT PRIMARY KEY,
    meta_app_id TEXT NOT NULL, -- whose secret signed it
    received_at BIGINT NOT NULL,
    body BYTEA NOT NULL
);
