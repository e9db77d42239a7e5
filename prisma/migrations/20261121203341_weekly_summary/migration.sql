-- CreateTable
CREATE TABLE "WeeklySummary" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WeeklySummary_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "WeeklySummary_id_clubId_key" ON "WeeklySummary"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WeeklySummary_clubId_fromOn_key" ON "WeeklySummary"("clubId", "fromOn");

alter table "WeeklySummary" add constraint "WeeklySummary_id_check" check (id ~ '^wsum_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "WeeklySummary" add constraint "WeeklySummary_fromOn_check" check ("fromOn" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
alter table "WeeklySummary" add constraint "WeeklySummary_toOn_check" check ("toOn" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
alter table "WeeklySummary" enable row level security;
alter table "WeeklySummary" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "WeeklySummary" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "WeeklySummary" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert on "WeeklySummary" to spotter_app;
