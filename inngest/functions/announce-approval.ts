import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { announceApproval as announce } from "#server/services/approvals/announce-approval.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { approvalRequested } from "../events.ts";

/** Puts a question that waits for a person before the club's people where they are, beside Spotter itself. */
export const announceApproval = inngest.createFunction(
  { id: "announce-approval", triggers: [approvalRequested], retries: 3, concurrency: { key: "event.data.clubId", limit: 5 } },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "announce-approval", requestId: runId });
    const noticeCount = await step.run("announce", () => announce(ctx, { approvalId: asId("approval", event.data.approvalId) }));
    await step.run("finish", () => finishEvent(event.data));
    return { noticeCount };
  },
);
