-- AlterTable
ALTER TABLE "Workflow" DROP COLUMN "task",
DROP COLUMN "toolNames";

-- AlterTable
ALTER TABLE "WorkflowRun" ADD COLUMN     "thinking" JSONB;

-- CreateTable
CREATE TABLE "WorkflowCall" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowRunId" TEXT NOT NULL,
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

    CONSTRAINT "WorkflowCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowCall_id_clubId_key" ON "WorkflowCall"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowCall_clubId_workflowRunId_round_externalId_key" ON "WorkflowCall"("clubId", "workflowRunId", "round", "externalId");

-- AddForeignKey
ALTER TABLE "WorkflowCall" ADD CONSTRAINT "WorkflowCall_workflowRunId_clubId_fkey" FOREIGN KEY ("workflowRunId", "clubId") REFERENCES "WorkflowRun"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "WorkflowCall" add constraint "WorkflowCall_id_check" check (id ~ '^wfcall_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "WorkflowCall" add constraint "WorkflowCall_outcome_check" check (outcome = any ('{requested,done,refused,failed}'::text[]));
alter table "WorkflowCall" add constraint "WorkflowCall_round_check" check (round >= 0);

alter table "WorkflowCall" enable row level security;
alter table "WorkflowCall" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "WorkflowCall" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "WorkflowCall" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert on "WorkflowCall" to spotter_app;
grant update (outcome, result, "finishedAt") on "WorkflowCall" to spotter_app;
