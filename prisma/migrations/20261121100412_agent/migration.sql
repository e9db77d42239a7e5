-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "summary" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "summarySequence" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "KnowledgeArticle" ADD COLUMN     "origin" JSONB,
ADD COLUMN     "sourceUrl" TEXT,
ADD COLUMN     "stopReason" TEXT,
ADD COLUMN     "stoppedAt" TIMESTAMPTZ(3),
ADD COLUMN     "stoppedById" TEXT;

-- AlterTable
ALTER TABLE "ModelTurn" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'answer',
ALTER COLUMN "agentRunId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedByMessageId" TEXT,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AutomationUse" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "automation" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "agentRunId" TEXT,
    "effectId" TEXT,
    "outcome" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "correctedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AutomationUse_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DraftComparison" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "decisionId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "automation" TEXT,
    "messageId" TEXT,
    "likenessRatio" DOUBLE PRECISION NOT NULL,
    "isAgreed" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DraftComparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AutonomyChange" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "fromStage" TEXT NOT NULL,
    "toStage" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "decidedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AutonomyChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StyleRule" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "decidedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StyleRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TestConversation" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" JSONB NOT NULL,
    "turns" JSONB NOT NULL,
    "expectation" JSONB NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TestConversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rehearsal" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "doneCount" INTEGER NOT NULL DEFAULT 0,
    "totalCount" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "startedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "failureDetail" TEXT,

    CONSTRAINT "Rehearsal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SatisfactionScore" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "handledBy" TEXT NOT NULL,
    "userId" TEXT,
    "effectId" TEXT,
    "score" INTEGER,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "messageId" TEXT,

    CONSTRAINT "SatisfactionScore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeVersion" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "articleId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "changedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnowledgeVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeUse" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "articleVersion" INTEGER NOT NULL,
    "effectId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnowledgeUse_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeGap" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "askedCount" INTEGER NOT NULL DEFAULT 1,
    "messageId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "articleId" TEXT,
    "decidedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAskedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "KnowledgeGap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClubNotice" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validUntil" TIMESTAMPTZ(3) NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,

    CONSTRAINT "ClubNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SpecialDay" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "openSpans" JSONB NOT NULL DEFAULT '[]',
    "staffedSpans" JSONB NOT NULL DEFAULT '[]',
    "decidedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SpecialDay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactVerification" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "codeHash" TEXT,
    "effectId" TEXT,
    "attemptCount" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3),
    "verifiedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContactVerification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Confirmation_clubId_conversationId_status_idx" ON "Confirmation"("clubId", "conversationId", "status");

