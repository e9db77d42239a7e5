/** Reasons of campaigns; `outcomes.ts` holds them to what they must be. */
export const CAMPAIGN_REASONS = {
  campaign_due: "belongs to the people this campaign is for",
  held_out: "held out: is not written to, so that it shows what the campaign changes",
  had_campaign: "had this campaign already",
  owes_nothing: "nothing is owed, and this campaign is about a debt",
  other_payer: "somebody else pays for this person, and about a debt only whoever pays is written to",
} as const;
