-- Instagram Login's part of a Meta app. Its secrets are in installation_secrets beside the app's, as …/instagram-secret and
-- …/former-instagram-secret.
ALTER TABLE meta_apps ADD COLUMN instagram_app_id TEXT; -- NULL: not set up
ALTER TABLE meta_apps ADD COLUMN instagram_former_until BIGINT; -- as former_until
