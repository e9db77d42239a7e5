import type { Mind } from "#server/agent/mind.ts";
import type { PromptInput, PromptTurn } from "#server/agent/prompt-input.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Thought } from "#server/domain/intent.ts";
import type { Think, ThinkResult, Turn } from "#server/platform/model-client.ts";
import { VECTOR_LENGTH } from "#server/domain/sentence-vectors.ts";
import { understand } from "#server/understanding/understand.ts";

/** Friday evening in Denver. */
const NOW = new Date("2026-11-21T00:30:00Z");

export const turn = (from: PromptTurn["from"], text: string, minutesAgo = 0): PromptTurn => ({
  from,
  text,
  at: new Date(NOW.getTime() - minutesAgo * 60_000),
});

/** A bound member of an invented club who asks for the hours. */
export const promptInput = (over: Partial<PromptInput> = {}): PromptInput => ({
  club: { name: "Ironwood Denver", timeZone: "America/Denver", phone: "+13035550100" },
  now: NOW,
  policy: BUILT_IN_POLICY,
  knowledge: [
    {
      id: "kb_hours",
      title: "Opening hours",
      body: "Members can get in 24 hours a day with their key fob. The front desk is staffed Monday to Friday 8 am to 8 pm and Saturday 9 am to 3 pm.",
    },
    { id: "kb_gift", title: "Gift cards", body: "Gift cards are sold at the front desk and online. They never expire." },
    {
      id: "kb_price",
      title: "Membership prices",
      body: "The basic plan is $39 a month. The premium plan is $59 a month. A day pass is $15.",
    },
  ],
  contact: {
    firstName: "Ana",
    kind: "member",
    binding: "bound",
    facts: { status: "active", balanceMinor: "0", currency: "USD", lastVisitOn: "2026-11-18", membershipType: "Premium" },
  },
  conversation: [turn("contact", "hi, when is the front desk staffed on saturday?")],
  toolCalls: [],
  ...over,
});

export const thought = (over: Partial<Thought> = {}): Thought => ({
  category: "question",
  subIntent: "opening_hours",
  confidence: 0.95,
  riskFlags: [],
  evidence: "when is the front desk staffed",
  language: "en",
  answerable: true,
  reply: "The front desk is staffed 9 am to 3 pm on Saturday. Can I help with anything else?",
  knowledgeIds: ["kb_hours"],
  promises: [],
  ...over,
});

export const TURN: Turn = {
  model: "scripted",
  inputTokens: 100,
  outputTokens: 20,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros: 20,
  latencyMs: 5,
  externalRequestId: "req_scripted",
  stopReason: "end_turn",
  tryCount: 1,
};

/** A model that always gives this answer, checked against the schema it was asked for. */
export const scriptedThink =
  (answer: unknown): Think =>
  async (request) => {
    const parsed = request.schema.safeParse(answer);
    return parsed.success
      ? { kind: "thought", value: parsed.data, turn: TURN }
      : { kind: "failed", failure: { kind: "malformed", detail: "script" }, turn: TURN };
  };

export const failingThink =
  (failure: Extract<ThinkResult<unknown>, { kind: "failed" }>["failure"]): Think =>
  async () => ({ kind: "failed", failure, turn: TURN });

/** A mind that leaves everything to the scripted model: locally it is never sure. */
export const scriptedMind = (think: Think): Mind => ({
  think,
  model: "scripted",
  read: async ({ text, clubAsked }) => ({
    ...(await understand({ text, clubAsked, encode: (texts) => Promise.resolve(texts.map(() => new Float32Array(VECTOR_LENGTH))) })),
    confidence: 0,
    riskFlags: [],
    needsPerson: false,
    optOut: { chance: 0, verdict: "no" },
  }),
  encode: (texts) => Promise.resolve(texts.map(() => new Float32Array(VECTOR_LENGTH))),
  tools: [],
});
