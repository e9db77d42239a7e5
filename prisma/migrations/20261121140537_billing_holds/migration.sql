-- AlterTable
ALTER TABLE "CollectionAttempt" ADD COLUMN     "note" TEXT,
ADD COLUMN     "wordingKey" TEXT;

-- AlterTable
ALTER TABLE "PaymentPromise" ADD COLUMN     "conversationId" TEXT,
ADD COLUMN     "dueWhenMadeMinor" BIGINT NOT NULL,
ADD COLUMN     "madeBy" TEXT NOT NULL,
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3),
ADD COLUMN     "thankedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DebtEpisode" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "startedOn" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "dueMinor" BIGINT NOT NULL,
    "peakMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "notedReasons" JSONB NOT NULL DEFAULT '[]',
    "lockRequestedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DebtEpisode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BillingHold" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "messageId" TEXT,
    "placedBy" TEXT NOT NULL,
    "releasedAt" TIMESTAMPTZ(3),
    "releasedBy" TEXT,
    "releaseReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BillingHold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessLock" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "episodeOn" TEXT NOT NULL,
    "boundMinor" BIGINT NOT NULL,
    "dueMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "effectId" TEXT,
    "status" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "lockedAt" TIMESTAMPTZ(3),
    "unlockEffectId" TEXT,
    "unlockedAt" TIMESTAMPTZ(3),
    "unlockReason" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccessLock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LockWarning" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "episodeOn" TEXT NOT NULL,
    "namesOn" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LockWarning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReferralCase" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "episodeOn" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "effectId" TEXT,
    "dossier" JSONB NOT NULL DEFAULT '{}',
    "firstApprovedBy" TEXT,
    "secondApprovedBy" TEXT,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "exportedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReferralCase_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DebtEpisode_clubId_contactId_startedOn_idx" ON "DebtEpisode"("clubId", "contactId", "startedOn");

-- CreateIndex
CREATE UNIQUE INDEX "DebtEpisode_id_clubId_key" ON "DebtEpisode"("id", "clubId");

