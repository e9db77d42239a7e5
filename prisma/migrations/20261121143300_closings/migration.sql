-- CreateTable
CREATE TABLE "Closing" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Closing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClosingItem" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "closingId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "waitingSince" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "effectId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClosingItem_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Closing_id_clubId_key" ON "Closing"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Closing_clubId_onDate_key" ON "Closing"("clubId", "onDate");

-- CreateIndex
CREATE UNIQUE INDEX "ClosingItem_id_clubId_key" ON "ClosingItem"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ClosingItem_clubId_closingId_conversationId_key" ON "ClosingItem"("clubId", "closingId", "conversationId");

-- CreateIndex
CREATE INDEX "ClosingItem_clubId_conversationId_waitingSince_idx" ON "ClosingItem"("clubId", "conversationId", "waitingSince");

-- AddForeignKey
ALTER TABLE "ClosingItem" ADD CONSTRAINT "ClosingItem_closingId_clubId_fkey" FOREIGN KEY ("closingId", "clubId") REFERENCES "Closing"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "Closing" add constraint "Closing_id_check" check (id ~ '^close_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "Closing" add constraint "Closing_onDate_check" check ("onDate" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
alter table "ClosingItem" add constraint "ClosingItem_id_check" check (id ~ '^left_[0-7][0-9a-hjkmnp-tv-z]{25}$');
alter table "ClosingItem" add constraint "ClosingItem_state_check" check (state = any ('{open,kept,given_back,left,answered}'::text[]));

do $$
declare
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
  name text;
begin
  foreach name in array array['Closing', 'ClosingItem'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', name, in_club, in_club);
  end loop;
end $$;
grant select, insert on "Closing", "ClosingItem" to spotter_app;
grant update ("settledAt") on "Closing" to spotter_app;
grant update (state, "decidedAt", "decidedById", "effectId") on "ClosingItem" to spotter_app;
