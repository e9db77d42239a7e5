-- CreateTable
CREATE TABLE "StyleReview" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "itemCount" INTEGER NOT NULL DEFAULT 0,
    "ruleCount" INTEGER NOT NULL DEFAULT 0,
    "detail" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StyleReview_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "StyleReview_id_clubId_key" ON "StyleReview"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "StyleReview_clubId_week_key" ON "StyleReview"("clubId", "week");

-- CreateIndex
CREATE UNIQUE INDEX "Example_id_clubId_key" ON "Example"("id", "clubId");

-- CreateIndex
CREATE INDEX "Rating_clubId_createdAt_idx" ON "Rating"("clubId", "createdAt");

-- CreateIndex
CREATE INDEX "Correction_clubId_createdAt_idx" ON "Correction"("clubId", "createdAt");

-- What was learned can be given up again; an offer whose grounds are gone is taken off the table.
alter table "Example" drop constraint "Example_status_check";
alter table "Example" add constraint "Example_status_check" check (status = any ('{proposed,accepted,rejected,withdrawn}'::text[]));
alter table "AutonomyChange" drop constraint "AutonomyChange_status_check";
alter table "AutonomyChange" add constraint "AutonomyChange_status_check"
  check (status = any ('{offered,accepted,declined,demoted,withdrawn}'::text[]));
alter table "StyleReview" add constraint "StyleReview_status_check" check (status = any ('{running,done,skipped,failed}'::text[]));
alter table "StyleReview" add constraint "StyleReview_id_check" check (id ~ '^srev_[0-7][0-9a-hjkmnp-tv-z]{25}$');

-- One open offer per topic, and one proposal per correction.
create unique index "AutonomyChange_open_key" on "AutonomyChange" ("clubId", scope) where status = 'offered';
create unique index "Example_correction_key" on "Example" ("clubId", "correctionId") where status = 'proposed';

alter table "StyleReview" enable row level security;
alter table "StyleReview" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "StyleReview" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "StyleReview" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert, update on "StyleReview" to spotter_app;
