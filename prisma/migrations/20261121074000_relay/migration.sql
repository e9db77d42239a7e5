-- CreateTable
CREATE TABLE "Relay" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "fingerprint" TEXT,
    "shownFingerprint" TEXT,
    "controllerSeenAt" TIMESTAMPTZ(3),
    "version" TEXT,
    "pairedById" TEXT NOT NULL,
    "pairedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Relay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RelayPairing" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RelayPairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RelayCall" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "relayId" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "body" TEXT,
    "status" TEXT NOT NULL,
    "outcome" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "handedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "RelayCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectorNote" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConnectorNote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Relay_tokenHash_key" ON "Relay"("tokenHash");

-- CreateIndex
CREATE INDEX "Relay_clubId_connectionId_idx" ON "Relay"("clubId", "connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "Relay_id_clubId_key" ON "Relay"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "RelayPairing_codeHash_key" ON "RelayPairing"("codeHash");

-- CreateIndex
CREATE INDEX "RelayPairing_clubId_connectionId_idx" ON "RelayPairing"("clubId", "connectionId");

-- CreateIndex
CREATE INDEX "RelayCall_clubId_relayId_status_createdAt_idx" ON "RelayCall"("clubId", "relayId", "status", "createdAt");

-- CreateIndex
CREATE INDEX "RelayCall_createdAt_idx" ON "RelayCall"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConnectorNote_clubId_connectionId_name_key" ON "ConnectorNote"("clubId", "connectionId", "name");

-- AddForeignKey
ALTER TABLE "Relay" ADD CONSTRAINT "Relay_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelayPairing" ADD CONSTRAINT "RelayPairing_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelayCall" ADD CONSTRAINT "RelayCall_relayId_clubId_fkey" FOREIGN KEY ("relayId", "clubId") REFERENCES "Relay"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectorNote" ADD CONSTRAINT "ConnectorNote_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One relay at a time serves a connection.
create unique index "Relay_live_key" on "Relay" ("clubId", "connectionId") where "revokedAt" is null;

alter table "RelayCall" add constraint "RelayCall_status_check" check (status = any ('{queued,handed,answered,expired}'::text[]));

do $$
declare
  entry record;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  for entry in select * from (values ('Relay', 'relay'), ('RelayPairing', 'rpair'), ('RelayCall', 'rcall'), ('ConnectorNote', 'cnote')) as tables(name, prefix) loop
    execute format('alter table %I add constraint %I check (id ~ %L)', entry.name, entry.name || '_id_check', '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
  end loop;
  for entry in select * from (values ('Relay'), ('RelayPairing'), ('RelayCall')) as tables(name) loop
    execute format('create policy system on %I to spotter_system using (true) with check (true)', entry.name);
  end loop;
end $$;

-- The hashes are written by the product's login and read by the system's alone, which finds a relay before its club is known.
grant select (id, "franchiseId", "clubId", "connectionId", fingerprint, "shownFingerprint", "controllerSeenAt", version, "pairedById", "pairedAt", "lastSeenAt", "revokedAt"),
  insert, update (fingerprint, "shownFingerprint", "controllerSeenAt", version, "lastSeenAt", "revokedAt") on "Relay" to spotter_app;
grant select (id, "franchiseId", "clubId", "connectionId", "createdById", "createdAt", "expiresAt", "usedAt", "revokedAt"),
  insert, update ("usedAt", "revokedAt") on "RelayPairing" to spotter_app;
grant select, insert, update (status, body, outcome, "handedAt", "answeredAt") on "RelayCall" to spotter_app;
grant select, insert, update (value, "updatedAt"), delete on "ConnectorNote" to spotter_app;

grant select (id, "franchiseId", "clubId", "connectionId", "tokenHash", "lastSeenAt", "pairedAt", "revokedAt") on "Relay" to spotter_system;
grant select (id, "franchiseId", "clubId", "connectionId", "codeHash", "createdById", "expiresAt", "usedAt", "revokedAt") on "RelayPairing" to spotter_system;
grant select (id, "createdAt"), delete on "RelayCall" to spotter_system;
