import { eventType } from "inngest";
import { z } from "zod";

/** Every event of the product. Events carry ids only; what they tell of is read again where it is needed. */

const scope = { franchiseId: z.string(), clubId: z.string() };

export const messageReceived = eventType("inbox/message.received", {
  schema: z.object({ ...scope, conversationId: z.string(), messageId: z.string(), outboxEventId: z.string() }),
});

/** One group of connections to poll now, or after a pause within the same minute. */
export const shardDue = eventType("connections/shard.due", {
  schema: z.object({ connectionIds: z.array(z.string()), delaySeconds: z.number() }),
});

export const bookingSyncDue = eventType("bookings/sync.due", { schema: z.object({ ...scope, connectionId: z.string() }) });

export const memberSyncDue = eventType("members/sync.due", { schema: z.object({ ...scope, connectionId: z.string() }) });

export const importStarted = eventType("imports/import.started", {
  schema: z.object({ ...scope, importId: z.string(), outboxEventId: z.string() }),
});

export const paymentReceived = eventType("payment/received", {
  schema: z.object({ ...scope, paymentId: z.string(), outboxEventId: z.string() }),
});

export const resetStarted = eventType("devices/reset.started", {
  schema: z.object({ ...scope, effectId: z.string(), outboxEventId: z.string() }),
});

/** Staff answered, approved or closed what the agent had a draft for. */
export const draftAnswered = eventType("learning/draft.answered", {
  schema: z.object({ ...scope, decisionId: z.string(), outboxEventId: z.string() }),
});

/** Staff rated an automatic answer wrong or wrote a better one. */
export const answerCorrected = eventType("learning/answer.corrected", {
  schema: z.object({ ...scope, messageId: z.string(), outboxEventId: z.string() }),
});

/** Somebody may be in danger: the on-call phone is told. */
export const emergencyRaised = eventType("alerts/emergency.raised", {
  schema: z.object({ ...scope, messageId: z.string(), outboxEventId: z.string() }),
});

/** A conversation needs a person: people are told until one of them has it. */
export const personCalled = eventType("inbox/person.called", {
  schema: z.object({
    ...scope,
    chaseId: z.string(),
    conversationId: z.string(),
    reason: z.string(),
    calledAt: z.string(),
    outboxEventId: z.string(),
  }),
});

/** People are to be told of something outside Spotter. */
export const notificationDue = eventType("people/notification.due", {
  schema: z.object({ ...scope, batchId: z.string(), outboxEventId: z.string() }),
});

/** People of a club are to be told of what was held back until now. */
export const heldNotificationsDue = eventType("people/notifications.held", { schema: z.object(scope) });

export const approvalRequested = eventType("approval/requested", {
  schema: z.object({ ...scope, approvalId: z.string(), outboxEventId: z.string() }),
});

export const approvalClosed = eventType("approval/closed", {
  schema: z.object({ ...scope, approvalId: z.string(), outboxEventId: z.string() }),
});

export const rehearsalStarted = eventType("agent/rehearsal.started", {
  schema: z.object({ ...scope, rehearsalId: z.string(), outboxEventId: z.string() }),
});

/** Somebody of a club asked Spotter something. */
export const questionAsked = eventType("ask/question.asked", {
  schema: z.object({ ...scope, turnId: z.string(), outboxEventId: z.string() }),
});

/** A run of a workflow is driven on as far as it goes. */
export const workflowRunDue = eventType("workflow/run.due", {
  schema: z.object({ ...scope, runId: z.string(), outboxEventId: z.string() }),
});

/** Some of a run's outcomes are to be acted on; which ones is found out by whoever takes them. */
export const workflowBatchDue = eventType("workflow/batch.due", { schema: z.object({ ...scope, runId: z.string() }) });

/** The process came up: what runs each minute need not wait for the next one. */
export const appStarted = eventType("app/started", { schema: z.object({ processId: z.string() }) });
