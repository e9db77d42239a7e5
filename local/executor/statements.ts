import type { Statement } from "./database.ts";
import type { RunJob } from "./run-state.ts";
import type { OwnJob } from "./store.ts";

export type WrittenRow = { is_stored: boolean; run_ids: string[]; event_ids: string[] };
export type DueRow = {
  id: string;
  kind: RunJob["kind"] | OwnJob["kind"];
  run_id: string | null;
  step_id: string | null;
  function_id: string | null;
  slots: string | null;
  due_at: Date;
  payload: string | null;
};
export type WaitingRow = {
  run_id: string;
  step_id: string;
  event_name: string;
  expression: string | null;
  event: string;
  created_at: Date;
};
export type OwnJobRow = {
  id: string;
  kind: OwnJob["kind"];
  function_id: string | null;
  due_at: Date;
  created_at: Date;
  payload: string;
};
export type RunRow = {
  id: string;
  function_id: string;
  event: string;
  slots: string;
  parent: string | null;
  created_at: Date;
  revision: number;
  steps: { step_id: string; outcome: string }[];
  jobs: {
    kind: RunJob["kind"];
    step_id: string;
    due_at: string;
    created_at: string;
    attempt: number;
    event_name: string | null;
    expression: string | null;
    is_race: boolean;
  }[];
};

const JOB_COLUMNS =
  "id text, kind text, run_id text, step_id text, function_id text, due_at timestamptz, created_at timestamptz, attempt integer, event_name text, expression text, is_race boolean, payload text";
const JOB_NAMES = JOB_COLUMNS.replaceAll(/ (text|timestamptz|integer|boolean)/g, "");

/**
 * The only statement that changes runs, jobs and events. $1 run, $2 its revision, $3 end status, $4 end outcome, $5 now,
 * $6 jobs to remove, $7 steps, $8 jobs, $9 new runs, $10 events, $11 ids of events that are routed now.
 * A run that exists already gets no second first call, so routing an event twice changes nothing.
 */
export const WRITE: Statement = {
  name: "write",
  text: `
    with moved as (
      update runs set revision = revision + 1, status = coalesce($3, status), outcome = $4::text,
        ended_at = case when $3::text is null then null else $5::timestamptz end
      where id = $1 and revision = $2 and ended_at is null
      returning id
    ), go as (
      select 1 where $1::text is null or exists (select from moved)
    ), removed as (
      delete from jobs using go
      where jobs.id = any($6::text[]) or ($3::text is not null and jobs.run_id = $1)
    ), added_steps as (
      insert into steps (run_id, step_id, position, outcome)
      select $1, s.step_id, s.position, s.outcome
      from go, json_to_recordset($7::json) as s (step_id text, position integer, outcome text)
    ), added_jobs as (
      insert into jobs (${JOB_NAMES})
      select j.* from go, json_to_recordset($8::json) as j (${JOB_COLUMNS})
      on conflict (id) do update set kind = excluded.kind, due_at = excluded.due_at, created_at = excluded.created_at,
        attempt = excluded.attempt, event_name = excluded.event_name, expression = excluded.expression,
        is_race = excluded.is_race, payload = excluded.payload
    ), born as (
      insert into runs (id, function_id, event, slots, parent, created_at)
      select r.* from go, json_to_recordset($9::json)
        as r (id text, function_id text, event text, slots text, parent text, created_at timestamptz)
      on conflict (id) do nothing
      returning id, created_at
    ), first_calls as (
      insert into jobs (id, kind, run_id, step_id, due_at, created_at)
      select id || '/step', 'call', id, 'step', created_at, created_at from born
    ), received as (
      insert into events (id, body, received_at)
      select e.id, e.body, e.received_at
      from go, json_to_recordset($10::json) as e (id text, body text, received_at timestamptz)
      on conflict (id) do update set body = excluded.body, received_at = excluded.received_at, is_routed = false
        where events.is_routed and events.received_at < excluded.received_at - interval '24 hours'
      returning id
    ), routed as (
      update events set is_routed = true from go where events.id = any($11::text[])
    )
    select exists (select from go) as is_stored,
      coalesce((select array_agg(id) from born), '{}') as run_ids,
      coalesce((select array_agg(id) from received), '{}') as event_ids`,
};

export const LOAD_RUN: Statement = {
  name: "load-run",
  text: `
    select id, function_id, event, slots, parent, created_at, revision,
      coalesce((select json_agg(json_build_object('step_id', step_id, 'outcome', outcome) order by position)
        from steps where run_id = runs.id), '[]') as steps,
      coalesce((select json_agg(jobs) from jobs where run_id = runs.id), '[]') as jobs
    from runs where id = $1 and ended_at is null`,
};

export const LOAD_OUTCOME: Statement = {
  name: "load-outcome",
  text: "select status, outcome from runs where id = $1",
};

export const LIST_DUE: Statement = {
  name: "list-due",
  text: `
    select j.id, j.kind, j.run_id, j.step_id, coalesce(r.function_id, j.function_id) as function_id, r.slots, j.due_at, j.payload
    from jobs j left join runs r on r.id = j.run_id
    where (j.due_at, j.id) > ($1, $2) and j.due_at <= $3
    order by j.due_at, j.id limit $4`,
};

export const LIST_UNROUTED: Statement = {
  name: "list-unrouted",
  text: "select body, received_at from events where not is_routed order by received_at, id limit $1",
};

export const LIST_WAITING: Statement = {
  name: "list-waiting",
  text: `
    select j.run_id, j.step_id, j.event_name, j.expression, j.created_at, r.event
    from jobs j join runs r on r.id = j.run_id
    where j.kind = 'wait' and j.event_name = any($1)`,
};

export const LIST_WAITED_NAMES: Statement = {
  name: "list-waited-names",
  text: "select distinct event_name from jobs where kind = 'wait'",
};

export const LIST_OPEN_RUNS: Statement = {
  name: "list-open-runs",
  text: "select id, event, created_at from runs where function_id = $1 and ended_at is null",
};

export const FIND_OWN_JOB: Statement = {
  name: "find-own-job",
  text: "select id, kind, function_id, due_at, created_at, payload from jobs where id = $1 and run_id is null",
};

export const LIST_FUNCTIONS: Statement = { name: "list-functions", text: "select app, config from functions" };

export const REPLACE_FUNCTIONS: Statement = {
  name: "replace-functions",
  text: `
    with given as (
      select * from json_to_recordset($2::json) as f (id text, config text)
    ), gone as (
      delete from functions where app = $1 and id not in (select id from given) returning id
    ), stored as (
      insert into functions (id, app, config, registered_at) select id, $1, config, now() from given
      on conflict (id) do update set app = excluded.app, config = excluded.config, registered_at = excluded.registered_at
    ), crons as (
      select * from json_to_recordset($3::json) as j (${JOB_COLUMNS})
    ), stopped as (
      delete from jobs where kind = 'cron' and id not in (select id from crons)
        and (function_id in (select id from given) or function_id in (select id from gone))
    )
    insert into jobs (${JOB_NAMES}) select * from crons on conflict (id) do nothing`,
};

export const PRUNE: Statement = {
  name: "prune",
  text: `
    with old_runs as (
      delete from runs where id in (select id from runs where ended_at < $1 order by ended_at limit $2) returning 1
    ), old_events as (
      delete from events where id in (select id from events where is_routed and received_at < $1 order by received_at limit $2)
      returning 1
    )
    select greatest((select count(*) from old_runs), (select count(*) from old_events))::integer as count`,
};
