-- CreateTable
CREATE TABLE "MessageTranslation" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageTranslation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "MessageTranslation_id_clubId_key" ON "MessageTranslation"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "MessageTranslation_clubId_messageId_language_key" ON "MessageTranslation"("clubId", "messageId", "language");

alter table "MessageTranslation" add constraint "MessageTranslation_id_check" check (id ~ '^trl_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "MessageTranslation" add constraint "MessageTranslation_source_check" check (source = any ('{model,staff}'::text[]));
alter table "MessageTranslation" enable row level security;
alter table "MessageTranslation" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "MessageTranslation" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "MessageTranslation" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
-- A translation is made once and stays.
grant select, insert on "MessageTranslation" to spotter_app;

alter table "ModelTurn" drop constraint "ModelTurn_purpose_check";
alter table "ModelTurn" add constraint "ModelTurn_purpose_check"
  check (purpose = any ('{answer,summary,review,test,replay,workflow,chat,translation}'::text[]));
