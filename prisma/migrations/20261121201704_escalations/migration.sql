-- CreateTable
CREATE TABLE "EscalationRules" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EscalationRules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EscalationChase" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "steps" JSONB NOT NULL,
    "doneCount" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "calledAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EscalationChase_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "EscalationRules_id_clubId_key" ON "EscalationRules"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "EscalationRules_clubId_version_key" ON "EscalationRules"("clubId", "version");

-- CreateIndex
CREATE INDEX "EscalationChase_clubId_conversationId_calledAt_idx" ON "EscalationChase"("clubId", "conversationId", "calledAt");

-- CreateIndex
CREATE UNIQUE INDEX "EscalationChase_id_clubId_key" ON "EscalationChase"("id", "clubId");

alter table "EscalationRules" add constraint "EscalationRules_id_check" check (id ~ '^erul_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "EscalationRules" add constraint "EscalationRules_version_check" check (version > 0);
alter table "EscalationChase" add constraint "EscalationChase_id_check" check (id ~ '^chase_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "EscalationChase" add constraint "EscalationChase_reason_check" check (reason = any
  ('{complaint,wants_person,money,sensitive,unsure,undecided,trouble,missed_call,reminder}'::text[]));
alter table "EscalationChase" add constraint "EscalationChase_status_check" check (status = any ('{open,taken,exhausted}'::text[]));

do $$
declare
  entry record;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  for entry in select unnest('{EscalationRules,EscalationChase}'::text[]) as name loop
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
  end loop;
end $$;
-- A version is written once.
grant select, insert on "EscalationRules", "EscalationChase" to spotter_app;
grant update ("doneCount", status, "endedAt") on "EscalationChase" to spotter_app;
