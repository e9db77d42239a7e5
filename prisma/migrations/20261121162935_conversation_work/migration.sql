-- CreateTable
CREATE TABLE "Snippet" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "updatedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Snippet_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Snippet_id_clubId_key" ON "Snippet"("id", "clubId");

alter table "Snippet" add constraint "Snippet_id_check" check (id ~ '^snip_[0-7][0-9a-hjkmnp-tv-z]{25}$');
create unique index "Snippet_live_key" on "Snippet" ("clubId", lower(name)) where "archivedAt" is null;
alter table "Snippet" enable row level security;
alter table "Snippet" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "Snippet" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "Snippet" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
grant select, insert, update on "Snippet" to spotter_app;

alter table "Handover" drop constraint "Handover_cause_check";
alter table "Handover" add constraint "Handover_cause_check"
  check (cause = any ('{new,taken_over,replied,replied_elsewhere,assigned,handed_back,timer,escalated}'::text[]));

-- What is snoozed wakes by the minute.
create index "Conversation_snooze_idx" on "Conversation" ("snoozedUntil") where status = 'snoozed';

-- Filters of the inbox: by topic, in the order of the list.
create index "Conversation_category_idx" on "Conversation" ("clubId", "lastCategory", "lastMessageAt" desc, id desc);

-- Search over the history. `@@` is not leakproof, so under row-level security no index would serve it; the function reads with
-- its owner's rights and keeps to the club of the session itself. The club is a word of each document: one look into the
-- index finds the club's messages with these words, however many other clubs have them too. Words are cut as `searchWords` cuts them.
create function spotter_search_document(club text, body text) returns tsvector language sql immutable parallel safe as
$$ select to_tsvector('simple'::regconfig, regexp_replace(left(body, 20000), '[^[:alnum:]]+', ' ', 'g')) || array_to_tsvector(array[club]) $$;
create index "Message_search_idx" on "Message" using gin (spotter_search_document("clubId", body)) where direction <> 'event';
create function spotter_search_messages(words text, most integer) returns table ("conversationId" text, "messageId" text)
  language sql stable security definer set search_path = pg_catalog, public as
$$ select m."conversationId", m.id from public."Message" m
   where public.spotter_search_document(m."clubId", m.body) @@ (('''' || public.spotter_club() || '''')::tsquery && to_tsquery('simple'::regconfig, words))
     and m.direction <> 'event' and m."franchiseId" = public.spotter_franchise() and m."clubId" = public.spotter_club()
   order by m."receivedAt" desc limit most $$;
revoke execute on function spotter_search_messages(text, integer) from public;
grant execute on function spotter_search_messages(text, integer) to spotter_app;

alter table "ModelTurn" drop constraint "ModelTurn_purpose_check";
alter table "ModelTurn" add constraint "ModelTurn_purpose_check"
  check (purpose = any ('{answer,summary,review,test,replay,workflow,chat,translation,rewrite}'::text[]));
