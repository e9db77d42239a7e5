-- CreateTable
CREATE TABLE "SentenceVector" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "vector" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SentenceVector_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SentenceVector_franchiseId_digest_key" ON "SentenceVector"("franchiseId", "digest");

alter table "SentenceVector" add constraint "SentenceVector_id_check" check (id ~ '^svec_[0-7][0-9a-hjkmnp-tv-z]{25}$');

alter table "SentenceVector" enable row level security;
alter table "SentenceVector" force row level security;
do $$
declare
  in_franchise constant text := '"franchiseId" = spotter_franchise()';
begin
  execute format('create policy owner_backfill on "SentenceVector" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "SentenceVector" to spotter_app using (%s) with check (%s)', in_franchise, in_franchise);
end $$;
-- What a text means does not change.
grant select, insert on "SentenceVector" to spotter_app;
