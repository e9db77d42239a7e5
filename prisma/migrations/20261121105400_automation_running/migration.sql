-- Between the member's yes and the vendor's word how it ended, an automation's action runs.
alter table "AutomationUse" drop constraint "AutomationUse_outcome_check";
alter table "AutomationUse" add constraint "AutomationUse_outcome_check"
  check (outcome = any ('{answered,asked,awaiting_confirmation,awaiting_approval,running,succeeded,failed,declined,expired,handed_over}'::text[]));

-- Whoever asked for a deed may let it happen by their own yes; a door is opened by nobody without a person of the club.
alter table "Effect" add column "confirmationId" text;
alter table "Effect" drop constraint "Effect_approval_check";
alter table "Effect" add constraint "Effect_approval_check"
  check (not "needsApproval" or "approvedById" is not null or "confirmationId" is not null or status in ('planned', 'dropped'));
alter table "Effect" add constraint "Effect_confirmation_check" check ("confirmationId" is null or kind <> 'door.pulse');
