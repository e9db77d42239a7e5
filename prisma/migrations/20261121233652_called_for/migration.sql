-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "calledFor" TEXT;

alter table "Conversation" add constraint "Conversation_calledFor_check" check ("calledFor" = any
  ('{complaint,wants_person,money,sensitive,unsure,undecided,trouble,missed_call,reminder}'::text[]));
-- What waits for a person by now was called for what the newest chase of it says.
update "Conversation" c set "calledFor" = (
  select reason from "EscalationChase" e where e."clubId" = c."clubId" and e."conversationId" = c.id order by e."calledAt" desc limit 1)
  where c."needsYou" = 'escalation';
