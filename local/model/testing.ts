import Anthropic from "@anthropic-ai/sdk";
import { type ModelOptions, type ModelServer, startModel } from "./start-model.ts";

export type TestModel = {
  readonly server: ModelServer;
  /** The official SDK, without retries unless a test asks for them. */
  readonly client: Anthropic;
  readonly sandbox: (method: string, path: string, body?: object) => Promise<unknown>;
};

export const startTestModel = async (options: Partial<ModelOptions> = {}): Promise<TestModel> => {
  const server = await startModel({ port: 0, latencyMs: 0, ...options });
  const client = new Anthropic({ apiKey: "stand-in-key", baseURL: server.url, maxRetries: 0 });
  const sandbox = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${server.url}/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return response.json();
  };
  return { server, client, sandbox };
};

const KNOWLEDGE = [
  {
    id: "kb_hours",
    title: "Opening hours",
    body: "Members can get in 24 hours a day with their key fob. The front desk is staffed Monday to Friday 8 am to 8 pm and Saturday 9 am to 3 pm.",
  },
  { id: "kb_gift", title: "Gift cards", body: "Gift cards are sold at the front desk and online. They never expire." },
  { id: "kb_price", title: "Membership prices", body: "The basic plan is $39 a month. The premium plan is $59 a month." },
];

export type Turn = { readonly from: "contact" | "staff" | "agent"; readonly text: string };

type PromptChange = {
  readonly contact?: object;
  readonly turns?: readonly Turn[];
  readonly knowledge?: readonly object[];
  readonly likelyAnswer?: object;
};

const write = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** A prompt as the agent writes it: club and knowledge in the system, contact and conversation in the one user turn. */
export const promptFor = (text: string, { contact, knowledge = KNOWLEDGE, likelyAnswer, turns }: PromptChange = {}) => {
  const likely = likelyAnswer === undefined ? "" : `\n<likely_answer>${write(likelyAnswer)}</likely_answer>`;
  const club = {
    name: "Ironwood Denver",
    timeZone: "America/Denver",
    localTime: "2026-11-20T17:00",
    phone: "+13035550100",
    agentName: "Sam",
  };
  const person = { firstName: "Ana", kind: "member", isBound: true, facts: null, ...contact };
  const conversation = (turns ?? [{ from: "contact" as const, text }]).map((turn, index) => ({
    ...turn,
    at: `2026-11-20T17:0${index}:00Z`,
  }));
  return {
    model: "claude-haiku-5-5",
    max_tokens: 1_000,
    system: [
      {
        type: "text" as const,
        text: `You answer for a club.\n<club>${write(club)}</club>\n<club_knowledge>${write(knowledge)}</club_knowledge>`,
        cache_control: { type: "ephemeral" as const },
      },
    ],
    messages: [
      {
        role: "user" as const,
        content: `<contact>${write(person)}</contact>\n<conversation>${write(conversation)}</conversation>${likely}\n<task>answer the newest messages of the contact</task>`,
      },
    ],
  };
};
