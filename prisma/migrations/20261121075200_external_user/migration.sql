-- Who a person of a vendor's workspace is here.
CREATE TABLE "ExternalUser" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "linkedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ExternalUser_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ExternalUser_clubId_userId_idx" ON "ExternalUser"("clubId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "ExternalUser_clubId_connectionId_externalId_key" ON "ExternalUser"("clubId", "connectionId", "externalId");

-- AddForeignKey
ALTER TABLE "ExternalUser" ADD CONSTRAINT "ExternalUser_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "ExternalUser" add constraint "ExternalUser_id_check" check (id ~ '^extu_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "ExternalUser" enable row level security;
alter table "ExternalUser" force row level security;

do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "ExternalUser" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "ExternalUser" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;

grant select, insert, update ("userId", "linkedById", "updatedAt", "archivedAt") on "ExternalUser" to spotter_app;
