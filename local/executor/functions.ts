import { z } from "zod";
import { findCronProblem } from "./cron.ts";
import { parseDurationMs } from "./durations.ts";
import { findExpressionProblem } from "./expressions.ts";
import { DEFAULT_RETRIES } from "./limits.ts";

export type Trigger = { event: string; expression: string | null } | { cron: string };
/** At most `limit` calls at a time among those with an equal key value within the scope. */
export type Constraint = { id: string; key: string | null; limit: number };
export type CancelRule = { event: string; expression: string | null; timeoutMs: number | null };
export type DebounceRule = { key: string | null; periodMs: number; timeoutMs: number | null };
export type FunctionDefinition = {
  id: string;
  app: string;
  triggers: Trigger[];
  maxAttempts: number;
  constraints: Constraint[];
  cancels: CancelRule[];
  debounce: DebounceRule | null;
};
export type Registration = { app: string; functions: { definition: FunctionDefinition; config: string }[] };
export type RegistrationResult = { kind: "accepted"; registration: Registration } | { kind: "refused"; reasons: string[] };

const duration = z.string().transform((text, ctx) => {
  const durationMs = parseDurationMs(text);
  if (durationMs === null || durationMs === 0) {
    ctx.addIssue({ code: "custom", message: `"${text}" is no duration like "30s" or "1h30m"` });
    return z.NEVER;
  }
  return durationMs;
});
const expression = (role: "trigger" | "match" | "key") =>
  z.string().superRefine((text, ctx) => {
    const problem = findExpressionProblem(role, text);
    if (problem !== null) {
      ctx.addIssue({ code: "custom", message: `cannot evaluate "${text}": ${problem}` });
    }
  });
const eventName = z
  .string()
  .min(1)
  .refine((name) => !name.includes("*"), "wildcards in event names are not evaluated");
const concurrencyOption = z.strictObject({
  limit: z.int().min(0),
  key: expression("key").optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** Exactly what this executor evaluates; any other option is refused rather than silently ignored. */
const FunctionConfig = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: eventName, expression: expression("trigger").optional() }),
      z.strictObject({
        cron: z.string().superRefine((text, ctx) => {
          const problem = findCronProblem(text, Date.now());
          if (problem !== null) {
            ctx.addIssue({ code: "custom", message: `cannot evaluate cron "${text}": ${problem}` });
          }
        }),
      }),
    ]),
  ),
  steps: z.strictObject({
    step: z.looseObject({ retries: z.strictObject({ attempts: z.int().min(0).max(20).optional() }).optional() }),
  }),
  concurrency: z.union([z.int().min(0), concurrencyOption, z.array(concurrencyOption).max(2)]).optional(),
  debounce: z.strictObject({ key: expression("key").optional(), period: duration, timeout: duration.optional() }).optional(),
  cancel: z.array(z.strictObject({ event: eventName, if: expression("match").optional(), timeout: duration.optional() })).optional(),
});
type FunctionConfig = z.infer<typeof FunctionConfig>;

const RegisterBody = z.looseObject({
  appName: z.string().min(1),
  functions: z.array(z.looseObject({ id: z.string().min(1) })).min(1),
});

/** Reads what the SDK posts to `/fn/register`. One function that cannot be evaluated refuses the whole registration. */
export const readRegistration = (body: unknown): RegistrationResult => {
  const parsed = RegisterBody.safeParse(body);
  if (!parsed.success) {
    return { kind: "refused", reasons: [describe(parsed.error)] };
  }
  const reasons: string[] = [];
  const functions: Registration["functions"] = [];
  for (const raw of parsed.data.functions) {
    const config = FunctionConfig.safeParse(raw);
    if (config.success) {
      functions.push({ definition: toDefinition(parsed.data.appName, config.data), config: JSON.stringify(raw) });
    } else {
      reasons.push(`function "${raw.id}": ${describe(config.error)}`);
    }
  }
  return reasons.length > 0 ? { kind: "refused", reasons } : { kind: "accepted", registration: { app: parsed.data.appName, functions } };
};

/** A function as it was stored; `null` when an older executor accepted what this one cannot evaluate. */
export const readStoredFunction = (app: string, config: string): FunctionDefinition | null => {
  const parsed = FunctionConfig.safeParse(JSON.parse(config));
  return parsed.success ? toDefinition(app, parsed.data) : null;
};

const toDefinition = (app: string, config: FunctionConfig): FunctionDefinition => ({
  id: config.id,
  app,
  triggers: config.triggers.map((trigger) =>
    "cron" in trigger ? trigger : { event: trigger.event, expression: trigger.expression ?? null },
  ),
  maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
  constraints: toConstraints(config),
  cancels: (config.cancel ?? []).map((rule) => ({
    event: rule.event,
    expression: rule.if ?? null,
    timeoutMs: rule.timeout ?? null,
  })),
  debounce:
    config.debounce === undefined
      ? null
      : {
          key: config.debounce.key ?? null,
          periodMs: config.debounce.period,
          timeoutMs: config.debounce.timeout ?? null,
        },
});

/** A limit of 0 means "no limit of its own", as in Inngest. */
const toConstraints = (config: FunctionConfig): Constraint[] => {
  const given = config.concurrency ?? [];
  const options = Array.isArray(given) ? given : [typeof given === "number" ? { limit: given } : given];
  return options
    .filter((option) => option.limit > 0)
    .map((option) => {
      const key = option.key ?? null;
      const scope = option.scope ?? "fn";
      return { id: `${scope === "fn" ? config.id : scope}#${key ?? ""}`, key, limit: option.limit };
    });
};

const describe = (error: z.ZodError): string =>
  error.issues
    .flatMap((issue) => (issue.code === "invalid_union" ? innermost(issue) : [issue]))
    .map((issue) => [issue.path.join("."), issue.message].filter((part) => part !== "").join(": "))
    .join("; ");

/** Of a union's alternatives the one that came furthest says best what is wrong. */
const innermost = (issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] => {
  const depth = (issues: z.core.$ZodIssue[]): number => (issues.some((entry) => entry.code === "custom") ? -1 : issues.length);
  const best = issue.errors.toSorted((a, b) => depth(a) - depth(b))[0] ?? [];
  return best.map((entry) => ({ ...entry, path: [...issue.path, ...entry.path] }));
};