-- CreateIndex
CREATE INDEX "BillingHold_clubId_contactId_kind_idx" ON "BillingHold"("clubId", "contactId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "BillingHold_id_clubId_key" ON "BillingHold"("id", "clubId");

-- CreateIndex
CREATE INDEX "AccessLock_clubId_contactId_status_idx" ON "AccessLock"("clubId", "contactId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "AccessLock_id_clubId_key" ON "AccessLock"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AccessLock_clubId_memberId_episodeOn_key" ON "AccessLock"("clubId", "memberId", "episodeOn");

-- CreateIndex
CREATE INDEX "LockWarning_clubId_contactId_createdAt_idx" ON "LockWarning"("clubId", "contactId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "LockWarning_id_clubId_key" ON "LockWarning"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "LockWarning_clubId_effectId_key" ON "LockWarning"("clubId", "effectId");

-- CreateIndex
CREATE INDEX "ReferralCase_clubId_contactId_status_idx" ON "ReferralCase"("clubId", "contactId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "ReferralCase_id_clubId_key" ON "ReferralCase"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentPromise_id_clubId_key" ON "PaymentPromise"("id", "clubId");

-- AddForeignKey
ALTER TABLE "DebtEpisode" ADD CONSTRAINT "DebtEpisode_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BillingHold" ADD CONSTRAINT "BillingHold_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessLock" ADD CONSTRAINT "AccessLock_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LockWarning" ADD CONSTRAINT "LockWarning_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferralCase" ADD CONSTRAINT "ReferralCase_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

do $$
declare entry record;
begin
  for entry in
    select * from (values ('DebtEpisode','debt'), ('BillingHold','hold'), ('AccessLock','lock'), ('LockWarning','lwrn'), ('ReferralCase','refc')) as ids(name, prefix)
  loop
    execute format('alter table %I add constraint %I check (id ~ %L)',
      entry.name, entry.name || '_id_check', '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
  end loop;
  -- Closed words.
  for entry in
    select * from (values
      ('BillingHold','kind','plan hardship dispute paid_claim exemption'),
      ('AccessLock','status','asked planned locked dropped unlocked'),
      ('AccessLock','unlockReason','paid exemption person'),
      ('ReferralCase','status','proposed approved rejected exported withdrawn'),
      ('CollectionAttempt','tier','friendly firm final call')
    ) as words(name, col, allowed)
  loop
    execute format('alter table %I add constraint %I check (%I = any (%L::text[]))',
      entry.name, entry.name || '_' || entry.col || '_check', entry.col, string_to_array(entry.allowed, ' '));
  end loop;
  -- Calendar days.
  for entry in
    select * from (values ('DebtEpisode','startedOn'), ('PaymentPromise','promisedOn'), ('CollectionAttempt','episodeOn'),
      ('AccessLock','episodeOn'), ('LockWarning','episodeOn'), ('LockWarning','namesOn'), ('ReferralCase','episodeOn')) as days(name, col)
  loop
    execute format('alter table %I add constraint %I check (%I ~ ''^\d{4}-\d\d-\d\d$'')', entry.name, entry.name || '_' || entry.col || '_check', entry.col);
  end loop;
end $$;
alter table "DebtEpisode" add constraint "DebtEpisode_peak_check" check ("peakMinor" >= "dueMinor" and "peakMinor" > 0);
alter table "BillingHold" add constraint "BillingHold_span_check" check (until is null or until > since);
alter table "BillingHold" add constraint "BillingHold_release_check" check (("releasedAt" is null) = ("releasedBy" is null));
alter table "PaymentPromise" add constraint "PaymentPromise_amount_check" check ("amountMinor" is null or "amountMinor" > 0);
alter table "PaymentPromise" add constraint "PaymentPromise_settled_check" check ((status = 'open') = ("settledAt" is null));
alter table "AccessLock" add constraint "AccessLock_bound_check" check ("boundMinor" > 0);
-- Two people, never one twice.
alter table "ReferralCase" add constraint "ReferralCase_approval_check"
  check (status not in ('approved', 'exported') or ("firstApprovedBy" is not null and "secondApprovedBy" is not null and "firstApprovedBy" <> "secondApprovedBy"));
alter table "ReferralCase" add constraint "ReferralCase_export_check" check ((status = 'exported') = ("exportedAt" is not null));

-- One episode at a time and one a day; one hold of a kind at a time; each message heard once; one open promise; one attempt an effect; one case an episode.
create unique index "DebtEpisode_open_key" on "DebtEpisode" ("clubId", "contactId") where "endedAt" is null;
create unique index "DebtEpisode_day_key" on "DebtEpisode" ("clubId", "contactId", "startedOn");
create unique index "BillingHold_open_key" on "BillingHold" ("clubId", "contactId", kind) where "releasedAt" is null;
create unique index "BillingHold_message_key" on "BillingHold" ("clubId", "messageId", kind) where "messageId" is not null;
create unique index "PaymentPromise_open_key" on "PaymentPromise" ("clubId", "contactId") where status = 'open';
create unique index "PaymentPromise_message_key" on "PaymentPromise" ("clubId", "messageId") where "messageId" is not null;
create unique index "CollectionAttempt_effect_key" on "CollectionAttempt" ("clubId", "effectId") where "effectId" is not null;
create unique index "ReferralCase_episode_key" on "ReferralCase" ("clubId", "contactId", "episodeOn") where status <> 'withdrawn';

do $$
declare
  name text;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  foreach name in array '{DebtEpisode,BillingHold,AccessLock,LockWarning,ReferralCase}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', name, in_club, in_club);
  end loop;
end $$;
grant select, insert, update on "DebtEpisode", "BillingHold", "AccessLock", "ReferralCase" to spotter_app;
-- A warning is sent or it is not: what became of it stands with its effect.
grant select, insert on "LockWarning" to spotter_app;
-- Who is paid for by somebody else is found by the payer.
create index "Member_payer_idx" on "Member" ("clubId", "connectionId", "payerExternalId") where "payerExternalId" is not null and "archivedAt" is null;
