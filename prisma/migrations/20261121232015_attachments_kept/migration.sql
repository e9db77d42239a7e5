-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN     "contentHash" TEXT,
ADD COLUMN     "uploadedById" TEXT,
ALTER COLUMN "messageId" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "Attachment_clubId_createdAt_idx" ON "Attachment"("clubId", "createdAt");

alter table "Attachment" add constraint "Attachment_content_check" check (("content" is null) = ("contentHash" is null));
alter table "Attachment" add constraint "Attachment_owner_check" check ("messageId" is not null or ("uploadedById" is not null and "content" is not null));
-- The hourly look for what was never sent, over all clubs.
create index "Attachment_unsent_idx" on "Attachment" ("createdAt", id) where "messageId" is null;
create policy system on "Attachment" for select to spotter_system using ("messageId" is null);
grant select (id, "franchiseId", "clubId", "messageId", "createdAt") on "Attachment" to spotter_system;
grant update ("messageId", content, "contentHash", "mediaType", "sizeBytes") on "Attachment" to spotter_app;
-- A file of a message stays with it; only one that was never sent goes.
create policy unsent_only on "Attachment" as restrictive for delete to spotter_app using ("messageId" is null);
grant delete on "Attachment" to spotter_app;
