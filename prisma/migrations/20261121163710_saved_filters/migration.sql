-- CreateTable
CREATE TABLE "SavedFilter" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SavedFilter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedFilter_id_clubId_key" ON "SavedFilter"("id", "clubId");

alter table "SavedFilter" add constraint "SavedFilter_id_check" check (id ~ '^filt_[0-7][0-9a-hjkmnp-tv-z]{25}$');
-- One name is one filter: among the shared ones of a club, and among a person's own.
create unique index "SavedFilter_shared_key" on "SavedFilter" ("clubId", lower(name)) where "isShared" and "archivedAt" is null;
create unique index "SavedFilter_own_key" on "SavedFilter" ("clubId", "createdById", lower(name)) where not "isShared" and "archivedAt" is null;

alter table "SavedFilter" enable row level security;
alter table "SavedFilter" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "SavedFilter" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "SavedFilter" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert on "SavedFilter" to spotter_app;
grant update ("archivedAt", "updatedAt") on "SavedFilter" to spotter_app;
