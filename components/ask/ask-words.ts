/** Why a question has no words of Spotter beneath it, by the code it ended with. */
const ENDS: Readonly<Record<string, string>> = {
  run_limit: "Spotter did not get to an answer within the rounds, the time and the cost that one question has. What it found stands below.",
  budget_spent: "The club's budget for Spotter is spent for today. Ask again tomorrow, or let an owner raise it.",
  model_failed: "The model could not be reached or gave no usable answer. Ask again in a moment.",
  crashed: "Something broke on the way. Nothing was done; ask again.",
  not_allowed: "Your role here was changed meanwhile, so this was not answered.",
};

export const endWords = (endCode: string | null, heldSpans: readonly string[]): string | null => {
  if (endCode === "fact_lock") {
    return `Spotter's own words were held back: they state what no lookup brought (${heldSpans.map((span) => `“${span}”`).join(", ")}). What was found stands below.`;
  }
  return endCode === null ? null : (ENDS[endCode] ?? "This was not answered.");
};

/** What became of a question to a person. */
export const approvalWords = (status: string, effectStatus: string): string => {
  switch (status) {
    case "approved":
      return effectStatus === "confirmed" ? "Approved and done" : effectStatus === "failed" ? "Approved, but it failed" : "Approved";
    case "rejected":
      return "Dismissed: nothing happened";
    case "expired":
      return "Expired: nothing happened";
    default:
      return "Waits for a yes";
  }
};
