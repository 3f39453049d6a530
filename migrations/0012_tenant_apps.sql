-- Meta apps of businesses' own. Their secrets are in installation_secrets too, as tenant/TENANT/meta-app/APP_ID/…
ALTER TABLE meta_apps ADD COLUMN tenant_id TEXT REFERENCES tenants (id) ON DELETE CASCADE; -- whose own it is; NULL: the installation's
ALTER TABLE meta_apps ADD COLUMN whatsapp_config_id TEXT; -- the configuration of WhatsApp Embedded Signup

-- One is in use of the installation, and one of each business that has its own.
DROP INDEX meta_apps_in_use;
CREATE UNIQUE INDEX meta_apps_in_use ON meta_apps (in_use) WHERE in_use AND tenant_id IS NULL;
CREATE UNIQUE INDEX meta_apps_in_use_of_tenant ON meta_apps (tenant_id) WHERE in_use AND tenant_id IS NOT NULL;
