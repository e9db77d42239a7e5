-- Campaigns are of the club's own making, as many as it likes.
alter table "Workflow" drop constraint "Workflow_kind_check";
alter table "Workflow" add constraint "Workflow_kind_check" check (kind = any (
  '{daily_campaigns,past_due,escalation,referral,invoices,door_access,proactive,sequence,campaign,custom}'::text[]));
drop index "Workflow_kind_key";
create unique index "Workflow_kind_key" on "Workflow" ("clubId", kind) where kind not in ('custom', 'campaign') and "archivedAt" is null;
