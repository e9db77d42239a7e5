-- CreateTable
CREATE TABLE "ReportSettings" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReportSettings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkflowLayer" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "lockedPaths" JSONB NOT NULL DEFAULT '[]',
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkflowLayer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReportSettings_id_clubId_key" ON "ReportSettings"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ReportSettings_clubId_version_key" ON "ReportSettings"("clubId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowLayer_franchiseId_kind_version_key" ON "WorkflowLayer"("franchiseId", "kind", "version");

alter table "ReportSettings" add constraint "ReportSettings_id_check" check (id ~ '^reps_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "ReportSettings" add constraint "ReportSettings_version_check" check (version > 0);
alter table "WorkflowLayer" add constraint "WorkflowLayer_id_check" check (id ~ '^wfl_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "WorkflowLayer" add constraint "WorkflowLayer_version_check" check (version > 0);

alter table "ReportSettings" enable row level security;
alter table "ReportSettings" force row level security;
alter table "WorkflowLayer" enable row level security;
alter table "WorkflowLayer" force row level security;
do $$
declare
  in_franchise constant text := '"franchiseId" = spotter_franchise()';
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "ReportSettings" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "ReportSettings" to spotter_app using (%s) with check (%s)', in_club, in_club);
  execute format('create policy owner_backfill on "WorkflowLayer" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "WorkflowLayer" to spotter_app using (%s) with check (%s)', in_franchise, in_franchise);
end $$;
-- A version is written once.
grant select, insert on "ReportSettings", "WorkflowLayer" to spotter_app;
