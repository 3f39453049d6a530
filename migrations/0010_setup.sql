-- Meta apps that were entered on the set-up page. Their secrets are in installation_secrets, as meta-app/APP_ID/secret,
-- /former-secret and /verify-token.
CREATE TABLE meta_apps (
    app_id TEXT PRIMARY KEY,
    config_id TEXT, -- the Login for Business configuration
    in_use BOOLEAN NOT NULL, -- people log in to this one; the others serve the connections that were made with them
    secret_mark TEXT NOT NULL, -- the last four digits of the secret's SHA-256: tells two secrets apart, and nothing more
    secret_set_at BIGINT NOT NULL,
    secret_set_by TEXT NOT NULL, -- a name
    former_until BIGINT -- until when what the former secret signed is taken; NULL when there is none
);
CREATE UNIQUE INDEX meta_apps_in_use ON meta_apps (in_use) WHERE in_use;

-- What Meta last answered about an app, for the set-up page.
CREATE TABLE setup_answers (
    meta_app_id TEXT PRIMARY KEY,
    answers TEXT NOT NULL, -- JSON
    asked_at BIGINT NOT NULL
);

-- The app that an attempt was begun with; '' for those that are older than this column.
ALTER TABLE connect_attempts ADD COLUMN meta_app_id TEXT NOT NULL DEFAULT '';
CREATE INDEX connect_attempts_by_connection ON connect_attempts (connection_id);
