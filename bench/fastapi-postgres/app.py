"""A receiver as a team would build it by hand: FastAPI and PostgreSQL, one row for each message, committed before the
answer. The baseline that accepting webhooks is measured against; tools/bench/intake.sh runs it."""
import hashlib
import hmac
import json
import os
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, HTTPException, Request

SECRET = os.environ["META_APP_SECRET"].encode()
# Apart from Attaché's tables, which may be in the same database.
SCHEMA = "baseline"
TABLES = f"""
create schema if not exists {SCHEMA};
create table if not exists identifiers (phone_number_id text primary key, tenant_id int not null);
create table if not exists messages (
    id text primary key, tenant_id int not null, payload jsonb not null, created_at timestamptz default now());
"""
# The numbers that webhook_load writes to.
TENANTS = "insert into identifiers select (100000 + n)::text, n from generate_series(0, 9999) n on conflict do nothing"
FIND = "select tenant_id from identifiers where phone_number_id = $1"
KEEP = "insert into messages (id, tenant_id, payload) values ($1, $2, $3) on conflict do nothing"


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(
        os.environ["POSTGRES_DSN"], min_size=8, max_size=16, server_settings={"search_path": SCHEMA}
    )
    async with app.state.pool.acquire() as connection, connection.transaction():
        # Each worker gets here.
        await connection.execute("select pg_advisory_xact_lock(1)")
        await connection.execute(TABLES)
        await connection.execute(TENANTS)
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


@app.post("/webhooks/meta")
async def receive(request: Request):
    body = await request.body()
    wanted = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, request.headers.get("x-hub-signature-256", "")):
        raise HTTPException(403)
    async with app.state.pool.acquire() as connection:
        for entry in json.loads(body)["entry"]:
            for change in entry.get("changes", []):
                value = change["value"]
                tenant = await connection.fetchval(FIND, value["metadata"]["phone_number_id"])
                if tenant is None:
                    continue
                for message in value.get("messages", []):
                    await connection.execute(KEEP, message["id"], tenant, json.dumps(message))
    return {"status": "ok"}
