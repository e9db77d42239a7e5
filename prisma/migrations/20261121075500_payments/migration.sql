-- CreateTable
CREATE TABLE "PayRequest" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "vendorReference" TEXT NOT NULL,
    "orderReference" TEXT,
    "memberId" TEXT,
    "contactId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "url" TEXT,
    "paidAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PayRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "payRequestId" TEXT,
    "memberId" TEXT,
    "contactId" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "orderReference" TEXT,
    "invoiceReference" TEXT,
    "customerReference" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "announcedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PayRequest_clubId_connectionId_orderReference_idx" ON "PayRequest"("clubId", "connectionId", "orderReference");

-- CreateIndex
CREATE INDEX "PayRequest_clubId_contactId_status_idx" ON "PayRequest"("clubId", "contactId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "PayRequest_id_clubId_key" ON "PayRequest"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "PayRequest_effectId_clubId_key" ON "PayRequest"("effectId", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "PayRequest_clubId_connectionId_vendorReference_key" ON "PayRequest"("clubId", "connectionId", "vendorReference");

-- CreateIndex
CREATE INDEX "Payment_clubId_connectionId_orderReference_idx" ON "Payment"("clubId", "connectionId", "orderReference");

-- CreateIndex
CREATE INDEX "Payment_clubId_payRequestId_idx" ON "Payment"("clubId", "payRequestId");

-- CreateIndex
CREATE INDEX "Payment_clubId_contactId_at_id_idx" ON "Payment"("clubId", "contactId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Payment_clubId_at_id_idx" ON "Payment"("clubId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Payment_id_clubId_key" ON "Payment"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_clubId_connectionId_externalId_key" ON "Payment"("clubId", "connectionId", "externalId");

-- AddForeignKey
ALTER TABLE "PayRequest" ADD CONSTRAINT "PayRequest_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayRequest" ADD CONSTRAINT "PayRequest_effectId_clubId_fkey" FOREIGN KEY ("effectId", "clubId") REFERENCES "Effect"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayRequest" ADD CONSTRAINT "PayRequest_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayRequest" ADD CONSTRAINT "PayRequest_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_payRequestId_clubId_fkey" FOREIGN KEY ("payRequestId", "clubId") REFERENCES "PayRequest"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.
do $$
declare
  name text;
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
begin
  alter table "PayRequest" add constraint "PayRequest_id_check" check (id ~ '^preq_[0-7][0-9a-hjkmnp-tv-z]{25}$');
  alter table "PayRequest" add constraint "PayRequest_kind_check" check (kind = any ('{link,invoice}'::text[]));
  alter table "PayRequest" add constraint "PayRequest_status_check" check (status = any ('{open,paid,cancelled}'::text[]));
  alter table "Payment" add constraint "Payment_id_check" check (id ~ '^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$');
  alter table "Payment" add constraint "Payment_status_check"
    check (status = any ('{approved,completed,failed,cancelled,refunded}'::text[]));
  foreach name in array array['PayRequest', 'Payment'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', name, in_club, in_club);
  end loop;
  grant select, insert on "PayRequest", "Payment" to spotter_app;
  grant update ("memberId", "contactId", status, "paidAt", "updatedAt") on "PayRequest" to spotter_app;
  grant update ("payRequestId", "memberId", "contactId", "amountMinor", currency, status, "orderReference", "invoiceReference",
    "customerReference", at, "announcedAt", "updatedAt") on "Payment" to spotter_app;
end $$;

-- Money is never below zero, and a request asks for some.
alter table "PayRequest" add constraint "PayRequest_amountMinor_check" check ("amountMinor" > 0);
alter table "Payment" add constraint "Payment_amountMinor_check" check ("amountMinor" >= 0);
