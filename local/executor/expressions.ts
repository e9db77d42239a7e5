import { Environment } from "@marcbachmann/cel-js";

/** `event` = the event that started the run (or may start one); `async` = the event that arrives later. */
type Scope = { event: unknown; async?: unknown };
type Role = "trigger" | "match" | "key";

const ENVIRONMENTS = {
  trigger: new Environment({ unlistedVariablesAreDyn: false }).registerVariable("event", "dyn"),
  match: new Environment({ unlistedVariablesAreDyn: false }).registerVariable("event", "dyn").registerVariable("async", "dyn"),
  key: new Environment({ unlistedVariablesAreDyn: false }).registerVariable("event", "dyn"),
} as const satisfies Record<Role, Environment>;

/** Functions may write a new expression for every wait, so what is compiled is forgotten at this number. */
const COMPILED_MAX = 1_000;
const compiled = new Map<string, (scope: Scope) => unknown>();

/** What keeps an expression from being evaluated, or `null` when it can be. */
export const findExpressionProblem = (role: Role, expression: string): string | null => {
  try {
    const checked = ENVIRONMENTS[role].check(expression);
    if (!checked.valid) {
      return firstLine(checked.error?.message ?? "not valid");
    }
    const isTruth = checked.type === "bool" || checked.type === "dyn";
    return role === "key" || isTruth ? null : `gives ${checked.type}, not true or false`;
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
};

/** A field that the event does not have makes the whole comparison false, as does any other error while evaluating. */
export const isMatch = (role: "trigger" | "match", request: { expression: string | null; scope: Scope }): boolean => {
  if (request.expression === null) {
    return true;
  }
  try {
    return compile(role, request.expression)(request.scope) === true;
  } catch {
    return false;
  }
};

/** The text a key expression gives for an event; events without the field share the empty key. */
export const evaluateKey = (expression: string | null, event: unknown): string => {
  if (expression === null) {
    return "";
  }
  try {
    const value = compile("key", expression)({ event });
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    return "";
  }
};

const compile = (role: Role, expression: string): ((scope: Scope) => unknown) => {
  const cacheKey = `${role}:${expression}`;
  const known = compiled.get(cacheKey);
  if (known !== undefined) {
    return known;
  }
  const evaluate = ENVIRONMENTS[role].parse(expression);
  const run = (scope: Scope): unknown => evaluate(scope);
  if (compiled.size >= COMPILED_MAX) {
    compiled.clear();
  }
  compiled.set(cacheKey, run);
  return run;
};

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? message;
