import { actOnBatch } from "./functions/act-on-batch.ts";
import { answerQuestion } from "./functions/answer-question.ts";
import { announceApproval } from "./functions/announce-approval.ts";
import { assessAutonomy } from "./functions/assess-autonomy.ts";
import { askSatisfaction } from "./functions/ask-satisfaction.ts";
import { askSpecialDays } from "./functions/ask-special-days.ts";
import { chaseEscalation } from "./functions/chase-escalation.ts";
import { closeShifts } from "./functions/close-shifts.ts";
import { compareDraft } from "./functions/compare-draft.ts";
import { deliverHeldNotifications } from "./functions/deliver-held-notifications.ts";
import { deliverNotifications } from "./functions/deliver-notifications.ts";
import { followReset } from "./functions/follow-reset.ts";
import { heedCorrection } from "./functions/heed-correction.ts";
import { learnArticles } from "./functions/learn-articles.ts";
import { pageOnCall } from "./functions/page-on-call.ts";
import { pollConnections } from "./functions/poll-connections.ts";
import { pollShard } from "./functions/poll-shard.ts";
import { processMessage } from "./functions/process-message.ts";
import { reviewWeek } from "./functions/review-week.ts";
import { runImport } from "./functions/run-import.ts";
import { receivePayment } from "./functions/receive-payment.ts";
import { runRehearsal } from "./functions/run-rehearsal.ts";
import { scheduleMemberSync } from "./functions/schedule-member-sync.ts";
import { scheduleBookingSync } from "./functions/schedule-booking-sync.ts";
import { runWorkflow } from "./functions/run-workflow.ts";
import { settleEffects } from "./functions/settle-effects.ts";
import { settleNotices } from "./functions/settle-notices.ts";
import { settlePromises } from "./functions/settle-promises.ts";
import { startDueWorkflows } from "./functions/start-due-workflows.ts";
import { sweep } from "./functions/sweep.ts";
import { syncBookings } from "./functions/sync-bookings.ts";
import { syncMembers } from "./functions/sync-members.ts";
import { writeBriefs } from "./functions/write-briefs.ts";
import { writeSummaries } from "./functions/write-summaries.ts";

/** Every durable function of the product. */
export const functions = [
  processMessage,
  answerQuestion,
  pageOnCall,
  announceApproval,
  deliverHeldNotifications,
  deliverNotifications,
  chaseEscalation,
  settleNotices,
  settlePromises,
  pollConnections,
  pollShard,
  settleEffects,
  followReset,
  receivePayment,
  sweep,
  learnArticles,
  scheduleMemberSync,
  syncMembers,
  runImport,
  scheduleBookingSync,
  syncBookings,
  askSpecialDays,
  askSatisfaction,
  writeBriefs,
  writeSummaries,
  closeShifts,
  runRehearsal,
  compareDraft,
  reviewWeek,
  assessAutonomy,
  heedCorrection,
  startDueWorkflows,
  runWorkflow,
  actOnBatch,
];
