/** What a person said yes to: one text for one group of people, as many as there were. */
export type StandingApproval = {
  readonly textHash: string;
  readonly groupSize: number;
  readonly expiresAt: Date;
};

/** Rule table, section 1: a yes lasts 30 days and falls when the group grows by more than a fifth. */
export const STANDING_APPROVAL_DAYS = 30;
export const GROUP_GROWTH_MAX_PERCENT = 20;

export type ApprovalFall = "expired" | "text_changed" | "group_grew";

/** Why a yes no longer holds; null while it does. */
export const fallOf = (
  approval: StandingApproval,
  { groupSize, now, textHash }: { readonly textHash: string; readonly groupSize: number; readonly now: Date },
): ApprovalFall | null => {
  if (approval.expiresAt <= now) {
    return "expired";
  }
  if (approval.textHash !== textHash) {
    return "text_changed";
  }
  return groupSize * 100 > approval.groupSize * (100 + GROUP_GROWTH_MAX_PERCENT) ? "group_grew" : null;
};
