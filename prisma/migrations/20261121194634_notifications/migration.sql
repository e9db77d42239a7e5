-- CreateTable
CREATE TABLE "NotificationSettings" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotificationSettings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "subjectId" TEXT,
    "isListed" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "notificationId" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "effectId" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "NotificationDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NotificationSettings_id_clubId_key" ON "NotificationSettings"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationSettings_clubId_userId_key" ON "NotificationSettings"("clubId", "userId");

-- CreateIndex
CREATE INDEX "Notification_clubId_userId_createdAt_idx" ON "Notification"("clubId", "userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Notification_clubId_batchId_idx" ON "Notification"("clubId", "batchId");

-- CreateIndex
CREATE UNIQUE INDEX "Notification_id_clubId_key" ON "Notification"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_id_clubId_key" ON "NotificationDelivery"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_clubId_notificationId_way_key" ON "NotificationDelivery"("clubId", "notificationId", "way");

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_notificationId_clubId_fkey" FOREIGN KEY ("notificationId", "clubId") REFERENCES "Notification"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "NotificationSettings" add constraint "NotificationSettings_id_check" check (id ~ '^nset_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "Notification" add constraint "Notification_id_check" check (id ~ '^noti_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "Notification" add constraint "Notification_kind_check" check (kind = any
  ('{emergency,needs_you,assigned,approval,draft,failed_send,connection,run,limit,decision,report,daily_brief,weekly_summary}'::text[]));
alter table "NotificationDelivery" add constraint "NotificationDelivery_id_check" check (id ~ '^ndel_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "NotificationDelivery" add constraint "NotificationDelivery_way_check" check (way = any ('{sms,email,slack,push}'::text[]));
alter table "NotificationDelivery" add constraint "NotificationDelivery_status_check"
  check (status = any ('{due,handed_over,dropped}'::text[]));

-- What nobody has read, and what is still open when its thing is done.
create index "Notification_unread_idx" on "Notification" ("clubId", "userId", "createdAt") where "isListed" and "readAt" is null and "settledAt" is null;
create index "Notification_subject_idx" on "Notification" ("clubId", "subjectId") where "settledAt" is null;
create index "NotificationDelivery_due_idx" on "NotificationDelivery" ("dueAt", id) where status = 'due';

do $$
declare
  entry record;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  for entry in select unnest('{NotificationSettings,Notification,NotificationDelivery}'::text[]) as name loop
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
  end loop;
end $$;
create policy system on "NotificationDelivery" for select to spotter_system using (true);
grant select (id, "franchiseId", "clubId", status, "dueAt") on "NotificationDelivery" to spotter_system;
grant select, insert on "NotificationSettings", "Notification", "NotificationDelivery" to spotter_app;
grant update (document, "updatedAt") on "NotificationSettings" to spotter_app;
grant update ("readAt", "settledAt") on "Notification" to spotter_app;
grant update (status, reason, "effectId", "settledAt") on "NotificationDelivery" to spotter_app;
