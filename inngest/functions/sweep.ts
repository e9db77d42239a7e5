import { inngest } from "#server/platform/events.ts";
import { listOldUploads, sweepUpload } from "#server/services/attachments/sweep-uploads.ts";
import { sweepPrompts } from "#server/services/agent-runs/sweep-prompts.ts";
import { expireApproval, listExpiredApprovals } from "#server/services/approvals/expire-approval.ts";
import { expireConfirmation, listExpiredConfirmations } from "#server/services/confirmations/expire-confirmation.ts";
import { watchFreshness } from "#server/services/connections/watch-freshness.ts";
import { eachItem } from "#server/services/each-item.ts";
import { systemContext } from "#server/services/context.ts";
import { handBackByTimer } from "#server/services/conversations/hand-back.ts";
import { listDueHandBacks } from "#server/services/conversations/list-due-hand-backs.ts";
import { listDueSnoozes } from "#server/services/conversations/list-due-snoozes.ts";
import { wakeByTimer } from "#server/services/conversations/wake-conversation.ts";
import { followChase, listLostChases } from "#server/services/escalations/follow-chase.ts";
import { listClubsDue } from "#server/services/notifications/deliver-notification.ts";
import { sweepOutbox } from "#server/services/outbox/sweep-outbox.ts";
import { watchRelays } from "#server/services/relay/watch-relays.ts";
import { heldNotificationsDue } from "../events.ts";

/** Each minute: what the outbox still holds, questions nobody answered, stretches that are over, what was put off until now, files that were never sent, vendors nobody reads, chases whose run is gone, prompts that are old. */
export const sweep = inngest.createFunction(
  { id: "sweep", triggers: [{ cron: "* * * * *" }], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    await step.run("outbox", () => sweepOutbox());
    await step.run("approvals", expireApprovals);
    await step.run("confirmations", expireConfirmations);
    await step.run("hand-backs", handBacks);
    await step.run("snoozes", wakeSnoozed);
    await step.run("unsent-files", removeUnsent);
    await step.run("freshness", () => watchFreshness());
    await step.run("relays", () => watchRelays());
    await step.run("chases", followLost);
    await step.run("prompts", () => sweepPrompts());
    const clubs = await step.run("notifications", () => listClubsDue());
    if (clubs.length > 0) {
      // No vendor is called from here: what one club waits for keeps nothing of the next minute waiting.
      await step.sendEvent(
        "hand-out-notifications",
        clubs.map(({ clubId, franchiseId }) => heldNotificationsDue.create({ franchiseId, clubId })),
      );
    }
  },
);

const followLost = async (): Promise<number> => {
  return eachItem(await listLostChases(), (chase) => followChase(systemContext(chase, { job: "sweep" }), { chaseId: chase.id }));
};

const expireApprovals = async (): Promise<number> => {
  return eachItem(await listExpiredApprovals(), (approval) =>
    expireApproval(systemContext(approval, { job: "sweep" }), { approvalId: approval.id }),
  );
};

const expireConfirmations = async (): Promise<number> => {
  return eachItem(await listExpiredConfirmations(), (confirmation) =>
    expireConfirmation(systemContext(confirmation, { job: "sweep" }), { confirmationId: confirmation.id }),
  );
};

const wakeSnoozed = async (): Promise<number> => {
  return eachItem(await listDueSnoozes(), (conversation) =>
    wakeByTimer(systemContext(conversation, { job: "sweep" }), { conversationId: conversation.id }),
  );
};

const removeUnsent = async (): Promise<number> => {
  return eachItem(await listOldUploads(), (upload) => sweepUpload(systemContext(upload, { job: "sweep" }), { attachmentId: upload.id }));
};

const handBacks = async (): Promise<number> => {
  return eachItem(await listDueHandBacks(), (conversation) =>
    handBackByTimer(systemContext(conversation, { job: "sweep" }), { conversationId: conversation.id }),
  );
};
