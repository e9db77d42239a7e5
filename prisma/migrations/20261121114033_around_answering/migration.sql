-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "acknowledgedAt" TIMESTAMPTZ(3),
ADD COLUMN     "acknowledgedById" TEXT;

-- AlterTable
ALTER TABLE "ContactVerification" ADD COLUMN     "claimedAt" TIMESTAMPTZ(3),
ADD COLUMN     "closedAt" TIMESTAMPTZ(3),
ALTER COLUMN "memberId" DROP NOT NULL,
ALTER COLUMN "expiresAt" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Brief" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "figures" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Brief_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Brief_id_clubId_key" ON "Brief"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Brief_clubId_onDate_key" ON "Brief"("clubId", "onDate");

-- CreateIndex
CREATE INDEX "ContactVerification_clubId_contactId_verifiedAt_idx" ON "ContactVerification"("clubId", "contactId", "verifiedAt");

-- CreateIndex
CREATE INDEX "ContactVerification_clubId_memberId_createdAt_idx" ON "ContactVerification"("clubId", "memberId", "createdAt");

alter table "Brief" add constraint "Brief_id_check" check (id ~ '^brief_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "Brief" add constraint "Brief_onDate_check" check ("onDate" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
alter table "ContactVerification" add constraint "ContactVerification_proof_check"
  check ("verifiedAt" is null or "memberId" is not null);

alter table "Brief" enable row level security;
alter table "Brief" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "Brief" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "Brief" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
-- A brief is written once.
grant select, insert on "Brief" to spotter_app;
