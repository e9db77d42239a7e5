-- CreateTable
CREATE TABLE "AgentRun" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "inboundSequence" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "endCode" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "leaseUntil" TIMESTAMPTZ(3),
    "fencingToken" BIGINT NOT NULL DEFAULT 1,
    "inngestRunId" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AgentRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelTurn" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "agentRunId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "promptVersion" TEXT NOT NULL,
    "stopReason" TEXT,
    "inputTokens" INTEGER NOT NULL,
    "outputTokens" INTEGER NOT NULL,
    "cacheReadTokens" INTEGER NOT NULL,
    "cacheWriteTokens" INTEGER NOT NULL,
    "costMicros" BIGINT NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "externalRequestId" TEXT,
    "errorKind" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelTurn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ToolCall" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "agentRunId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "arguments" JSONB NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ToolCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntentClassification" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "agentRunId" TEXT,
    "category" TEXT NOT NULL,
    "subIntent" TEXT NOT NULL,
    "confidenceRatio" DOUBLE PRECISION NOT NULL,
    "riskFlags" JSONB NOT NULL,
    "evidence" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "promptVersion" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IntentClassification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "agentRunId" TEXT,
    "classificationId" TEXT,
    "outcome" TEXT NOT NULL,
    "reasons" JSONB NOT NULL,
    "inputs" JSONB NOT NULL,
    "confidenceRatio" DOUBLE PRECISION NOT NULL,
    "thresholdRatio" DOUBLE PRECISION NOT NULL,
    "category" TEXT NOT NULL,
    "policyVersion" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AiAction" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "conversationId" TEXT,
    "messageId" TEXT,
    "agentRunId" TEXT,
    "decisionId" TEXT,
    "effectId" TEXT,
    "approvalId" TEXT,
    "summary" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "policyVersion" TEXT,
    "model" TEXT,
    "promptVersion" TEXT,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "outcome" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AiAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Effect" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "effectKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "effectKind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "plannedBy" TEXT NOT NULL,
    "plannedByUserId" TEXT,
    "needsApproval" BOOLEAN NOT NULL,
    "approvedById" TEXT,
    "connectionId" TEXT NOT NULL,
    "channelId" TEXT,
    "conversationId" TEXT,
    "contactId" TEXT,
    "agentRunId" TEXT,
    "decisionId" TEXT,
    "addressKey" TEXT,
    "channelKind" TEXT,
    "purpose" TEXT NOT NULL,
    "arguments" JSONB NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "policyVersion" TEXT,
    "inboundSequence" INTEGER,
    "notBefore" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "postponedCount" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "fencingToken" BIGINT NOT NULL DEFAULT 0,
    "vendorReference" TEXT,
    "failureKind" TEXT,
    "failureDetail" TEXT,
    "absentReadBackCount" INTEGER NOT NULL DEFAULT 0,
    "lastReadBackAt" TIMESTAMPTZ(3),
    "dispatchedAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Effect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "conversationId" TEXT,
    "requiredRole" TEXT NOT NULL,
    "argumentsHash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decisionNote" TEXT,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rating" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "comment" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Correction" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "messageId" TEXT,
    "userId" TEXT NOT NULL,
    "category" TEXT,
    "draftBody" TEXT NOT NULL,
    "sentBody" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Example" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "subIntent" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "correctionId" TEXT,
    "status" TEXT NOT NULL,
    "decidedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Example_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "sealedCredentials" JSONB NOT NULL,
    "lastSuccessAt" TIMESTAMPTZ(3),
    "lastErrorAt" TIMESTAMPTZ(3),
    "lastErrorKind" TEXT,
    "errorCount" INTEGER NOT NULL DEFAULT 0,
    "nextPollAt" TIMESTAMPTZ(3),
    "activeUntil" TIMESTAMPTZ(3),
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "fencingToken" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncCursor" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "position" JSONB NOT NULL,
    "bodyHash" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SyncCursor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuarantinedPayload" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "QuarantinedPayload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Channel" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "address" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "threadKey" TEXT NOT NULL DEFAULT '',
    "subject" TEXT,
    "status" TEXT NOT NULL,
    "handledBy" TEXT NOT NULL,
    "ownerUserId" TEXT,
    "handBackAt" TIMESTAMPTZ(3),
    "needsYou" TEXT NOT NULL DEFAULT 'none',
    "requiresResponse" BOOLEAN NOT NULL DEFAULT false,
    "waitingSince" TIMESTAMPTZ(3),
    "unreadCount" INTEGER NOT NULL DEFAULT 0,
    "lastMessageAt" TIMESTAMPTZ(3) NOT NULL,
    "lastMessagePreview" TEXT NOT NULL DEFAULT '',
    "lastMessageDirection" TEXT NOT NULL DEFAULT 'inbound',
    "lastMessageAuthor" TEXT NOT NULL DEFAULT 'contact',
    "messageSequence" INTEGER NOT NULL DEFAULT 0,
    "inboundSequence" INTEGER NOT NULL DEFAULT 0,
    "clubSequence" BIGINT NOT NULL DEFAULT 0,
    "lastCategory" TEXT,
    "automaticReplyCount" INTEGER NOT NULL DEFAULT 0,
    "automaticRepliesSince" TIMESTAMPTZ(3),
    "disclosedAt" TIMESTAMPTZ(3),
    "snoozedUntil" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Handover" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "handledBy" TEXT NOT NULL,
    "userId" TEXT,
    "cause" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConversationTag" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConversationTag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "connectionId" TEXT,
    "direction" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "authorUserId" TEXT,
    "staffName" TEXT,
    "staffAddressee" TEXT,
    "externalId" TEXT,
    "subject" TEXT,
    "body" TEXT NOT NULL,
    "bodyHtml" TEXT,
    "bodyHash" TEXT NOT NULL,
    "eventCode" TEXT,
    "status" TEXT NOT NULL,
    "failureReason" TEXT,
    "sequence" INTEGER NOT NULL,
    "requiresResponse" BOOLEAN NOT NULL DEFAULT false,
    "effectId" TEXT,
    "agentRunId" TEXT,
    "decisionId" TEXT,
    "agentProcessedAt" TIMESTAMPTZ(3),
    "agentOutcome" TEXT,
    "agentConfidence" DOUBLE PRECISION,
    "agentAnsweredAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageRevision" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "externalUrl" TEXT,
    "content" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeArticle" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '[]',
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "ownerUserId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "validFromOn" TEXT,
    "validUntilOn" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnowledgeArticle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxEvent" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "name" TEXT,
    "payload" JSONB NOT NULL,
    "clubSequence" BIGINT NOT NULL,
    "conversationId" TEXT,
    "topic" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "emittedAt" TIMESTAMPTZ(3),
    "emissionCount" INTEGER NOT NULL DEFAULT 0,
    "publishedAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),
    "claimedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "action" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "entityId" TEXT,
    "details" JSONB NOT NULL,
    "requestId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "conversationId" TEXT,
    "connectionId" TEXT,
    "effectId" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedById" TEXT,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ticket" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "conversationId" TEXT,
    "contactId" TEXT,
    "effectId" TEXT,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "ownerUserId" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "firstName" TEXT,
    "lastName" TEXT,
    "language" TEXT,
    "timeZone" TEXT,
    "state" TEXT,
    "postalCode" TEXT,
    "isAgentOff" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactIdentity" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "address" TEXT,
    "addressKey" TEXT NOT NULL,
    "externalId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContactIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "statusMessage" TEXT,
    "membershipType" TEXT,
    "phone" TEXT,
    "phoneKey" TEXT,
    "email" TEXT,
    "emailKey" TEXT,
    "dateOfBirth" TEXT,
    "joinedOn" TEXT,
    "lastVisitAt" TIMESTAMPTZ(3),
    "visitCount" INTEGER NOT NULL DEFAULT 0,
    "balanceMinor" BIGINT,
    "currency" TEXT NOT NULL,
    "balanceReadAt" TIMESTAMPTZ(3),
    "pastDueSinceOn" TEXT,
    "payerExternalId" TEXT,
    "accessState" TEXT,
    "sourceHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Prospect" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "source" TEXT,
    "phone" TEXT,
    "phoneKey" TEXT,
    "email" TEXT,
    "emailKey" TEXT,
    "sourceHash" TEXT NOT NULL,
    "createdOn" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Prospect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GymMembership" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "duesMinor" BIGINT,
    "currency" TEXT NOT NULL,
    "startsOn" TEXT,
    "endsOn" TEXT,
    "frozenFromOn" TEXT,
    "frozenUntilOn" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GymMembership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "isGranted" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "wording" TEXT,
    "proof" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Suppression" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "addressKey" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "messageId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedBy" TEXT,

    CONSTRAINT "Suppression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactTouch" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "addressKey" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "effectId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContactTouch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Franchise" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),
    "stopReason" TEXT,
    "stoppedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Franchise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Club" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "phone" TEXT,
    "emergencyPhone" TEXT,
    "managerPhone" TEXT,
    "address" TEXT,
    "stoppedAt" TIMESTAMPTZ(3),
    "stopReason" TEXT,
    "stoppedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Club_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClubCounter" (
    "clubId" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "liveSequence" BIGINT NOT NULL DEFAULT 0,
    "ledgerSequence" BIGINT NOT NULL DEFAULT 0,
    "ledgerHash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ClubCounter_pkey" PRIMARY KEY ("clubId")
);

