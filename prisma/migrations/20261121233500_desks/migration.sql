-- AlterTable
ALTER TABLE "AuditLog" ADD COLUMN     "deskId" TEXT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "pinHash" TEXT,
ADD COLUMN     "pinSetAt" TIMESTAMPTZ(3),
ADD COLUMN     "pinTries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Desk" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "startedById" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,
    "userId" TEXT,
    "sessionVersion" INTEGER,
    "openedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Desk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Desk_tokenHash_key" ON "Desk"("tokenHash");

-- CreateIndex
CREATE INDEX "Desk_clubId_startedAt_idx" ON "Desk"("clubId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Desk_id_clubId_key" ON "Desk"("id", "clubId");

alter table "User" add constraint "User_pin_check" check (("pinHash" is null) = ("pinSetAt" is null) and "pinTries" >= 0);
alter table "Desk" add constraint "Desk_id_check" check (id ~ '^desk_[0-7][0-9a-hjkmnp-tv-z]{25}$');
-- A desk is somebody's or nobody's, never a half of both, and one that is off is nobody's.
alter table "Desk" add constraint "Desk_person_check"
  check (("userId" is null) = ("sessionVersion" is null) and ("userId" is null) = ("openedAt" is null) and ("endedAt" is null or "userId" is null));
alter table "Desk" enable row level security;
alter table "Desk" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "Desk" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "Desk" to spotter_app using (%s) with check (%s)', in_club, in_club);
  execute 'create policy system on "Desk" to spotter_system using (true) with check (true)';
end $$;

-- The hash is written by the product's login and read by the system's alone, which finds a desk before anybody is known.
grant select (id, "franchiseId", "clubId", name, "startedById", "startedAt", "endedAt", "endedById", "userId", "sessionVersion", "openedAt", "lastUsedAt"),
  insert, update ("endedAt", "endedById", "userId", "sessionVersion", "openedAt") on "Desk" to spotter_app;
grant select (id, "franchiseId", "clubId", name, "tokenHash", "startedById", "endedAt", "userId", "sessionVersion", "openedAt", "lastUsedAt"),
  update ("userId", "sessionVersion", "openedAt", "lastUsedAt") on "Desk" to spotter_system;

-- Colleagues see that somebody has a PIN and since when; the hash and the tries are the system login's.
grant select ("pinSetAt") on "User" to spotter_app;
grant update ("pinHash", "pinSetAt", "pinTries") on "User" to spotter_system;
