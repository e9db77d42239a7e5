-- CreateTable
CREATE TABLE "AskThread" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AskThread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AskTurn" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "answer" TEXT,
    "heldSpans" JSONB NOT NULL,
    "endCode" TEXT,
    "modelCallCount" INTEGER NOT NULL DEFAULT 0,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AskTurn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AskCall" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "turnId" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "arguments" JSONB NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "summary" TEXT,
    "outcome" TEXT NOT NULL,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "decision" TEXT,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AskCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AskThread_id_clubId_key" ON "AskThread"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AskThread_clubId_userId_key" ON "AskThread"("clubId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "AskTurn_id_clubId_key" ON "AskTurn"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AskTurn_clubId_threadId_number_key" ON "AskTurn"("clubId", "threadId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "AskCall_id_clubId_key" ON "AskCall"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AskCall_clubId_turnId_round_externalId_key" ON "AskCall"("clubId", "turnId", "round", "externalId");

-- AddForeignKey
ALTER TABLE "AskTurn" ADD CONSTRAINT "AskTurn_threadId_clubId_fkey" FOREIGN KEY ("threadId", "clubId") REFERENCES "AskThread"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AskCall" ADD CONSTRAINT "AskCall_turnId_clubId_fkey" FOREIGN KEY ("turnId", "clubId") REFERENCES "AskTurn"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "AskThread" add constraint "AskThread_id_check" check (id ~ '^askt_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "AskTurn" add constraint "AskTurn_id_check" check (id ~ '^ask_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "AskTurn" add constraint "AskTurn_status_check" check (status = any ('{queued,running,done,failed}'::text[]));
alter table "AskTurn" add constraint "AskTurn_number_check" check (number > 0);
alter table "AskCall" add constraint "AskCall_id_check" check (id ~ '^askc_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "AskCall" add constraint "AskCall_outcome_check" check (outcome = any ('{requested,done,refused,failed}'::text[]));
alter table "AskCall" add constraint "AskCall_decision_check" check (decision = any ('{approved,rejected}'::text[]));

-- One question at a time: whoever asks waits for the answer before.
create unique index "AskTurn_open_key" on "AskTurn" ("clubId", "threadId") where status = 'queued' or status = 'running';

do $$
declare
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
  tenant_table text;
begin
  foreach tenant_table in array array['AskThread', 'AskTurn', 'AskCall'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', tenant_table, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', tenant_table, in_club, in_club);
  end loop;
end $$;
grant select, insert on "AskThread" to spotter_app;
grant update ("updatedAt") on "AskThread" to spotter_app;
grant select, insert on "AskTurn" to spotter_app;
grant update (status, answer, "heldSpans", "endCode", "modelCallCount", "costMicros", "startedAt", "finishedAt") on "AskTurn" to spotter_app;
grant select, insert on "AskCall" to spotter_app;
grant update (outcome, result, "finishedAt", decision, "decidedAt") on "AskCall" to spotter_app;
