import { z } from "zod";

import { Category } from "./intent.ts";
import { OUTCOMES, type Outcome } from "./reasons.ts";

/** Who writes in a rehearsal: somebody of the club, or somebody invented. */
export const RehearsalContact = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("contact"), contactId: z.string() }),
  z.strictObject({
    kind: z.literal("invented"),
    firstName: z.string().trim().max(40).nullable(),
    is: z.enum(["member", "prospect", "unknown"]),
    /** Minor units as decimal digits; null = owes nothing. */
    balanceMinor: z
      .string()
      .regex(/^\d{1,9}$/)
      .nullable(),
    membershipType: z.string().trim().max(80).nullable(),
  }),
]);

export type RehearsalContact = z.infer<typeof RehearsalContact>;

export const RehearsalTurn = z.strictObject({ from: z.enum(["contact", "staff", "agent"]), text: z.string().trim().min(1).max(2_000) });

export type RehearsalTurn = z.infer<typeof RehearsalTurn>;

/** The last turn is the contact's: that is what the agent answers. */
export const RehearsalTurns = z
  .array(RehearsalTurn)
  .min(1)
  .max(40)
  .refine((turns) => turns.at(-1)?.from === "contact", { error: "the conversation ends with what the contact wrote" });

/** What a kept test expects of the agent. */
export const TestExpectation = z.strictObject({
  /** Any of these; none = whatever it decides. */
  outcomes: z.array(z.enum(OUTCOMES)).max(OUTCOMES.length),
  category: Category.nullable(),
  mustSay: z.array(z.string().trim().min(1).max(120)).max(10),
  mustNotSay: z.array(z.string().trim().min(1).max(120)).max(10),
});

export type TestExpectation = z.infer<typeof TestExpectation>;

type Seen = { readonly outcome: Outcome; readonly category: string; readonly text: string | null };

/** What a rehearsed answer has against what was expected, in sentences for people; empty = as expected. */
export const missedBy = ({ category, outcome, text }: Seen, expectation: TestExpectation): readonly string[] => {
  const said = (text ?? "").toLowerCase();
  return [
    ...(expectation.outcomes.length > 0 && !expectation.outcomes.includes(outcome) ? [`it decided to ${outcome}`] : []),
    ...(expectation.category !== null && expectation.category !== category ? [`it took this for ${category}`] : []),
    ...expectation.mustSay.filter((part) => !said.includes(part.toLowerCase())).map((part) => `it does not say “${part}”`),
    ...expectation.mustNotSay.filter((part) => said.includes(part.toLowerCase())).map((part) => `it says “${part}”`),
  ];
};
