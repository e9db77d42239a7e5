-- Whoever waits for a step that is taken out of its sequence leaves it.
alter table "SequenceEnrollment" drop constraint "SequenceEnrollment_exit_check";
alter table "SequenceEnrollment" add constraint "SequenceEnrollment_exit_check" check (exit = any (
  '{opted_out,agent_off,replied,booked,paid,joined,visited,left,switched_off,not_sent,too_late,step_removed}'::text[]));

-- The steps of a sequence become a list: the waits a club has set move into it, the texts and conditions are those there were.
create function sequence_step(no integer, key text, condition text, days integer) returns jsonb language sql immutable as $$
  select jsonb_build_object('no', no, 'afterDays', days, 'condition', condition, 'channel', 'best', 'templateKey', key, 'text', null)
$$;
create function sequence_with_steps(settings jsonb) returns jsonb language plpgsql immutable as $$
declare
  name text;
  own jsonb;
  steps jsonb;
  result jsonb := settings;
  wait integer;
begin
  foreach name in array '{no_show,silent_lead,new_lead,win_back}'::text[] loop
    own := settings -> name;
    if own is not null and not own ? 'steps' then
      wait := (own ->> 'secondAfterDays')::integer;
      steps := case name
        when 'no_show' then jsonb_build_array(sequence_step(0, 'no_show_missed', 'always', 0), sequence_step(1, 'no_show_again', 'always', coalesce(wait, 3)))
        when 'silent_lead' then jsonb_build_array(sequence_step(0, 'silent_lead_nudge', 'always', 0), sequence_step(1, 'silent_lead_last', 'always', coalesce(wait, 7)))
        when 'win_back' then jsonb_build_array(sequence_step(0, 'win_back_miss', 'owes_nothing', 0), sequence_step(1, 'win_back_last', 'owes_nothing', coalesce(wait, 14)))
        else jsonb_build_array(sequence_step(0, 'new_lead_hello', 'not_written', 0), sequence_step(1, 'new_lead_question', 'always', coalesce(wait, 2)),
          sequence_step(2, 'new_lead_last', 'always', coalesce((own ->> 'thirdAfterDays')::integer, 5)))
      end;
      result := jsonb_set(result, array[name], (own - 'secondAfterDays' - 'thirdAfterDays') || jsonb_build_object('steps', steps));
    end if;
  end loop;
  return result;
end $$;
update "Workflow" set settings = sequence_with_steps(settings) where kind = 'sequence';
update "WorkflowVersion" v set document = jsonb_set(v.document, '{settings}', sequence_with_steps(v.document -> 'settings'))
from "Workflow" w where w.id = v."workflowId" and w."clubId" = v."clubId" and w.kind = 'sequence' and v.document ? 'settings';
drop function sequence_with_steps(jsonb);
drop function sequence_step(integer, text, text, integer);
