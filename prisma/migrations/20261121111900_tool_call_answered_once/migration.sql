-- A tool call is written once and answered once: its answer is the only change it ever sees.
create function spotter_answer_once() returns trigger language plpgsql as
$$ begin
  if tg_op = 'UPDATE' and old.outcome = 'requested' and new.outcome <> 'requested'
     and to_jsonb(old) - array['outcome', 'result', 'finishedAt'] = to_jsonb(new) - array['outcome', 'result', 'finishedAt'] then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;

drop trigger "ToolCall_append_only" on "ToolCall";
create trigger "ToolCall_append_only" before update or delete on "ToolCall" for each row execute function spotter_answer_once();
