/** Texts and reasons of greetings; `templates.ts` and `outcomes.ts` hold them to what they must be. */

const GREETED = ["first_name", "club_name", "club_phone"] as const;

export const GREETING_TEMPLATES = {
  birthday_greeting: {
    name: "Birthday greeting",
    purpose: "service",
    brief:
      "A short, warm birthday greeting to a member on the day itself. Nothing to buy, no offer, no gift that the knowledge does not state.",
    fields: GREETED,
    required: ["club_name"],
    builtIn: ["Happy birthday, {{first_name}}! All of us at {{club_name}} wish you a great day. See you soon!"],
  },
  join_anniversary: {
    name: "Anniversary of joining",
    purpose: "service",
    brief: "Thanks a member for so many years with the club. Warm and short, nothing to buy, and an invitation to say how it is going.",
    fields: [...GREETED, "anniversary"],
    required: ["club_name", "anniversary"],
    builtIn: [
      "Hi {{first_name}}, you have been with {{club_name}} for {{anniversary}} now. Thank you! If there is anything we could do better, just reply here.",
    ],
  },
  visit_milestone: {
    name: "Milestone of visits",
    purpose: "service",
    brief:
      "Congratulates a member who has reached a round number of visits. Warm and short, nothing to buy, no prize that the knowledge does not state.",
    fields: [...GREETED, "visit_count"],
    required: ["club_name", "visit_count"],
    builtIn: [
      "Hi {{first_name}}, that makes {{visit_count}} visits at {{club_name}}. Well done, and keep going! We are glad that you train with us.",
    ],
  },
} as const;

export const GREETING_REASONS = {
  birthday_today: "it is the person’s birthday",
  anniversary_due: "the person joined on this day some years ago",
  milestone_due: "the person has just reached a round number of visits",
  no_occasion: "there is nothing to greet for",
  occasion_off: "greetings for this are switched off",
  had_greeting: "was greeted for this already",
  minor: "minors are not written to",
} as const;
