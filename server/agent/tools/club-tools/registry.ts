import {
  addMemberNote,
  lockDoorForMember,
  sendMessageToMember,
  sendPaymentReminder,
  unlockDoorForMember,
} from "#server/agent/tools/club-tools/acts.ts";
import type { ClubTool } from "#server/agent/tools/club-tools/define-club-tool.ts";
import {
  getCampaignProspects,
  getCampaignTemplates,
  getCollectionAttempts,
  getGreenMembers,
  getPastDueMembers,
  getPastDueTrainingClients,
  getPpvMembers,
} from "#server/agent/tools/club-tools/lists.ts";
import { checkMemberAccessStatus, getMemberProfile, searchKnowledge } from "#server/agent/tools/club-tools/people.ts";
import { autoManageAccess, generateCollectionsReferralList, sendBulkCampaign } from "#server/agent/tools/club-tools/plans.ts";

/** What the model may ask for where no conversation binds a person: workflows, tasks in plain words, the owner's chat. */
export const CLUB_TOOLS: readonly ClubTool[] = [
  getCampaignProspects,
  getGreenMembers,
  getPpvMembers,
  getCampaignTemplates,
  sendBulkCampaign,
  getPastDueMembers,
  getPastDueTrainingClients,
  getMemberProfile,
  getCollectionAttempts,
  checkMemberAccessStatus,
  sendPaymentReminder,
  lockDoorForMember,
  unlockDoorForMember,
  addMemberNote,
  sendMessageToMember,
  generateCollectionsReferralList,
  autoManageAccess,
  searchKnowledge,
];
