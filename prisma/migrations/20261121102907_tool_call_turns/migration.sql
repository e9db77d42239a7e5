-- AlterTable
ALTER TABLE "ToolCall" ADD COLUMN     "externalId" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "finishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "turnIndex" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "ToolCall_id_clubId_key" ON "ToolCall"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ToolCall_clubId_agentRunId_turnIndex_externalId_key" ON "ToolCall"("clubId", "agentRunId", "turnIndex", "externalId");

alter table "ToolCall" add constraint "ToolCall_outcome_check" check (outcome = any ('{requested,done,refused,failed}'::text[]));
grant update (outcome, result, "finishedAt") on "ToolCall" to spotter_app;
