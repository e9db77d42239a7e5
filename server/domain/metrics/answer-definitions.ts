import { DURABLE_DAYS, LOOK_BACK_DAYS, MINUTES_PER_ANSWER, MINUTES_SAVED_PER_DRAFT } from "./assumptions.ts";

const LISTED = { hasList: true } as const;

export const ANSWERING = {
  conversations: {
    label: "Conversations",
    sentence: "Conversations in which somebody wrote to the club in the period.",
    unit: "count",
    better: "neither",
    ...LISTED,
  },
  coverage: {
    label: "Coverage",
    sentence: "Of these conversations, the share for which Spotter sent an answer or drafted one.",
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  auto_share: {
    label: "Answered alone",
    sentence: "Of these conversations, the share that Spotter answered without any person of the club taking part.",
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  assisted: {
    label: "Answered together",
    sentence: "Of these conversations, the share in which Spotter answered and a person approved, edited or wrote as well.",
    unit: "ratio",
    better: "neither",
    ...LISTED,
  },
  handed_over: {
    label: "Handed over",
    sentence: "Of these conversations, the share that Spotter handed to a person.",
    unit: "ratio",
    better: "down",
    ...LISTED,
  },
  staff_only: {
    label: "Answered by the team",
    sentence: "Of these conversations, the share that people of the club answered without an answer of Spotter.",
    unit: "ratio",
    better: "neither",
    ...LISTED,
  },
  no_answer: {
    label: "Without an answer",
    sentence: "Of these conversations, the share in which nobody answered in the period: nothing was needed, or somebody still waits.",
    unit: "ratio",
    better: "neither",
    ...LISTED,
  },
  hours_saved: {
    label: "Hours saved",
    sentence: `An estimate: ${MINUTES_PER_ANSWER} minutes for each answer that went out alone, ${MINUTES_SAVED_PER_DRAFT} for each draft that was sent unchanged.`,
    unit: "hours",
    better: "up",
    ...LISTED,
  },
} as const;

export const RESPONSE = {
  first_response_agent: {
    label: "Spotter's first answer",
    sentence: `Half of those whom Spotter answered alone waited no longer, counted from their first unanswered message of the ${LOOK_BACK_DAYS} days before.`,
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  first_response_agent_p90: {
    label: "Spotter's first answer, nine in ten",
    sentence: "Nine in ten of those whom Spotter answered alone waited no longer.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  first_response_staff: {
    label: "The team's first answer",
    sentence:
      "Half of those whom a person answered, or for whom a person approved a draft, waited no longer; nights and closed days count.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  first_response_staff_p90: {
    label: "The team's first answer, nine in ten",
    sentence: "Nine in ten of those whom a person answered, or for whom a person approved a draft, waited no longer.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
} as const;

export const SETTLING = {
  durable_agent: {
    label: "Settled for good by Spotter",
    sentence: `Of the conversations that Spotter answered alone, the share in which nothing more was needed for ${DURABLE_DAYS} days. Counted ${DURABLE_DAYS} days late, so that each had its week.`,
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  durable_staff: {
    label: "Settled for good by the team",
    sentence: `Of the conversations that people closed, the share in which nothing more was needed for ${DURABLE_DAYS} days. Counted ${DURABLE_DAYS} days late.`,
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  reopened: {
    label: "Came back",
    sentence: `Of the conversations that Spotter answered alone or people closed, the share that needed something again within ${DURABLE_DAYS} days. Counted ${DURABLE_DAYS} days late.`,
    unit: "ratio",
    better: "down",
    ...LISTED,
  },
  resolution_agent: {
    label: "Spotter's time to settle",
    sentence: `Half of what Spotter settled for good took no longer, from the first message of the matter to the last answer.`,
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  resolution_agent_p90: {
    label: "Spotter's time to settle, nine in ten",
    sentence: "Nine in ten of what Spotter settled for good took no longer.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  resolution_staff: {
    label: "The team's time to settle",
    sentence: "Half of what people settled for good took no longer, from the first message of the matter to closing it.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  resolution_staff_p90: {
    label: "The team's time to settle, nine in ten",
    sentence: "Nine in ten of what people settled for good took no longer.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
} as const;

export const QUALITY = {
  rating: {
    label: "Rating by the team",
    sentence: "Average of the scores, 1 to 5, that staff gave answers of Spotter in the period.",
    unit: "score",
    better: "up",
    ...LISTED,
  },
  edited: {
    label: "Drafts edited",
    sentence: "Of the drafts that a person sent in the period, the share that was changed first.",
    unit: "ratio",
    better: "down",
    ...LISTED,
  },
  calibration: {
    label: "Confidence gap",
    sentence:
      "How far Spotter's confidence lies from how often its drafts agreed with what staff sent, on average over the compared drafts.",
    unit: "ratio",
    better: "down",
    ...LISTED,
  },
  wrong_sends: {
    label: "Wrong answers sent",
    sentence:
      "Answers that went out alone and that staff found wrong in the period: rated 1 or 2, rewritten, or corrected towards the person.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  held: {
    label: "Drafts held back",
    sentence: "Messages for which a check kept a draft from going out alone: a fact, a promise, privacy, language, length or a repetition.",
    unit: "count",
    better: "neither",
    ...LISTED,
  },
  robotic: {
    label: "Called robotic",
    sentence: "Messages that complain of talking to a robot or ask whether it is one, found by their words.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  satisfaction_agent: {
    label: "Satisfaction with Spotter",
    sentence: "Average score, 1 to 5, that people gave after Spotter had settled their matter; asked in the period.",
    unit: "score",
    better: "up",
    ...LISTED,
  },
  satisfaction_staff: {
    label: "Satisfaction with the team",
    sentence: "Average score, 1 to 5, that people gave after a person had settled their matter; asked in the period.",
    unit: "score",
    better: "up",
    ...LISTED,
  },
} as const;
