-- CreateTable
CREATE TABLE "SequenceEnrollment" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "workflowRunId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "sequence" TEXT NOT NULL,
    "causeKey" TEXT NOT NULL,
    "signalsSince" TIMESTAMPTZ(3) NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "nextStep" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),
    "exit" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SequenceEnrollment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SequenceEnrollment_clubId_contactId_enteredAt_idx" ON "SequenceEnrollment"("clubId", "contactId", "enteredAt");

-- CreateIndex
CREATE UNIQUE INDEX "SequenceEnrollment_id_clubId_key" ON "SequenceEnrollment"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "SequenceEnrollment_clubId_sequence_causeKey_key" ON "SequenceEnrollment"("clubId", "sequence", "causeKey");

-- AddForeignKey
ALTER TABLE "SequenceEnrollment" ADD CONSTRAINT "SequenceEnrollment_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SequenceEnrollment" ADD CONSTRAINT "SequenceEnrollment_workflowId_clubId_fkey" FOREIGN KEY ("workflowId", "clubId") REFERENCES "Workflow"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "SequenceEnrollment" add constraint "SequenceEnrollment_id_check" check (id ~ '^seq_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "SequenceEnrollment" add constraint "SequenceEnrollment_sequence_check" check (sequence = any ('{no_show,silent_lead,new_lead,win_back}'::text[]));
alter table "SequenceEnrollment" add constraint "SequenceEnrollment_exit_check" check (exit = any (
  '{opted_out,agent_off,replied,booked,paid,joined,visited,left,switched_off,not_sent,too_late}'::text[]));
alter table "SequenceEnrollment" add constraint "SequenceEnrollment_step_check" check ("nextStep" >= 0);
-- Whoever is on the way waits for a step; whoever left did so for a reason and at a time.
alter table "SequenceEnrollment" add constraint "SequenceEnrollment_status_check" check (
  (status = 'active' and "dueAt" is not null and exit is null and "endedAt" is null)
  or (status = 'finished' and "dueAt" is null and exit is null and "endedAt" is not null)
  or (status = 'exited' and "dueAt" is null and exit is not null and "endedAt" is not null));
-- Nobody is in two sequences at a time.
create unique index "SequenceEnrollment_active_key" on "SequenceEnrollment" ("clubId", "contactId") where status = 'active';

alter table "SequenceEnrollment" enable row level security;
alter table "SequenceEnrollment" force row level security;
do $$
declare
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "SequenceEnrollment" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "SequenceEnrollment" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert on "SequenceEnrollment" to spotter_app;
grant update (status, "nextStep", "dueAt", exit, "endedAt", "updatedAt") on "SequenceEnrollment" to spotter_app;

-- A kind of its own, one in each club.
alter table "Workflow" drop constraint "Workflow_kind_check";
alter table "Workflow" add constraint "Workflow_kind_check" check (kind = any (
  '{daily_campaigns,past_due,escalation,referral,invoices,door_access,proactive,sequence,custom}'::text[]));
