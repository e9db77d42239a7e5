-- The decisions of the last days, for a replay.
create index "Decision_clubId_createdAt_idx" on "Decision" ("clubId", "createdAt");

-- Whose figures an owner has seen is asked at each publishing; the rest of the audit log is none of its business.
create index "AuditLog_automationReviewed_idx" on "AuditLog" ("clubId", "entityId") where action = 'automation.reviewed';
