-- CreateTable
CREATE TABLE "FirstRunStep" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "articleId" TEXT,
    "doneById" TEXT NOT NULL,
    "doneAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FirstRunStep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "FirstRunStep_id_clubId_key" ON "FirstRunStep"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "FirstRunStep_clubId_step_key" ON "FirstRunStep"("clubId", "step");

alter table "FirstRunStep" add constraint "FirstRunStep_id_check" check (id ~ '^frs_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "FirstRunStep" add constraint "FirstRunStep_state_check" check (state = any ('{done,skipped}'::text[]));
alter table "FirstRunStep" add constraint "FirstRunStep_step_check" check (step = any ('{begun,connect,opening_hours,staffed_hours,holidays,prices,guests,freeze_cancel,parking,classes_bays,lost_found,contact,try,finished}'::text[]));
alter table "FirstRunStep" enable row level security;
alter table "FirstRunStep" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "FirstRunStep" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "FirstRunStep" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert on "FirstRunStep" to spotter_app;
grant update (state, "articleId", "doneById", "doneAt") on "FirstRunStep" to spotter_app;

-- Whoever signs up makes their own franchise and its clubs. The policies of both tables let a row in only under the
-- franchise that the transaction is set to, so a new one can never lie in somebody else's.
grant insert on "Franchise", "Club" to spotter_app;
grant update (name) on "Franchise" to spotter_app;
