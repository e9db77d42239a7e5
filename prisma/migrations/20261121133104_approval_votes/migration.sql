-- AlterTable
ALTER TABLE "Approval" ADD COLUMN     "basis" JSONB,
ADD COLUMN     "changes" JSONB,
ADD COLUMN     "replacesId" TEXT,
ADD COLUMN     "requiredCount" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "ApprovalVote" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "approvalId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "votedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ApprovalVote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApprovalVote_id_clubId_key" ON "ApprovalVote"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ApprovalVote_clubId_approvalId_userId_key" ON "ApprovalVote"("clubId", "approvalId", "userId");

-- CreateIndex
CREATE INDEX "Approval_clubId_effectId_idx" ON "Approval"("clubId", "effectId");

-- AddForeignKey
ALTER TABLE "ApprovalVote" ADD CONSTRAINT "ApprovalVote_approvalId_clubId_fkey" FOREIGN KEY ("approvalId", "clubId") REFERENCES "Approval"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "ApprovalVote" add constraint "ApprovalVote_id_check" check (id ~ '^vote_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "Approval" add constraint "Approval_requiredCount_check" check ("requiredCount" between 1 and 3);

alter table "ApprovalVote" enable row level security;
alter table "ApprovalVote" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "ApprovalVote" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "ApprovalVote" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
-- A yes that was given is never taken back or changed.
grant select, insert on "ApprovalVote" to spotter_app;