-- CreateTable
CREATE TABLE "ClubKey" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "wrappedKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "ClubKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "googleSubject" TEXT,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "isSoundOn" BOOLEAN NOT NULL DEFAULT true,
    "lastSignedInAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffAccess" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffAccess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "acceptedById" TEXT,
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInAttempt" (
    "id" TEXT NOT NULL,
    "emailKey" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "hasSucceeded" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Policy" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "lockedPaths" JSONB NOT NULL DEFAULT '[]',
    "note" TEXT,
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workflow" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isOn" BOOLEAN NOT NULL DEFAULT false,
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "isDryRun" BOOLEAN NOT NULL DEFAULT true,
    "stage" TEXT NOT NULL,
    "schedule" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "task" TEXT,
    "toolNames" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Workflow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkflowVersion" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "publishedById" TEXT,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkflowVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkflowRun" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowVersionId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "isDryRun" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "report" JSONB,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costMicros" BIGINT NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorkflowRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkflowOutcome" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "workflowRunId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "tier" TEXT,
    "amountMinor" BIGINT,
    "effectId" TEXT,
    "deferredUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkflowOutcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Template" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject" TEXT,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentPromise" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "messageId" TEXT,
    "amountMinor" BIGINT,
    "currency" TEXT NOT NULL,
    "promisedOn" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "PaymentPromise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CollectionAttempt" (
    "id" TEXT NOT NULL,
    "franchiseId" TEXT NOT NULL,
    "clubId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "episodeOn" TEXT NOT NULL,
    "effectId" TEXT,
    "loggedById" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CollectionAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AgentRun_clubId_status_startedAt_idx" ON "AgentRun"("clubId", "status", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "AgentRun_id_clubId_key" ON "AgentRun"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "AgentRun_clubId_conversationId_messageId_key" ON "AgentRun"("clubId", "conversationId", "messageId");

-- CreateIndex
CREATE INDEX "ModelTurn_clubId_agentRunId_idx" ON "ModelTurn"("clubId", "agentRunId");

-- CreateIndex
CREATE INDEX "ModelTurn_clubId_createdAt_idx" ON "ModelTurn"("clubId", "createdAt");

-- CreateIndex
CREATE INDEX "ToolCall_clubId_agentRunId_idx" ON "ToolCall"("clubId", "agentRunId");

-- CreateIndex
CREATE INDEX "IntentClassification_clubId_messageId_idx" ON "IntentClassification"("clubId", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "IntentClassification_id_clubId_key" ON "IntentClassification"("id", "clubId");

-- CreateIndex
CREATE INDEX "Decision_clubId_conversationId_createdAt_idx" ON "Decision"("clubId", "conversationId", "createdAt");

-- CreateIndex
CREATE INDEX "Decision_clubId_messageId_idx" ON "Decision"("clubId", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_id_clubId_key" ON "Decision"("id", "clubId");

-- CreateIndex
CREATE INDEX "AiAction_clubId_conversationId_sequence_idx" ON "AiAction"("clubId", "conversationId", "sequence");

-- CreateIndex
CREATE INDEX "AiAction_clubId_messageId_idx" ON "AiAction"("clubId", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "AiAction_clubId_sequence_key" ON "AiAction"("clubId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "AiAction_id_clubId_key" ON "AiAction"("id", "clubId");

-- CreateIndex
CREATE INDEX "Effect_clubId_status_id_idx" ON "Effect"("clubId", "status", "id");

-- CreateIndex
CREATE INDEX "Effect_clubId_conversationId_status_idx" ON "Effect"("clubId", "conversationId", "status");

-- CreateIndex
CREATE INDEX "Effect_status_leaseUntil_idx" ON "Effect"("status", "leaseUntil");

-- CreateIndex
CREATE UNIQUE INDEX "Effect_id_clubId_key" ON "Effect"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Effect_clubId_effectKey_key" ON "Effect"("clubId", "effectKey");

-- CreateIndex
CREATE INDEX "Approval_clubId_status_expiresAt_idx" ON "Approval"("clubId", "status", "expiresAt");

-- CreateIndex
CREATE INDEX "Approval_clubId_conversationId_status_idx" ON "Approval"("clubId", "conversationId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Approval_id_clubId_key" ON "Approval"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Rating_clubId_messageId_userId_key" ON "Rating"("clubId", "messageId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Correction_clubId_effectId_key" ON "Correction"("clubId", "effectId");

-- CreateIndex
CREATE INDEX "Example_clubId_status_category_idx" ON "Example"("clubId", "status", "category");

-- CreateIndex
CREATE INDEX "Connection_clubId_idx" ON "Connection"("clubId");

-- CreateIndex
CREATE INDEX "Connection_nextPollAt_idx" ON "Connection"("nextPollAt");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_id_clubId_key" ON "Connection"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "SyncCursor_clubId_connectionId_stream_key" ON "SyncCursor"("clubId", "connectionId", "stream");

-- CreateIndex
CREATE INDEX "WebhookDelivery_clubId_receivedAt_idx" ON "WebhookDelivery"("clubId", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookDelivery_clubId_connectionId_externalId_key" ON "WebhookDelivery"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "QuarantinedPayload_clubId_connectionId_bodyHash_key" ON "QuarantinedPayload"("clubId", "connectionId", "bodyHash");

-- CreateIndex
CREATE UNIQUE INDEX "Channel_id_clubId_key" ON "Channel"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Channel_clubId_connectionId_externalId_key" ON "Channel"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE INDEX "Conversation_clubId_status_lastMessageAt_id_idx" ON "Conversation"("clubId", "status", "lastMessageAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Conversation_clubId_needsYou_lastMessageAt_id_idx" ON "Conversation"("clubId", "needsYou", "lastMessageAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Conversation_clubId_clubSequence_idx" ON "Conversation"("clubId", "clubSequence");

-- CreateIndex
CREATE INDEX "Conversation_clubId_contactId_idx" ON "Conversation"("clubId", "contactId");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_id_clubId_key" ON "Conversation"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_clubId_channelId_contactId_threadKey_key" ON "Conversation"("clubId", "channelId", "contactId", "threadKey");

-- CreateIndex
CREATE INDEX "Handover_clubId_conversationId_startedAt_idx" ON "Handover"("clubId", "conversationId", "startedAt");

-- CreateIndex
CREATE INDEX "ConversationTag_clubId_tag_idx" ON "ConversationTag"("clubId", "tag");

-- CreateIndex
CREATE UNIQUE INDEX "ConversationTag_clubId_conversationId_tag_key" ON "ConversationTag"("clubId", "conversationId", "tag");

-- CreateIndex
CREATE INDEX "Message_clubId_effectId_idx" ON "Message"("clubId", "effectId");

-- CreateIndex
CREATE INDEX "Message_clubId_receivedAt_idx" ON "Message"("clubId", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Message_id_clubId_key" ON "Message"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_clubId_connectionId_externalId_key" ON "Message"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_clubId_conversationId_sequence_key" ON "Message"("clubId", "conversationId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "MessageRevision_clubId_messageId_bodyHash_key" ON "MessageRevision"("clubId", "messageId", "bodyHash");

-- CreateIndex
CREATE INDEX "Attachment_clubId_messageId_idx" ON "Attachment"("clubId", "messageId");

-- CreateIndex
CREATE INDEX "KnowledgeArticle_franchiseId_clubId_status_idx" ON "KnowledgeArticle"("franchiseId", "clubId", "status");

-- CreateIndex
CREATE INDEX "OutboxEvent_createdAt_id_idx" ON "OutboxEvent"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxEvent_clubId_clubSequence_id_key" ON "OutboxEvent"("clubId", "clubSequence", "id");

-- CreateIndex
CREATE INDEX "AuditLog_franchiseId_clubId_createdAt_idx" ON "AuditLog"("franchiseId", "clubId", "createdAt");

-- CreateIndex
CREATE INDEX "Alert_clubId_resolvedAt_openedAt_idx" ON "Alert"("clubId", "resolvedAt", "openedAt");

-- CreateIndex
CREATE INDEX "Ticket_clubId_status_dueAt_idx" ON "Ticket"("clubId", "status", "dueAt");

-- CreateIndex
CREATE INDEX "Contact_clubId_displayName_id_idx" ON "Contact"("clubId", "displayName", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_id_clubId_key" ON "Contact"("id", "clubId");

-- CreateIndex
CREATE INDEX "ContactIdentity_clubId_contactId_idx" ON "ContactIdentity"("clubId", "contactId");

-- CreateIndex
CREATE UNIQUE INDEX "ContactIdentity_id_clubId_key" ON "ContactIdentity"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "ContactIdentity_clubId_channelKind_addressKey_key" ON "ContactIdentity"("clubId", "channelKind", "addressKey");

-- CreateIndex
CREATE INDEX "Member_clubId_phoneKey_idx" ON "Member"("clubId", "phoneKey");

-- CreateIndex
CREATE INDEX "Member_clubId_emailKey_idx" ON "Member"("clubId", "emailKey");

-- CreateIndex
CREATE INDEX "Member_clubId_contactId_idx" ON "Member"("clubId", "contactId");

-- CreateIndex
CREATE INDEX "Member_clubId_status_id_idx" ON "Member"("clubId", "status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Member_id_clubId_key" ON "Member"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_clubId_connectionId_externalId_key" ON "Member"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE INDEX "Prospect_clubId_phoneKey_idx" ON "Prospect"("clubId", "phoneKey");

-- CreateIndex
CREATE INDEX "Prospect_clubId_emailKey_idx" ON "Prospect"("clubId", "emailKey");

-- CreateIndex
CREATE INDEX "Prospect_clubId_contactId_idx" ON "Prospect"("clubId", "contactId");

-- CreateIndex
CREATE UNIQUE INDEX "Prospect_id_clubId_key" ON "Prospect"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Prospect_clubId_connectionId_externalId_key" ON "Prospect"("clubId", "connectionId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "GymMembership_clubId_memberId_externalId_key" ON "GymMembership"("clubId", "memberId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_clubId_memberId_at_key" ON "Visit"("clubId", "memberId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Consent_clubId_contactId_purpose_channelKind_at_key" ON "Consent"("clubId", "contactId", "purpose", "channelKind", "at");

-- CreateIndex
CREATE INDEX "Suppression_franchiseId_addressKey_channelKind_idx" ON "Suppression"("franchiseId", "addressKey", "channelKind");

-- CreateIndex
CREATE INDEX "ContactTouch_franchiseId_addressKey_at_idx" ON "ContactTouch"("franchiseId", "addressKey", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ContactTouch_franchiseId_effectId_key" ON "ContactTouch"("franchiseId", "effectId");

-- CreateIndex
CREATE UNIQUE INDEX "Franchise_slug_key" ON "Franchise"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Club_slug_key" ON "Club"("slug");

-- CreateIndex
CREATE INDEX "Club_franchiseId_idx" ON "Club"("franchiseId");

-- CreateIndex
CREATE UNIQUE INDEX "Club_id_franchiseId_key" ON "Club"("id", "franchiseId");

-- CreateIndex
CREATE UNIQUE INDEX "ClubCounter_clubId_franchiseId_key" ON "ClubCounter"("clubId", "franchiseId");

-- CreateIndex
CREATE UNIQUE INDEX "ClubKey_clubId_version_key" ON "ClubKey"("clubId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "User_googleSubject_key" ON "User"("googleSubject");

-- CreateIndex
CREATE INDEX "StaffAccess_userId_idx" ON "StaffAccess"("userId");

-- CreateIndex
CREATE INDEX "StaffAccess_franchiseId_clubId_idx" ON "StaffAccess"("franchiseId", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_franchiseId_clubId_idx" ON "Invitation"("franchiseId", "clubId");

-- CreateIndex
CREATE INDEX "SignInAttempt_emailKey_createdAt_idx" ON "SignInAttempt"("emailKey", "createdAt");

-- CreateIndex
CREATE INDEX "SignInAttempt_sourceKey_createdAt_idx" ON "SignInAttempt"("sourceKey", "createdAt");

-- CreateIndex
CREATE INDEX "SignInAttempt_createdAt_idx" ON "SignInAttempt"("createdAt");

-- CreateIndex
CREATE INDEX "Policy_franchiseId_clubId_version_idx" ON "Policy"("franchiseId", "clubId", "version" DESC);

-- CreateIndex
CREATE INDEX "Workflow_clubId_kind_idx" ON "Workflow"("clubId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Workflow_id_clubId_key" ON "Workflow"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowVersion_id_clubId_key" ON "WorkflowVersion"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowVersion_clubId_workflowId_version_key" ON "WorkflowVersion"("clubId", "workflowId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowRun_id_clubId_key" ON "WorkflowRun"("id", "clubId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowRun_clubId_workflowVersionId_period_isDryRun_key" ON "WorkflowRun"("clubId", "workflowVersionId", "period", "isDryRun");

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowOutcome_clubId_workflowRunId_contactId_key" ON "WorkflowOutcome"("clubId", "workflowRunId", "contactId");

-- CreateIndex
CREATE INDEX "Template_franchiseId_clubId_key_idx" ON "Template"("franchiseId", "clubId", "key");

-- CreateIndex
CREATE INDEX "PaymentPromise_clubId_contactId_status_idx" ON "PaymentPromise"("clubId", "contactId", "status");

-- CreateIndex
CREATE INDEX "CollectionAttempt_clubId_contactId_at_idx" ON "CollectionAttempt"("clubId", "contactId", "at");

-- AddForeignKey
ALTER TABLE "ModelTurn" ADD CONSTRAINT "ModelTurn_agentRunId_clubId_fkey" FOREIGN KEY ("agentRunId", "clubId") REFERENCES "AgentRun"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ToolCall" ADD CONSTRAINT "ToolCall_agentRunId_clubId_fkey" FOREIGN KEY ("agentRunId", "clubId") REFERENCES "AgentRun"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_effectId_clubId_fkey" FOREIGN KEY ("effectId", "clubId") REFERENCES "Effect"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_clubId_franchiseId_fkey" FOREIGN KEY ("clubId", "franchiseId") REFERENCES "Club"("id", "franchiseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncCursor" ADD CONSTRAINT "SyncCursor_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_connectionId_clubId_fkey" FOREIGN KEY ("connectionId", "clubId") REFERENCES "Connection"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_channelId_clubId_fkey" FOREIGN KEY ("channelId", "clubId") REFERENCES "Channel"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_conversationId_clubId_fkey" FOREIGN KEY ("conversationId", "clubId") REFERENCES "Conversation"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationTag" ADD CONSTRAINT "ConversationTag_conversationId_clubId_fkey" FOREIGN KEY ("conversationId", "clubId") REFERENCES "Conversation"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_conversationId_clubId_fkey" FOREIGN KEY ("conversationId", "clubId") REFERENCES "Conversation"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageRevision" ADD CONSTRAINT "MessageRevision_messageId_clubId_fkey" FOREIGN KEY ("messageId", "clubId") REFERENCES "Message"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_messageId_clubId_fkey" FOREIGN KEY ("messageId", "clubId") REFERENCES "Message"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_clubId_franchiseId_fkey" FOREIGN KEY ("clubId", "franchiseId") REFERENCES "Club"("id", "franchiseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactIdentity" ADD CONSTRAINT "ContactIdentity_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prospect" ADD CONSTRAINT "Prospect_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GymMembership" ADD CONSTRAINT "GymMembership_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_memberId_clubId_fkey" FOREIGN KEY ("memberId", "clubId") REFERENCES "Member"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_contactId_clubId_fkey" FOREIGN KEY ("contactId", "clubId") REFERENCES "Contact"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Club" ADD CONSTRAINT "Club_franchiseId_fkey" FOREIGN KEY ("franchiseId") REFERENCES "Franchise"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClubCounter" ADD CONSTRAINT "ClubCounter_clubId_franchiseId_fkey" FOREIGN KEY ("clubId", "franchiseId") REFERENCES "Club"("id", "franchiseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffAccess" ADD CONSTRAINT "StaffAccess_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffAccess" ADD CONSTRAINT "StaffAccess_franchiseId_fkey" FOREIGN KEY ("franchiseId") REFERENCES "Franchise"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffAccess" ADD CONSTRAINT "StaffAccess_clubId_franchiseId_fkey" FOREIGN KEY ("clubId", "franchiseId") REFERENCES "Club"("id", "franchiseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkflowVersion" ADD CONSTRAINT "WorkflowVersion_workflowId_clubId_fkey" FOREIGN KEY ("workflowId", "clubId") REFERENCES "Workflow"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkflowRun" ADD CONSTRAINT "WorkflowRun_workflowVersionId_clubId_fkey" FOREIGN KEY ("workflowVersionId", "clubId") REFERENCES "WorkflowVersion"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkflowOutcome" ADD CONSTRAINT "WorkflowOutcome_workflowRunId_clubId_fkey" FOREIGN KEY ("workflowRunId", "clubId") REFERENCES "WorkflowRun"("id", "clubId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say: the clock, closed words, one-of-a-kind rows, append-only tables,
-- row-level security and grants. The roles spotter_app and spotter_system come from the bootstrap.

-- The clock of all work. A test sets app.now; nothing else does.
create function spotter_now() returns timestamptz language sql stable as
$$ select date_trunc('milliseconds', coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp())) $$;

-- Ids: prefix and TypeID body, so that no row can carry the id of another kind.
do $$
declare entry record;
begin
  for entry in
    select * from (values
      ('Franchise','fr'), ('Club','club'), ('ClubKey','key'), ('User','user'), ('StaffAccess','acc'), ('Invitation','inv'),
      ('SignInAttempt','sia'), ('Policy','pol'), ('Contact','ct'), ('ContactIdentity','ctid'), ('Member','mem'),
      ('Prospect','pros'), ('GymMembership','gm'), ('Visit','vis'), ('Consent','cons'), ('Suppression','sup'),
      ('ContactTouch','touch'), ('Connection','conn'), ('SyncCursor','cur'), ('WebhookDelivery','whd'),
      ('QuarantinedPayload','quar'), ('Channel','chan'), ('Conversation','conv'), ('Handover','hand'),
      ('ConversationTag','tag'), ('Message','msg'), ('MessageRevision','rev'), ('Attachment','att'), ('AgentRun','run'),
      ('ModelTurn','turn'), ('ToolCall','call'), ('IntentClassification','cls'), ('Decision','dec'), ('AiAction','act'),
      ('Effect','eff'), ('Approval','appr'), ('Rating','rate'), ('Correction','corr'), ('Example','ex'),
      ('KnowledgeArticle','kb'), ('Workflow','wf'), ('WorkflowVersion','wfv'), ('WorkflowRun','wfr'),
      ('WorkflowOutcome','wfo'), ('Template','tpl'), ('PaymentPromise','prom'), ('CollectionAttempt','coll'),
      ('OutboxEvent','evt'), ('AuditLog','aud'), ('Alert','alrt'), ('Ticket','tick')
    ) as ids(name, prefix)
  loop
    execute format('alter table %I add constraint %I check (id ~ %L)',
      entry.name, entry.name || '_id_check', '^' || entry.prefix || '_[0-7][0-9a-hjkmnp-tv-z]{25}$');
  end loop;
end $$;

-- Closed words.
do $$
declare entry record;
begin
  for entry in
    select * from (values
      ('StaffAccess','role','owner manager staff'),
      ('Invitation','role','owner manager staff'),
      ('Approval','requiredRole','owner manager staff'),
      ('ContactIdentity','channelKind','sms email clubos'),
      ('Channel','kind','sms email clubos'),
      ('Suppression','channelKind','sms email clubos'),
      ('ContactTouch','channelKind','sms email clubos'),
      ('Consent','channelKind','sms email clubos'),
      ('Consent','purpose','service billing marketing collections'),
      ('Suppression','purpose','all marketing'),
      ('Member','status','active past_due frozen pay_per_visit pending_cancel cancelled in_collections other'),
      ('Connection','provider','clubos clubhub openphone twilio email unifi_access ninjaone square slack'),
      ('Connection','status','active degraded needs_reauth disabled'),
      ('Conversation','status','open snoozed resolved'),
      ('Conversation','handledBy','agent staff'),
      ('Conversation','needsYou','none approval escalation'),
      ('Conversation','lastMessageDirection','inbound outbound'),
      ('Handover','handledBy','agent staff'),
      ('Handover','cause','new taken_over replied replied_elsewhere handed_back timer escalated'),
      ('Message','direction','inbound outbound note event'),
      ('Message','author','contact staff agent workflow system'),
      ('Message','status','unread read replied archived queued sending sent delivered failed unknown'),
      ('AgentRun','status','queued running awaiting_approval succeeded failed cancelled'),
      ('Decision','outcome','respond suggest escalate ignore wait'),
      ('Effect','status','planned approved dispatching confirmed failed unknown needs_human dropped'),
      ('Effect','effectKind','read state pulse send charge export'),
      ('Effect','plannedBy','agent staff workflow system'),
      ('Effect','purpose','reply service billing marketing collections opt_out_confirmation help'),
      ('Approval','status','pending approved rejected expired superseded'),
      ('Example','status','proposed accepted rejected'),
      ('KnowledgeArticle','status','draft published archived'),
      ('Workflow','stage','off shadow suggest auto'),
      ('WorkflowRun','status','queued running waiting completed failed cancelled'),
      ('WorkflowOutcome','outcome','sent deferred suppressed failed needs_approval'),
      ('PaymentPromise','status','open kept broken withdrawn'),
      ('Alert','severity','info warning critical'),
      ('Ticket','status','open done')
    ) as words(name, col, allowed)
  loop
    execute format('alter table %I add constraint %I check (%I = any (%L::text[]))',
      entry.name, entry.name || '_' || entry.col || '_check', entry.col, string_to_array(entry.allowed, ' '));
  end loop;
end $$;

alter table "Rating" add constraint "Rating_score_check" check (score between 1 and 5);
alter table "Attachment" add constraint "Attachment_sizeBytes_check" check ("sizeBytes" between 0 and 10485760);
alter table "Effect" add constraint "Effect_approval_check"
  check (not "needsApproval" or "approvedById" is not null or status in ('planned', 'dropped'));

-- One of a kind.
create unique index "Policy_version_key" on "Policy" ("franchiseId", coalesce("clubId", ''), version);
create unique index "StaffAccess_live_key" on "StaffAccess" ("userId", "franchiseId", coalesce("clubId", '')) where "archivedAt" is null;
create unique index "Suppression_live_key" on "Suppression" ("franchiseId", "channelKind", "addressKey", purpose) where "liftedAt" is null;
create unique index "Alert_open_key" on "Alert" ("clubId", key) where "resolvedAt" is null;
create unique index "Approval_open_key" on "Approval" ("clubId", "effectId") where status = 'pending';
create unique index "Handover_open_key" on "Handover" ("clubId", "conversationId") where "endedAt" is null;
create index "OutboxEvent_waiting_idx" on "OutboxEvent" (id)
  where "publishedAt" is null or (name is not null and "emittedAt" is null);
create index "OutboxEvent_unfinished_idx" on "OutboxEvent" ("emittedAt")
  where name is not null and "emittedAt" is not null and "doneAt" is null;
create index "Conversation_handBack_idx" on "Conversation" ("handBackAt") where "handBackAt" is not null;

create index "Conversation_waitingForStaff_idx" on "Conversation" ("clubId", "lastMessageAt" desc, id desc)
  where status = 'open' and "handledBy" = 'staff' and "waitingSince" is not null;
create index "Conversation_owner_idx" on "Conversation" ("clubId", "ownerUserId", "lastMessageAt" desc, id desc) where "ownerUserId" is not null;

-- Append-only: also for the owner.
create function spotter_refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;

do $$
declare name text;
begin
  foreach name in array array['AiAction', 'AuditLog', 'ToolCall', 'ModelTurn', 'MessageRevision'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function spotter_refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function spotter_refuse_change()', name || '_no_truncate', name);
  end loop;
end $$;

-- Tenancy. The context is set inside the transaction by server/platform/tenant.ts; without it no row is there.
-- The functions stand bare in the policies: wrapped in a sub-select they hide the value from the planner, which then
-- sorts the whole club instead of walking the ordered index (3.4 ms against 0.17 ms for a page of 4,000 conversations).
create function spotter_franchise() returns text language sql stable as $$ select nullif(current_setting('app.franchise', true), '') $$;
create function spotter_club() returns text language sql stable as $$ select nullif(current_setting('app.club', true), '') $$;
create function spotter_user() returns text language sql stable as $$ select nullif(current_setting('app.user', true), '') $$;

do $$
declare
  name text;
  in_franchise constant text := '"franchiseId" = spotter_franchise()';
  in_club constant text := in_franchise || ' and (spotter_club() is null or "clubId" = spotter_club())';
  readable constant text := in_franchise || ' and (spotter_club() is null or "clubId" is null or "clubId" = spotter_club())';
begin
  -- Every table: forced, and open to its owner for backfills.
  for name in select c.relname from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations' loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner_backfill on %I to %I using (true) with check (true)', name, current_user);
  end loop;

  -- Rows of one club, seen in that club and in roll-ups of its franchise.
  foreach name in array array[
    'ClubCounter', 'ClubKey', 'Contact', 'ContactIdentity', 'Member', 'Prospect', 'GymMembership', 'Visit', 'Consent',
    'Connection', 'SyncCursor', 'WebhookDelivery', 'QuarantinedPayload', 'Channel', 'Conversation', 'Handover',
    'ConversationTag', 'Message', 'MessageRevision', 'Attachment', 'AgentRun', 'ModelTurn', 'ToolCall',
    'IntentClassification', 'Decision', 'AiAction', 'Effect', 'Approval', 'Rating', 'Correction', 'Example', 'Workflow',
    'WorkflowVersion', 'WorkflowRun', 'WorkflowOutcome', 'PaymentPromise', 'CollectionAttempt', 'OutboxEvent', 'Alert',
    'Ticket', 'AuditLog']
  loop
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', name, in_club, in_club);
  end loop;

  -- Rows of the franchise that every club of it reads and writes.
  foreach name in array array['Suppression', 'ContactTouch'] loop
    execute format('create policy tenant on %I to spotter_app using (%s) with check (%s)', name, in_franchise, in_franchise);
  end loop;

  -- Layers: a club reads the franchise's rows and its own, and writes only its own.
  foreach name in array array['Policy', 'KnowledgeArticle', 'Template'] loop
    execute format('create policy tenant_read on %I for select to spotter_app using (%s)', name, readable);
    execute format('create policy tenant_insert on %I for insert to spotter_app with check (%s)', name, in_club);
    execute format('create policy tenant_update on %I for update to spotter_app using (%s) with check (%s)', name, in_club, in_club);
  end loop;

  execute format('create policy tenant on "StaffAccess" to spotter_app using (%s) with check (%s)', readable, in_club);
end $$;

create policy tenant on "Franchise" to spotter_app using (id = spotter_franchise()) with check (id = spotter_franchise());
create policy tenant on "Club" to spotter_app
  using ("franchiseId" = spotter_franchise() and (spotter_club() is null or id = spotter_club()))
  with check ("franchiseId" = spotter_franchise() and (spotter_club() is null or id = spotter_club()));

-- One's own user row, accesses, and the clubs they open.
create policy own on "User" to spotter_app using (id = spotter_user()) with check (id = spotter_user());
create policy own on "StaffAccess" for select to spotter_app using ("userId" = spotter_user());
create policy own on "Franchise" for select to spotter_app using (spotter_user() is not null and exists (
  select 1 from "StaffAccess" a where a."userId" = spotter_user() and a."archivedAt" is null and a."franchiseId" = "Franchise".id));
create policy own on "Club" for select to spotter_app using (spotter_user() is not null and exists (
  select 1 from "StaffAccess" a where a."userId" = spotter_user() and a."archivedAt" is null
    and a."franchiseId" = "Club"."franchiseId" and (a."clubId" is null or a."clubId" = "Club".id)));
create policy own on "Policy" for select to spotter_app using (spotter_user() is not null and exists (
  select 1 from "StaffAccess" a where a."userId" = spotter_user() and a."archivedAt" is null
    and a."franchiseId" = "Policy"."franchiseId" and (a."clubId" is null or "Policy"."clubId" is null or a."clubId" = "Policy"."clubId")));

-- The system login: a fixed list of tables and columns, for look-ups before the tenant is known and for sweeps.
do $$
declare name text;
begin
  foreach name in array array['Franchise', 'Club', 'User', 'StaffAccess', 'Invitation', 'SignInAttempt', 'Connection', 'OutboxEvent',
    'Effect', 'Approval', 'AgentRun', 'Conversation'] loop
    execute format('create policy system on %I to spotter_system using (true) with check (true)', name);
  end loop;
end $$;

grant usage on schema public to spotter_app, spotter_system;

grant select on all tables in schema public to spotter_app;
revoke all on "Invitation", "SignInAttempt" from spotter_app;
grant insert on all tables in schema public to spotter_app;
revoke insert on "Invitation", "SignInAttempt", "User", "Franchise", "Club" from spotter_app;
do $$ begin
  -- A shadow database has no such table.
  if to_regclass('_prisma_migrations') is not null then
    revoke all on "_prisma_migrations" from spotter_app;
  end if;
end $$;
grant update on "ClubCounter", "ClubKey", "StaffAccess", "Contact", "ContactIdentity", "Member", "Prospect", "GymMembership",
  "Suppression", "Connection", "SyncCursor", "WebhookDelivery", "QuarantinedPayload", "Channel", "Conversation", "Handover",
  "Message", "AgentRun", "Effect", "Approval", "Rating", "Example", "KnowledgeArticle", "Workflow", "WorkflowRun",
  "WorkflowOutcome", "Template", "PaymentPromise", "OutboxEvent", "Alert", "Ticket" to spotter_app;
grant update ("stoppedAt", "stopReason", "stoppedById") on "Franchise" to spotter_app;
grant update (name, "timeZone", phone, "emergencyPhone", "managerPhone", address, "stoppedAt", "stopReason", "stoppedById") on "Club" to spotter_app;
grant update (name, "isSoundOn") on "User" to spotter_app;
grant delete on "ConversationTag" to spotter_app;

grant select (id, slug, name, "archivedAt") on "Franchise" to spotter_system;
grant select (id, "franchiseId", slug, name, "archivedAt") on "Club" to spotter_system;
grant select on "User" to spotter_system;
grant insert on "User" to spotter_system;
grant update (name, "passwordHash", "googleSubject", "sessionVersion", "lastSignedInAt", "archivedAt") on "User" to spotter_system;
grant select, insert on "StaffAccess" to spotter_system;
grant select, insert on "Invitation" to spotter_system;
grant update ("acceptedAt", "acceptedById", "revokedAt") on "Invitation" to spotter_system;
grant select, insert, delete on "SignInAttempt" to spotter_system;
grant select (id, "franchiseId", "clubId", provider, status, "nextPollAt", "activeUntil", "leaseUntil", "lastSuccessAt", "archivedAt") on "Connection" to spotter_system;
grant select, delete on "OutboxEvent" to spotter_system;
grant update ("emittedAt", "emissionCount", "publishedAt", "doneAt", "claimedUntil") on "OutboxEvent" to spotter_system;
grant select (id, "franchiseId", "clubId", status, "plannedBy", "needsApproval", "notBefore", "leaseUntil", "lastReadBackAt", "expiresAt", "createdAt", "updatedAt") on "Effect" to spotter_system;
grant select (id, "franchiseId", "clubId", status, "expiresAt") on "Approval" to spotter_system;
grant select (id, "franchiseId", "clubId", status, "leaseUntil", "conversationId", "messageId") on "AgentRun" to spotter_system;
grant select (id, "franchiseId", "clubId", status, "handledBy", "handBackAt", "snoozedUntil") on "Conversation" to spotter_system;

-- Colleagues: a name and an address, never a password, for whoever works in a club or franchise that the row has or had access to.
create policy colleagues on "User" for select to spotter_app using (exists (
  select 1 from "StaffAccess" a where a."userId" = "User".id and a."franchiseId" = spotter_franchise()
    and (spotter_club() is null or a."clubId" is null or a."clubId" = spotter_club())));
revoke select on "User" from spotter_app;
grant select (id, email, name, "sessionVersion", "isSoundOn", "lastSignedInAt", "createdAt", "archivedAt") on "User" to spotter_app;

-- Invitations belong to a club or a franchise like accesses do; the hash of the link is written there and read by nobody.
create policy tenant on "Invitation" to spotter_app
  using ("franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" is null or "clubId" = spotter_club()))
  with check ("franchiseId" = spotter_franchise() and (spotter_club() is null or "clubId" = spotter_club()));
grant select (id, "franchiseId", "clubId", email, role, "invitedById", "expiresAt", "acceptedAt", "acceptedById", "revokedAt", "createdAt"), insert, update ("revokedAt")
  on "Invitation" to spotter_app;

-- Accepting an invitation and ending sessions happen before a club is chosen; so does their audit row.
create policy system_append on "AuditLog" for insert to spotter_system with check (true);
grant insert on "AuditLog" to spotter_system;
grant update ("archivedAt") on "StaffAccess" to spotter_system;

