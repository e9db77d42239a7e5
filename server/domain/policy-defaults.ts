import { AUTOMATION_DEFAULTS } from "./automations.ts";
import type { Policy, PolicyDocument } from "./policy.ts";

/** Automatic replies of a conversation are counted over this many hours, or since a person last wrote if that is later. */
export const AUTOMATIC_REPLY_WINDOW_HOURS = 24;

/** What each number may be set to; both ends are allowed. */
export const POLICY_BOUNDS = {
  auto: { min: 0.6, max: 0.99 },
  /** "Below 0.60 always a person" holds for every club, so the floor only rises. */
  floor: { min: 0.6, max: 0.99 },
  /** 0 turns every answer of the agent into a suggestion. */
  automaticRepliesPerConversation: { min: 0, max: 20 },
  automaticRepliesPerClubHour: { min: 0, max: 600 },
  burstWindowSeconds: { min: 1, max: 30 },
  handBackHours: { min: 1, max: 168 },
  replyMaxSentences: { min: 1, max: 8 },
  /** Vendors refuse a text message of more than 1,600 characters. */
  replyMaxCharacters: { min: 80, max: 1_600 },
  dailyCostMicros: { min: 0, max: 1_000_000_000 },
  dailyTokens: { min: 0, max: 1_000_000_000 },
  runCostMicros: { min: 0, max: 10_000_000 },
  conversationCostMicros: { min: 0, max: 100_000_000 },
  minDrafts: { min: 5, max: 500 },
  agreementRatio: { min: 0.7, max: 1 },
  demoteAfterCorrections: { min: 1, max: 20 },
} as const;

/** What holds where neither the franchise nor the club says otherwise. */
export const BUILT_IN_POLICY: Policy = {
  agent: {
    name: "Spotter",
    personality:
      "A friendly, professional and helpful member of the club's team. Short, warm, natural sentences, the way one person texts another. Uses the member's first name now and then. Ends with a next step or a question. Never pushy, never sarcastic, no slang, at most one emoji and only when the member uses them.",
    disclosure: "Hi, this is {agentName}. I'm the club's AI assistant.",
    translatedDisclosures: { es: "Hola, soy {agentName}, el asistente de IA del club." },
    languages: ["en", "es"],
  },
  stages: {
    question: "auto",
    scheduling: "auto",
    confirmation: "auto",
    praise: "auto",
    payment_inquiry: "auto",
    complaint: "off",
    opt_out: "suggest",
    other: "suggest",
  },
  automations: AUTOMATION_DEFAULTS,
  instantAnswers: true,
  thresholds: { auto: 0.85, floor: 0.6 },
  categoryThresholds: {
    question: null,
    scheduling: null,
    confirmation: null,
    praise: null,
    payment_inquiry: null,
    complaint: null,
    opt_out: null,
    other: null,
  },
  limits: { automaticRepliesPerConversation: 6, automaticRepliesPerClubHour: 60 },
  burstWindowSeconds: 4,
  missedCallText: null,
  handBackHours: 12,
  replyMaxSentences: 3,
  replyMaxCharacters: 480,
  allowedLinkHosts: [],
  // Chosen by us: several thousand answers of the default model, and a bound on what a runaway can cost in a day.
  budgets: { dailyCostMicros: 5_000_000, dailyTokens: 10_000_000, runCostMicros: 100_000, conversationCostMicros: 500_000 },
  hours: { opening: null, staffed: null },
  // The federal window for solicitations is 8:00 to 21:00 at the recipient (47 CFR 64.1200(c)(1), read 2026-11).
  quietHours: { startMinute: 21 * 60, endMinute: 8 * 60 },
  models: { agent: null, hard: null },
  learning: { minDrafts: 30, agreementRatio: 0.9, demoteAfterCorrections: 3 },
  asksSatisfaction: false,
};

/** The document a new club starts with: the agent reads and drafts everything, and sends nothing. */
export const SHADOW_POLICY: PolicyDocument = {
  stages: {
    question: "shadow",
    scheduling: "shadow",
    confirmation: "shadow",
    praise: "shadow",
    payment_inquiry: "shadow",
    complaint: "shadow",
    opt_out: "shadow",
    other: "shadow",
  },
};
