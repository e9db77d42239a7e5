/** What a contact wants, in the eight words of the customer. A module of its own: browsers need the words and nothing of what checks them. */
export const CATEGORIES = ["question", "scheduling", "payment_inquiry", "complaint", "praise", "confirmation", "opt_out", "other"] as const;

type Category = (typeof CATEGORIES)[number];

export const CATEGORY_LABELS = {
  question: "Question",
  scheduling: "Scheduling",
  payment_inquiry: "Payment",
  complaint: "Complaint",
  praise: "Praise",
  confirmation: "Confirmation",
  opt_out: "Opt-out",
  other: "Other",
} as const satisfies Record<Category, string>;
