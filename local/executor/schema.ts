/**
 * Payloads are JSON kept as `text`: they are never looked into here, and `jsonb` refuses the character U+0000, which a
 * member can type. A job without a run is something that the executor itself has to do at a time.
 */
export const SCHEMA = `
  create table if not exists functions (
    id text primary key,
    app text not null,
    config text not null,
    registered_at timestamptz not null
  );
  create table if not exists events (
    id text primary key,
    body text not null,
    received_at timestamptz not null,
    is_routed boolean not null default false
  );
  create index if not exists events_unrouted on events (received_at, id) where not is_routed;
  create index if not exists events_received on events (received_at);
  create table if not exists runs (
    id text primary key,
    function_id text not null,
    event text not null,
    slots text not null,
    parent text,
    created_at timestamptz not null,
    revision integer not null default 0,
    status text not null default 'running',
    outcome text,
    ended_at timestamptz
  );
  create index if not exists runs_open on runs (function_id) where ended_at is null;
  create index if not exists runs_ended on runs (ended_at) where ended_at is not null;
  create table if not exists steps (
    run_id text not null references runs (id) on delete cascade,
    position integer not null,
    step_id text not null,
    outcome text not null,
    primary key (run_id, position)
  );
  create table if not exists jobs (
    id text primary key,
    kind text not null,
    run_id text references runs (id) on delete cascade,
    step_id text,
    function_id text,
    due_at timestamptz not null,
    created_at timestamptz not null,
    attempt integer not null default 0,
    event_name text,
    expression text,
    is_race boolean not null default false,
    payload text
  );
  create index if not exists jobs_due on jobs (due_at, id);
  create index if not exists jobs_of_run on jobs (run_id) where run_id is not null;
  create index if not exists jobs_waiting on jobs (event_name) where kind = 'wait';
`;
