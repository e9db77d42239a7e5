-- CreateTable
CREATE TABLE "Booking" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT,
    "placeKey" TEXT,
    "staffName" TEXT,
    "status" TEXT NOT NULL,
    "personExternalId" TEXT,
    "personName" TEXT,
    "personEmail" TEXT,
    "contactId" TEXT,
    "memberId" TEXT,
    "sourceHash" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Booking_clubId_startsAt_id_idx" ON "Booking"("clubId", "startsAt", "id");

-- CreateIndex
CREATE INDEX "Booking_clubId_contactId_startsAt_id_idx" ON "Booking"("clubId", "contactId", "startsAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_id_clubId_key" ON "Booking"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_clubId_connectionId_externalId_key" ON "Booking"("clubId", "connectionId", "externalId");

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

do $$
declare
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  alter table "Booking" add constraint "Booking_id_check" check (id ~ '^book_[0-7][0-9a-hjkmnp-tv-z]{25}$');
  alter table "Booking" add constraint "Booking_kind_check" check (kind = any ('{class,appointment,bay}'::text[]));
  alter table "Booking" add constraint "Booking_status_check" check (status = any ('{booked,cancelled,attended,no_show}'::text[]));
  alter table "Booking" enable row level security;
  alter table "Booking" force row level security;
  execute format('create policy owner_backfill on "Booking" to %I using (true) with check (true)', current_user);
  execute format('create policy tenant on "Booking" to spotter_app using (%s) with check (%s)', in_club, in_club);
  grant select, insert, update on "Booking" to spotter_app;
end $$;

-- A unique index lets nulls through: bookings out of files are one of a kind by this one.
create unique index "Booking_file_key" on "Booking" ("clubId", "externalId") where "connectionId" is null;