-- CreateIndex
CREATE INDEX "Confirmation_status_expiresAt_idx" ON "Confirmation"("status", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_id_clubId_key" ON "Confirmation"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_clubId_effectId_key" ON "Confirmation"("clubId", "effectId");

-- CreateIndex
CREATE INDEX "AutomationUse_clubId_automation_createdAt_idx" ON "AutomationUse"("clubId", "automation", "createdAt");

-- CreateIndex
CREATE INDEX "AutomationUse_clubId_conversationId_idx" ON "AutomationUse"("clubId", "conversationId");

-- CreateIndex
CREATE INDEX "AutomationUse_clubId_effectId_idx" ON "AutomationUse"("clubId", "effectId");

-- CreateIndex
CREATE UNIQUE INDEX "AutomationUse_id_clubId_key" ON "AutomationUse"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AutomationUse_clubId_messageId_automation_key" ON "AutomationUse"("clubId", "messageId", "automation");

-- CreateIndex
CREATE INDEX "DraftComparison_clubId_category_createdAt_idx" ON "DraftComparison"("clubId", "category", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "DraftComparison_clubId_decisionId_key" ON "DraftComparison"("clubId", "decisionId");

-- CreateIndex
CREATE INDEX "AutonomyChange_clubId_status_createdAt_idx" ON "AutonomyChange"("clubId", "status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "AutonomyChange_id_clubId_key" ON "AutonomyChange"("id", "clubId");

-- CreateIndex
CREATE INDEX "StyleRule_clubId_status_createdAt_idx" ON "StyleRule"("clubId", "status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "StyleRule_id_clubId_key" ON "StyleRule"("id", "clubId");

-- CreateIndex
CREATE INDEX "TestConversation_clubId_archivedAt_name_idx" ON "TestConversation"("clubId", "archivedAt", "name");

-- CreateIndex
CREATE UNIQUE INDEX "TestConversation_id_clubId_key" ON "TestConversation"("id", "clubId");

-- CreateIndex
CREATE INDEX "Rehearsal_clubId_kind_createdAt_idx" ON "Rehearsal"("clubId", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "Rehearsal_status_createdAt_idx" ON "Rehearsal"("status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Rehearsal_id_clubId_key" ON "Rehearsal"("id", "clubId");

-- CreateIndex
CREATE INDEX "SatisfactionScore_clubId_conversationId_askedAt_idx" ON "SatisfactionScore"("clubId", "conversationId", "askedAt");

-- CreateIndex
CREATE INDEX "SatisfactionScore_clubId_contactId_askedAt_idx" ON "SatisfactionScore"("clubId", "contactId", "askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SatisfactionScore_id_clubId_key" ON "SatisfactionScore"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeVersion_articleId_version_key" ON "KnowledgeVersion"("articleId", "version");

-- CreateIndex
CREATE INDEX "KnowledgeUse_clubId_articleId_createdAt_idx" ON "KnowledgeUse"("clubId", "articleId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeUse_clubId_effectId_articleId_key" ON "KnowledgeUse"("clubId", "effectId", "articleId");

-- CreateIndex
CREATE INDEX "KnowledgeGap_clubId_status_lastAskedAt_idx" ON "KnowledgeGap"("clubId", "status", "lastAskedAt");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeGap_id_clubId_key" ON "KnowledgeGap"("id", "clubId");

-- CreateIndex
CREATE INDEX "ClubNotice_clubId_validUntil_idx" ON "ClubNotice"("clubId", "validUntil");

-- CreateIndex
CREATE UNIQUE INDEX "ClubNotice_id_clubId_key" ON "ClubNotice"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "SpecialDay_id_clubId_key" ON "SpecialDay"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "SpecialDay_clubId_onDate_key" ON "SpecialDay"("clubId", "onDate");

-- CreateIndex
CREATE INDEX "ContactVerification_clubId_conversationId_createdAt_idx" ON "ContactVerification"("clubId", "conversationId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ContactVerification_id_clubId_key" ON "ContactVerification"("id", "clubId");

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_effectId_clubId_fkey" FOREIGN KEY ("effectId", "clubId") REFERENCES "Effect"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An article that Spotter or a person proposed waits for a yes.
alter table "KnowledgeArticle" drop constraint "KnowledgeArticle_status_check";
alter table "KnowledgeArticle" add constraint "KnowledgeArticle_status_check"
  check (status = any ('{draft,proposed,published,archived}'::text[]));
alter table "ModelTurn" add constraint "ModelTurn_purpose_check"
  check (purpose = any ('{answer,summary,review,test,replay,workflow,chat}'::text[]));
alter table "SatisfactionScore" add constraint "SatisfactionScore_score_check" check (score between 1 and 5);

do $$
declare
  in_franchise constant text := '"franchiseId" = spotter_franchise()';
  in_club constant text := in_franchise || ' and (spotter_club() is null or "clubId" = spotter_club())';
  readable constant text := in_franchise || ' and (spotter_club() is null or "clubId" is null or "clubId" = spotter_club())';
  entry record;
begin
  for entry in select * from (values
      ('Confirmation', 'conf'), ('AutomationUse', 'auto'), ('DraftComparison', 'cmp'), ('AutonomyChange', 'autn'), ('StyleRule', 'style'),
      ('TestConversation', 'test'), ('Rehearsal', 'reh'), ('SatisfactionScore', 'sat'), ('KnowledgeVersion', 'kbv'), ('KnowledgeUse', 'kbu'),
      ('KnowledgeGap', 'gap'), ('ClubNotice', 'notice'), ('SpecialDay', 'day'), ('ContactVerification', 'veri')
    ) as tables(name, prefix)
  loop
    execute format('alter table %I add constraint %I check (id ~ %L)', entry.name, entry.name || '_id_check',
      '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
    execute format('alter table %I enable row level security', entry.name);
    execute format('alter table %I force row level security', entry.name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', entry.name, current_user);
    if entry.name = 'KnowledgeVersion' then
      -- A layer like its article: a club reads the franchise's versions and its own, and writes only its own.
      execute format('create policy tenant_read on %I for select to spotter_app using (%s)', entry.name, readable);
      execute format('create policy tenant_insert on %I for insert to spotter_app with check (%s)', entry.name, in_club);
      execute format('grant select, insert on %I to spotter_app', entry.name);
    elsif entry.name in ('KnowledgeUse', 'DraftComparison') then
      execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
      execute format('grant select, insert on %I to spotter_app', entry.name);
    else
      execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', entry.name, in_club, in_club);
      execute format('grant select, insert, update on %I to spotter_app', entry.name);
    end if;
  end loop;
  for entry in select * from (values
      ('Confirmation', 'status', 'pending confirmed declined expired superseded'),
      ('AutomationUse', 'automation', 'gift_cards hours_and_facts bay_reset door_unlock'),
      ('AutomationUse', 'outcome', 'answered asked awaiting_confirmation awaiting_approval succeeded failed declined expired handed_over'),
      ('AutonomyChange', 'status', 'offered accepted declined demoted'),
      ('StyleRule', 'status', 'proposed accepted rejected withdrawn'),
      ('Rehearsal', 'kind', 'tests replay'),
      ('Rehearsal', 'status', 'queued running completed failed cancelled'),
      ('SatisfactionScore', 'handledBy', 'agent staff'),
      ('KnowledgeVersion', 'status', 'draft proposed published archived'),
      ('KnowledgeGap', 'status', 'open answered dismissed'),
      ('SpecialDay', 'status', 'asked closed open usual')
    ) as words(name, col, allowed)
  loop
    execute format('alter table %I add constraint %I check (%I = any (%L::text[]))',
      entry.name, entry.name || '_' || entry.col || '_check', entry.col, string_to_array(entry.allowed, ' '));
  end loop;
end $$;

-- One question at a time to one contact in one conversation.
create unique index "Confirmation_pending_key" on "Confirmation" ("clubId", "conversationId") where status = 'pending';

create policy system on "Confirmation" to spotter_system using (true) with check (true);
create policy system on "Rehearsal" to spotter_system using (true) with check (true);
grant select (id, "franchiseId", "clubId", status, "expiresAt") on "Confirmation" to spotter_system;
grant select (id, "franchiseId", "clubId", status, "createdAt") on "Rehearsal" to spotter_system;
