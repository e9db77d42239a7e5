import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { settleNotices as settle } from "#server/services/approvals/settle-notices.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { approvalClosed } from "../events.ts";

/** Takes a question that is over away from wherever it was put beside Spotter itself. */
export const settleNotices = inngest.createFunction(
  { id: "settle-notices", triggers: [approvalClosed], retries: 3, concurrency: { key: "event.data.clubId", limit: 5 } },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "settle-notices", requestId: runId });
    const noticeCount = await step.run("settle", () => settle(ctx, { approvalId: asId("approval", event.data.approvalId) }));
    await step.run("finish", () => finishEvent(event.data));
    return { noticeCount };
  },
);
