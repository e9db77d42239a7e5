-- AlterTable
ALTER TABLE "EscalationChase" ADD COLUMN     "nextStepAt" TIMESTAMPTZ(3);

-- What is open by now goes on where it stands.
update "EscalationChase" set "nextStepAt" =
  "calledAt" + coalesce((steps -> least("doneCount", jsonb_array_length(steps) - 1) ->> 'afterMinutes')::int, 0) * interval '1 minute'
  where status = 'open';
-- The look of each minute, over all clubs.
create index "EscalationChase_due_idx" on "EscalationChase" ("nextStepAt", id) where status = 'open';
create policy system on "EscalationChase" for select to spotter_system using (true);
grant select (id, "franchiseId", "clubId", status, "nextStepAt") on "EscalationChase" to spotter_system;
grant update ("nextStepAt") on "EscalationChase" to spotter_app;
