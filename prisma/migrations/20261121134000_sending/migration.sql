-- AlterTable
ALTER TABLE "ContactTouch" ADD COLUMN     "isProactive" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "voidedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Effect" ADD COLUMN     "sendEvidence" JSONB;

-- CreateTable
CREATE TABLE "SendingSettings" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SendingSettings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SendingSettings_franchiseId_version_key" ON "SendingSettings"("franchiseId", "version");

-- CreateIndex
CREATE INDEX "ContactTouch_franchiseId_channelKind_at_idx" ON "ContactTouch"("franchiseId", "channelKind", "at");

-- CreateIndex
CREATE INDEX "Effect_clubId_contactId_status_idx" ON "Effect"("clubId", "contactId", "status");

alter table "SendingSettings" add constraint "SendingSettings_id_check" check (id ~ '^send_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "SendingSettings" add constraint "SendingSettings_version_check" check (version > 0);

alter table "SendingSettings" enable row level security;
alter table "SendingSettings" force row level security;
do $$
declare in_franchise constant text := '"franchiseId" = spotter_franchise()';
begin
  execute format('create policy owner_backfill on "SendingSettings" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "SendingSettings" to spotter_app using (%s) with check (%s)', in_franchise, in_franchise);
end $$;
-- A version is written once.
grant select, insert on "SendingSettings" to spotter_app;
-- What was begun and never went out is struck from the budget, and what is begun again counts from then.
grant update (at, "voidedAt", "isProactive") on "ContactTouch" to spotter_app;
