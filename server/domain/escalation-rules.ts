import { z } from "zod";

import { CALL_REASONS, type CallReason } from "./call-reasons.ts";
import { ESCALATION_HOURS, RULES_MAX_COUNT, STEPS_MAX_COUNT, WAIT_MAX_MINUTES } from "./escalation-words.ts";
import { idSchema } from "./ids.ts";
import { NOTIFICATION_WAYS } from "./notification-words.ts";
import { Role } from "./vocabulary-schemas.ts";

const Way = z.enum(NOTIFICATION_WAYS);

/** Who is told, and how; the club's own phone and channel have one way each. */
const To = z.discriminatedUnion("kind", [
  /** Everybody for `staff`; of the others those with this very role. */
  z.strictObject({ kind: z.literal("role"), role: Role, way: Way }),
  z.strictObject({ kind: z.literal("person"), userId: idSchema("user"), way: Way }),
  z.strictObject({ kind: z.literal("on_call") }),
  z.strictObject({ kind: z.literal("team") }),
]);
export type EscalationTo = z.output<typeof To>;

const Step = z.strictObject({
  /** Counted from the moment a person was called for. */
  afterMinutes: z.int("in whole minutes").min(0).max(WAIT_MAX_MINUTES, "at most a day"),
  to: To,
});
export type EscalationStep = z.output<typeof Step>;

const Rule = z.strictObject({
  reasons: z
    .array(z.enum(CALL_REASONS))
    .min(1, "choose at least one reason")
    .transform((chosen) => CALL_REASONS.filter((reason) => chosen.includes(reason))),
  hours: z.enum(ESCALATION_HOURS),
  steps: z
    .array(Step)
    .min(1, "tell somebody")
    .max(STEPS_MAX_COUNT, `at most ${STEPS_MAX_COUNT} steps`)
    .transform((steps) => steps.toSorted((a, b) => a.afterMinutes - b.afterMinutes)),
});
type EscalationRule = z.output<typeof Rule>;

/** Who is told of what nobody takes, in the order in which rules are asked. */
export const EscalationRules = z.strictObject({ rules: z.array(Rule).max(RULES_MAX_COUNT, `at most ${RULES_MAX_COUNT} rules`) });
export type EscalationRules = z.output<typeof EscalationRules>;

const toRole = (role: "staff" | "manager" | "owner", way: "in_app" | "sms" | "email"): EscalationTo => ({ kind: "role", role, way });

/**
 * What holds until a club says otherwise. Outside staffed hours only what cannot wait for the morning reaches a phone, and
 * quiet hours hold that too.
 */
export const DEFAULT_ESCALATION_RULES: EscalationRules = {
  rules: [
    {
      reasons: ["complaint", "wants_person", "sensitive"],
      hours: "staffed",
      steps: [
        { afterMinutes: 10, to: toRole("staff", "in_app") },
        { afterMinutes: 20, to: toRole("manager", "sms") },
        { afterMinutes: 45, to: toRole("owner", "sms") },
      ],
    },
    {
      reasons: ["complaint", "wants_person", "sensitive"],
      hours: "outside",
      steps: [
        { afterMinutes: 30, to: toRole("manager", "sms") },
        { afterMinutes: 120, to: toRole("owner", "email") },
      ],
    },
    {
      reasons: ["money", "unsure", "undecided", "trouble", "missed_call", "reminder"],
      hours: "staffed",
      steps: [
        { afterMinutes: 30, to: toRole("staff", "in_app") },
        { afterMinutes: 90, to: toRole("manager", "in_app") },
        { afterMinutes: 180, to: toRole("manager", "email") },
      ],
    },
  ],
};

type Called = {
  readonly reason: CallReason;
  /** Null where nobody told the staffed hours: those of the desk hold. */ readonly isStaffed: boolean | null;
};

/** The first rule that fits holds, and no other. */
export const ruleFor = ({ rules }: EscalationRules, { isStaffed, reason }: Called): EscalationRule | null => {
  const hours = isStaffed === false ? "outside" : "staffed";
  return rules.find((rule) => rule.reasons.includes(reason) && (rule.hours === "any" || rule.hours === hours)) ?? null;
};
