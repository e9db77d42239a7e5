import { z } from "zod";

/**
 * Prefix of each kind of row. An id reads `<prefix>_<26 characters>`: a TypeID, whose body is a
 * UUIDv7, so ids of one kind sort by the time they were made.
 */
export const PREFIX = {
  franchise: "fr",
  club: "club",
  user: "user",
  staffAccess: "acc",
  invitation: "inv",
  desk: "desk",
  firstRunStep: "frs",
  policy: "pol",
  contact: "ct",
  contactIdentity: "ctid",
  member: "mem",
  prospect: "pros",
  memberIdentity: "mid",
  csvImport: "imp",
  csvRefusal: "impr",
  savedFilter: "filt",
  gymMembership: "gm",
  visit: "vis",
  booking: "book",
  consent: "cons",
  suppression: "sup",
  contactTouch: "touch",
  sendingSettings: "send",
  connection: "conn",
  externalUser: "extu",
  clubKey: "key",
  syncCursor: "cur",
  webhookDelivery: "whd",
  quarantinedPayload: "quar",
  channel: "chan",
  conversation: "conv",
  handover: "hand",
  message: "msg",
  messageRevision: "rev",
  attachment: "att",
  conversationTag: "tag",
  snippet: "snip",
  intentClassification: "cls",
  decision: "dec",
  agentRun: "run",
  modelTurn: "turn",
  modelPrompt: "mpr",
  promptText: "ptxt",
  toolCall: "call",
  aiAction: "act",
  approval: "appr",
  approvalVote: "vote",
  effect: "eff",
  rating: "rate",
  correction: "corr",
  example: "ex",
  workflow: "wf",
  workflowVersion: "wfv",
  workflowLayer: "wfl",
  reportSettings: "reps",
  workflowRun: "wfr",
  workflowOutcome: "wfo",
  workflowCall: "wfcall",
  standingApproval: "wfa",
  template: "tpl",
  sequenceEnrollment: "seq",
  paymentPromise: "prom",
  collectionAttempt: "coll",
  debtEpisode: "debt",
  billingHold: "hold",
  accessLock: "lock",
  lockWarning: "lwrn",
  referralCase: "refc",
  knowledgeArticle: "kb",
  knowledgeVersion: "kbv",
  knowledgeUse: "kbu",
  knowledgeGap: "gap",
  sentenceVector: "svec",
  clubNotice: "notice",
  specialDay: "day",
  confirmation: "conf",
  automationUse: "auto",
  draftComparison: "cmp",
  autonomyChange: "autn",
  styleRule: "style",
  styleReview: "srev",
  testConversation: "test",
  rehearsal: "reh",
  askThread: "askt",
  askTurn: "ask",
  askCall: "askc",
  satisfactionScore: "sat",
  contactVerification: "veri",
  payRequest: "preq",
  payment: "pay",
  outboxEvent: "evt",
  auditLog: "aud",
  alert: "alrt",
  notificationSettings: "nset",
  notification: "noti",
  notificationDelivery: "ndel",
  pushDevice: "pdev",
  escalationRules: "erul",
  escalationChase: "chase",
  ticket: "tick",
  brief: "brief",
  weeklySummary: "wsum",
  messageTranslation: "trl",
  closing: "close",
  closingItem: "left",
  signInAttempt: "sia",
  relay: "relay",
  relayPairing: "rpair",
  relayCall: "rcall",
  connectorNote: "cnote",
} as const;

export type Kind = keyof typeof PREFIX;

/** An id whose kind is part of its type: `Id<"conversation">` is `` `conv_${string}` ``. */
export type Id<K extends Kind> = `${(typeof PREFIX)[K]}_${string}`;

const BODY = "[0-7][0-9a-hjkmnp-tv-z]{25}";

/** Accepts only a well-formed id of one kind, so that a conversation id never passes for a message id. */
export const idSchema = <K extends Kind>(kind: K) =>
  z.custom<Id<K>>((value) => typeof value === "string" && new RegExp(`^${PREFIX[kind]}_${BODY}$`).test(value), {
    error: `not an id of kind ${kind}`,
  });

/**
 * States at the type level what a database column is known to hold.
 * The runtime guarantee is the check constraint on each id column of the migration.
 */
export const asId = <K extends Kind>(kind: K, value: string): Id<K> => {
  if (!value.startsWith(`${PREFIX[kind]}_`)) {
    throw new TypeError(`expected an id of kind ${kind}`);
  }
  return value as Id<K>;
};
