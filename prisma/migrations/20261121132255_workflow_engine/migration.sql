-- DropIndex
DROP INDEX "WorkflowOutcome_clubId_workflowRunId_contactId_key";

-- DropIndex
DROP INDEX "WorkflowRun_clubId_workflowVersionId_period_isDryRun_key";

-- AlterTable
ALTER TABLE "Template" ADD COLUMN     "createdById" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'own';

-- AlterTable
ALTER TABLE "Workflow" DROP COLUMN "stage",
ADD COLUMN     "firstLiveApprovedAt" TIMESTAMPTZ(3),
ADD COLUMN     "firstLiveApprovedById" TEXT,
ADD COLUMN     "lastSlotAt" TIMESTAMPTZ(3),
ADD COLUMN     "liveSince" TIMESTAMPTZ(3),
ADD COLUMN     "nextDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "previewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedById" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "WorkflowOutcome" ADD COLUMN     "action" TEXT,
ADD COLUMN     "claimedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "fields" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "group" TEXT,
ADD COLUMN     "isDryRun" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "memberId" TEXT,
ADD COLUMN     "period" TEXT NOT NULL,
ADD COLUMN     "settledAt" TIMESTAMPTZ(3),
ADD COLUMN     "templateId" TEXT,
ADD COLUMN     "templateKey" TEXT,
ADD COLUMN     "text" TEXT,
ADD COLUMN     "updatedAt" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "variant" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "workflowId" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "WorkflowRun" ADD COLUMN     "approvedAt" TIMESTAMPTZ(3),
ADD COLUMN     "approvedById" TEXT,
ADD COLUMN     "claimedBy" TEXT,
ADD COLUMN     "counts" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "cursor" TEXT,
ADD COLUMN     "endedById" TEXT,
ADD COLUMN     "failureDetail" TEXT,
ADD COLUMN     "leaseUntil" TIMESTAMPTZ(3),
ADD COLUMN     "onlyContactId" TEXT,
ADD COLUMN     "openCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "phase" TEXT NOT NULL DEFAULT 'planning',
ADD COLUMN     "subjectCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "texts" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "trigger" TEXT NOT NULL,
ADD COLUMN     "wakeAt" TIMESTAMPTZ(3),
ADD COLUMN     "workflowId" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "StandingApproval" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "templateId" TEXT NOT NULL,
    "textHash" TEXT NOT NULL,
    "groupSize" INTEGER NOT NULL,
    "approvedById" TEXT NOT NULL,
    "approvedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "fallReason" TEXT,
    "fallenAt" TIMESTAMPTZ(3),

    CONSTRAINT "StandingApproval_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StandingApproval_clubId_workflowId_group_idx" ON "StandingApproval"("clubId", "workflowId", "group");

-- CreateIndex
CREATE UNIQUE INDEX "StandingApproval_id_clubId_key" ON "StandingApproval"("id", "clubId");

-- CreateIndex
CREATE INDEX "WorkflowOutcome_clubId_workflowRunId_outcome_id_idx" ON "WorkflowOutcome"("clubId", "workflowRunId", "outcome", "id");

-- CreateIndex
CREATE INDEX "WorkflowOutcome_clubId_contactId_createdAt_idx" ON "WorkflowOutcome"("clubId", "contactId", "createdAt");

