-- AlterTable
ALTER TABLE "NotificationDelivery" ADD COLUMN     "tryCount" INTEGER NOT NULL DEFAULT 0;

alter table "NotificationDelivery" add constraint "NotificationDelivery_tryCount_check" check ("tryCount" >= 0);
grant update ("dueAt", "tryCount") on "NotificationDelivery" to spotter_app;
