-- What a business itself says of a WhatsApp number. Beside `assets`, so that it outlives a connection.
CREATE TABLE whatsapp_numbers (
    tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    meta_id TEXT NOT NULL,
    friendly_name TEXT, -- NULL: none
    PRIMARY KEY (tenant_id, meta_id)
);