-- CreateIndex
CREATE INDEX "WorkflowOutcome_clubId_effectId_idx" ON "WorkflowOutcome"("clubId", "effectId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowOutcome_id_clubId_key" ON "WorkflowOutcome"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowOutcome_clubId_workflowId_period_contactId_key" ON "WorkflowOutcome"("clubId", "workflowId", "period", "contactId");

-- CreateIndex
CREATE INDEX "WorkflowRun_clubId_startedAt_id_idx" ON "WorkflowRun"("clubId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowRun_clubId_workflowId_period_key" ON "WorkflowRun"("clubId", "workflowId", "period");

-- AddForeignKey
ALTER TABLE "WorkflowRun" ADD CONSTRAINT "WorkflowRun_workflowId_clubId_fkey" FOREIGN KEY ("workflowId", "clubId") REFERENCES "Workflow"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StandingApproval" ADD CONSTRAINT "StandingApproval_workflowId_clubId_fkey" FOREIGN KEY ("workflowId", "clubId") REFERENCES "Workflow"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;


alter table "StandingApproval" add constraint "StandingApproval_id_check" check (id ~ '^wfa_[0-7][0-9a-hjkmnp-tv-z]{25}$');

-- Closed words. No row of these tables has been written before this migration.
alter table "WorkflowOutcome" drop constraint "WorkflowOutcome_outcome_check";
do $$
declare entry record;
begin
  for entry in
    select * from (values
      ('Workflow','kind','daily_campaigns past_due escalation referral invoices door_access proactive custom'),
      ('WorkflowRun','trigger','schedule manual payment preview'),
      ('WorkflowRun','phase','planning writing approving acting reporting ended'),
      ('WorkflowOutcome','outcome','planned deferred needs_approval unknown sent done skipped suppressed failed cancelled'),
      ('Template','source','own written'),
      ('Template','purpose','service billing marketing collections'),
      ('StandingApproval','fallReason','expired text_changed group_grew replaced')
    ) as words(name, col, allowed)
  loop
    execute format('alter table %I add constraint %I check (%I = any (%L::text[]))',
      entry.name, entry.name || '_' || entry.col || '_check', entry.col, string_to_array(entry.allowed, ' '));
  end loop;
end $$;
alter table "WorkflowRun" add constraint "WorkflowRun_counts_check" check ("subjectCount" >= 0 and "openCount" >= 0);
-- A run has ended exactly when its phase says so.
alter table "WorkflowRun" add constraint "WorkflowRun_end_check"
  check ((status in ('completed', 'failed', 'cancelled')) = ("finishedAt" is not null));
-- What a dry run would do it never did.
alter table "WorkflowOutcome" add constraint "WorkflowOutcome_dry_check" check (not "isDryRun" or "effectId" is null);
alter table "StandingApproval" add constraint "StandingApproval_fall_check" check (("fallReason" is null) = ("fallenAt" is null));

-- One of each kind in a club but of the owner's own; one run of a workflow at a time that does something of itself;
-- one yes that holds for a group; one version of a text under each number.
create unique index "Workflow_kind_key" on "Workflow" ("clubId", kind) where kind <> 'custom' and "archivedAt" is null;
create unique index "WorkflowRun_running_key" on "WorkflowRun" ("clubId", "workflowId")
  where status in ('queued', 'running') and trigger in ('schedule', 'manual');
create unique index "StandingApproval_live_key" on "StandingApproval" ("clubId", "workflowId", "group") where "fallenAt" is null;
create unique index "Template_version_key" on "Template" ("franchiseId", coalesce("clubId", ''), key, source, version);
-- The looks of each minute, over all clubs.
create index "Workflow_due_idx" on "Workflow" ("nextDueAt") where "isOn" and not "isPaused" and "archivedAt" is null;
create index "WorkflowRun_unfinished_idx" on "WorkflowRun" ("startedAt") where status in ('queued', 'running') or "openCount" > 0;
create index "WorkflowOutcome_open_idx" on "WorkflowOutcome" ("clubId", "workflowId", "contactId")
  where outcome in ('planned', 'deferred', 'needs_approval', 'unknown') and not "isDryRun";

alter table "StandingApproval" enable row level security;
alter table "StandingApproval" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "StandingApproval" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "StandingApproval" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert, update on "StandingApproval" to spotter_app;

create policy system on "Workflow" for select to spotter_system using (true);
create policy system on "WorkflowRun" for select to spotter_system using (true);
grant select (id, "franchiseId", "clubId", kind, "isOn", "isPaused", "nextDueAt", "archivedAt") on "Workflow" to spotter_system;
grant select (id, "franchiseId", "clubId", "workflowId", status, phase, "openCount", "leaseUntil", "wakeAt", "startedAt") on "WorkflowRun" to spotter_system;
