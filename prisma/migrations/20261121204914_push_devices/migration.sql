-- CreateTable
CREATE TABLE "PushDevice" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PushDevice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PushDevice_clubId_userId_idx" ON "PushDevice"("clubId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "PushDevice_id_clubId_key" ON "PushDevice"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "PushDevice_clubId_endpoint_key" ON "PushDevice"("clubId", "endpoint");

alter table "PushDevice" add constraint "PushDevice_id_check" check (id ~ '^pdev_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "PushDevice" enable row level security;
alter table "PushDevice" force row level security;
do $$
declare in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  execute format('create policy owner_backfill on "PushDevice" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "PushDevice" to spotter_app using (%s) with check (%s)', in_club, in_club);
end $$;
-- A browser that is gone is no history: its row goes with it.
grant select, insert, delete on "PushDevice" to spotter_app;
grant update ("userId", p256dh, auth) on "PushDevice" to spotter_app;
