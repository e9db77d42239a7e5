-- CreateTable
CREATE TABLE "ModelPrompt" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "modelTurnId" TEXT NOT NULL,
    "parts" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelPrompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PromptText" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PromptText_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ModelPrompt_createdAt_idx" ON "ModelPrompt"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ModelPrompt_id_clubId_key" ON "ModelPrompt"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ModelPrompt_clubId_modelTurnId_key" ON "ModelPrompt"("clubId", "modelTurnId");

-- CreateIndex
CREATE INDEX "PromptText_usedAt_idx" ON "PromptText"("usedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PromptText_id_clubId_key" ON "PromptText"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "PromptText_clubId_hash_key" ON "PromptText"("clubId", "hash");

do $$
declare
  in_club constant text := '"franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club())';
  entry record;
begin
  for entry in select * from (values ('ModelPrompt', 'mpr'), ('PromptText', 'ptxt')) as tables(name, prefix) loop
    execute format('alter table %I add constraint %I check (id ~ %L)', entry.name, entry.name || '_id_check', '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
    execute format('create policy system on %I to spotter_system using (true) with check (true)', entry.name);
  end loop;
end $$;

-- Written once; the sweep alone takes them away, by their age and without reading them.
grant select, insert on "ModelPrompt" to spotter_app;
grant select, insert, update ("usedAt") on "PromptText" to spotter_app;
grant select (id, "createdAt"), delete on "ModelPrompt" to spotter_system;
grant select (id, "usedAt"), delete on "PromptText" to spotter_system;
