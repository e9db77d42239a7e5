import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const Club = z.looseObject({ name: z.string(), phone: z.string().nullish(), agentName: z.string().nullish() });
const Knowledge = z.array(z.looseObject({ id: z.string(), title: z.string(), body: z.string() }));
const Facts = z.looseObject({
  status: z.string().nullish(),
  balanceMinor: z.coerce.number().nullish(),
  currency: z.string().nullish(),
  lastVisitOn: z.string().nullish(),
  membershipType: z.string().nullish(),
});
const Contact = z.looseObject({
  firstName: z.string().nullish(),
  kind: z.string().nullish(),
  isBound: z.boolean().nullish(),
  facts: Facts.nullish(),
});
const LikelyAnswer = z.looseObject({ text: z.string(), articleIds: z.array(z.string()), chance: z.number() });
const Conversation = z.array(z.looseObject({ from: z.enum(["contact", "staff", "agent"]), text: z.string() }));

export type Facts = z.infer<typeof Facts>;

/** What the labelled blocks of Spotter's prompt say; blocks that are missing or broken read as empty. */
export type Prompt = {
  readonly clubName: string;
  readonly clubPhone: string | null;
  readonly agentName: string;
  readonly knowledge: z.infer<typeof Knowledge>;
  /** What the product found by comparing; null = nothing. */
  readonly likelyAnswer: z.infer<typeof LikelyAnswer> | null;
  readonly firstName: string | null;
  readonly isBound: boolean;
  readonly facts: Facts | null;
  /** What the contact wrote since the club last spoke, oldest first. */
  readonly newest: readonly string[];
  /** The club's last words before `newest`. */
  readonly lastFromClub: string | null;
  readonly previousFromContact: string | null;
  readonly hasAgentSpoken: boolean;
};

export const readPrompt = (request: PromptParts): Prompt => {
  const lastUser = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  const all = [textOf(request.system), ...request.messages.map((message) => textOf(message.content))].join("\n");
  const club = readBlock(all, { tag: "club", schema: Club });
  const contact = readBlock(all, { tag: "contact", schema: Contact });
  const turns = readBlock(all, { tag: "conversation", schema: Conversation }) ?? [{ from: "contact" as const, text: lastUser }];
  const newestFrom = turns.findLastIndex((turn) => turn.from !== "contact") + 1;
  const before = turns.slice(0, newestFrom);
  return {
    clubName: club?.name ?? "the club",
    clubPhone: club?.phone ?? null,
    agentName: club?.agentName ?? "Spotter",
    knowledge: readBlock(all, { tag: "club_knowledge", schema: Knowledge }) ?? [],
    likelyAnswer: readBlock(all, { tag: "likely_answer", schema: LikelyAnswer }),
    firstName: contact?.firstName ?? null,
    isBound: contact?.isBound ?? false,
    facts: contact?.facts ?? null,
    newest: turns.slice(newestFrom).map((turn) => turn.text),
    lastFromClub: before.at(-1)?.text ?? null,
    previousFromContact: before.findLast((turn) => turn.from === "contact")?.text ?? null,
    hasAgentSpoken: before.some((turn) => turn.from === "agent"),
  };
};

/** What a script is matched against: the contact's newest words, or the last turn where there is no conversation. */
export const lastWordsOf = (request: PromptParts): string => readPrompt(request).newest.join("\n");

/** The JSON inside escapes every `<`, so the first closing tag is the real one whatever a member wrote. */
const readBlock = <T>(text: string, { schema, tag }: { tag: string; schema: z.ZodType<T> }): T | null => {
  const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
  if (body === undefined) {
    return null;
  }
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
};
