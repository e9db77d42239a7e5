-- One person whom several vendors know becomes one member, with one identity for each of them; and uploaded tables.
ALTER TABLE "Member" ALTER COLUMN "connectionId" DROP NOT NULL;
ALTER TABLE "Prospect" ALTER COLUMN "connectionId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "MemberIdentity" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "memberId" TEXT,
    "prospectId" TEXT,
    "connectionId" TEXT,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "sourceHash" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "missingSince" TIMESTAMPTZ(3),
    "balanceUnreadSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MemberIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CsvImport" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "encoding" TEXT NOT NULL,
    "delimiter" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "content" TEXT NOT NULL,
    "mapping" JSONB,
    "status" TEXT NOT NULL,
    "rowCount" INTEGER NOT NULL,
    "nextRow" INTEGER NOT NULL DEFAULT 0,
    "createdCount" INTEGER NOT NULL DEFAULT 0,
    "changedCount" INTEGER NOT NULL DEFAULT 0,
    "unchangedCount" INTEGER NOT NULL DEFAULT 0,
    "mergedCount" INTEGER NOT NULL DEFAULT 0,
    "refusedCount" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CsvImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CsvRefusal" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "cells" JSONB NOT NULL,

    CONSTRAINT "CsvRefusal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MemberIdentity_clubId_memberId_idx" ON "MemberIdentity"("clubId", "memberId");

-- CreateIndex
CREATE INDEX "MemberIdentity_clubId_prospectId_idx" ON "MemberIdentity"("clubId", "prospectId");

-- CreateIndex
CREATE UNIQUE INDEX "MemberIdentity_id_clubId_key" ON "MemberIdentity"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "MemberIdentity_clubId_connectionId_externalId_key" ON "MemberIdentity"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE INDEX "CsvImport_clubId_kind_id_idx" ON "CsvImport"("clubId", "kind", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "CsvImport_id_clubId_key" ON "CsvImport"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "CsvRefusal_clubId_importId_line_key" ON "CsvRefusal"("clubId", "importId", "line");

-- AddForeignKey
ALTER TABLE "MemberIdentity" ADD CONSTRAINT "MemberIdentity_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberIdentity" ADD CONSTRAINT "MemberIdentity_prospectId_clubId_fkey" FOREIGN KEY ("prospectId", "clubId") REFERENCES "Prospect"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberIdentity" ADD CONSTRAINT "MemberIdentity_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CsvRefusal" ADD CONSTRAINT "CsvRefusal_importId_clubId_fkey" FOREIGN KEY ("importId", "clubId") REFERENCES "CsvImport"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A file names nobody twice either: equal nulls do not meet in the unique index above.
create unique index "MemberIdentity_file_key" on "MemberIdentity" ("clubId", "externalId") where "connectionId" is null;
-- One live import of a file; what was cancelled may come again.
create unique index "CsvImport_file_key" on "CsvImport" ("clubId", kind, "fileHash") where status <> 'cancelled';
create index "CsvImport_running_idx" on "CsvImport" ("updatedAt") where status = 'running';

-- Segments (server/services/members/segments.ts).
create index "Member_live_idx" on "Member" ("clubId", "createdAt" desc, id desc) where "archivedAt" is null;
create index "Member_joined_idx" on "Member" ("clubId", "joinedOn") where "archivedAt" is null;
create index "Member_payPerVisit_idx" on "Member" ("clubId", "createdAt" desc, id desc) where "archivedAt" is null and status = 'pay_per_visit';
create index "Member_owing_idx" on "Member" ("clubId", "createdAt" desc, id desc) where "archivedAt" is null and "balanceMinor" > 1;
create index "Member_owingTraining_idx" on "Member" ("clubId", "createdAt" desc, id desc) where "archivedAt" is null and "trainingBalanceMinor" > 1;
create index "Prospect_live_idx" on "Prospect" ("clubId", "createdAt" desc, id desc) where "archivedAt" is null;

do $$
declare
  entry record;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  for entry in select * from (values ('MemberIdentity', 'mid'), ('CsvImport', 'imp'), ('CsvRefusal', 'impr')) as tables(name, prefix) loop
    execute format('alter table %I add constraint %I check (id ~ %L)',
      entry.name, entry.name || '_id_check', '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
    execute format('grant select, insert on %I to spotter_app', entry.name);
  end loop;
end $$;
grant update on "MemberIdentity", "CsvImport" to spotter_app;
-- An import that starts anew has refused nothing yet.
grant delete on "CsvRefusal" to spotter_app;

alter table "CsvImport" add constraint "CsvImport_kind_check" check (kind = any ('{members,bookings}'::text[]));
alter table "CsvImport" add constraint "CsvImport_status_check" check (status = any ('{uploaded,running,finished,cancelled}'::text[]));

-- Everybody known so far: the body of the record's id serves the identity, too. Their hashes stay good, so nothing is written anew.
insert into "MemberIdentity" (id, "franchiseId", "clubId", "memberId", "connectionId", "externalId", kind, phone, email, "sourceHash", "seenAt", "createdAt", "updatedAt")
  select 'mid_' || substr(id, 5), "franchiseId", "clubId", id, "connectionId", "externalId", 'member', phone, email, "sourceHash", "updatedAt", "createdAt", "updatedAt" from "Member";
-- Who has joined under the same id has an identity already.
insert into "MemberIdentity" (id, "franchiseId", "clubId", "prospectId", "connectionId", "externalId", kind, phone, email, "sourceHash", "seenAt", "createdAt", "updatedAt", "archivedAt")
  select 'mid_' || substr(id, 6), "franchiseId", "clubId", id, "connectionId", "externalId", 'prospect', phone, email, "sourceHash", "updatedAt", "createdAt", "updatedAt", "archivedAt" from "Prospect"
  on conflict ("clubId", "connectionId", "externalId") do nothing;
alter table "MemberIdentity" add constraint "MemberIdentity_kind_check" check (kind = any ('{member,prospect}'::text[]));
alter table "MemberIdentity" add constraint "MemberIdentity_person_check" check (num_nonnulls("memberId", "prospectId") <= 1);

ALTER TABLE "Member" DROP COLUMN "sourceHash";
ALTER TABLE "Prospect" DROP COLUMN "sourceHash";
