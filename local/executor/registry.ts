import type { CancelRule, FunctionDefinition } from "./functions.ts";

export type Registry = ReturnType<typeof createRegistry>;

/** The functions that are registered now, in memory; the table `functions` is what they are read from at the start. */
export const createRegistry = () => {
  let byId = new Map<string, FunctionDefinition>();
  let limits = new Map<string, number>();

  const replaceAll = (definitions: Iterable<FunctionDefinition>): void => {
    byId = new Map([...definitions].map((definition) => [definition.id, definition]));
    limits = new Map(
      [...byId.values()].flatMap((definition) =>
        definition.constraints.map((constraint) => [`${definition.id} ${constraint.id}`, constraint.limit] as const),
      ),
    );
  };

  return {
    get: (functionId: string): FunctionDefinition | undefined => byId.get(functionId),
    count: (): number => byId.size,
    replaceAll,
    replaceApp: (app: string, definitions: readonly FunctionDefinition[]): void => {
      replaceAll([...[...byId.values()].filter((definition) => definition.app !== app), ...definitions]);
    },
    limitOf: (functionId: string, constraintId: string): number | undefined => limits.get(`${functionId} ${constraintId}`),
    /** Functions that one event may start, each with the expressions of which one must hold (`null` always holds). */
    startedBy: (eventName: string): { definition: FunctionDefinition; expressions: (string | null)[] }[] =>
      [...byId.values()]
        .map((definition) => ({
          definition,
          expressions: definition.triggers.flatMap((trigger) =>
            "event" in trigger && trigger.event === eventName ? [trigger.expression] : [],
          ),
        }))
        .filter(({ expressions }) => expressions.length > 0),
    /** Functions whose runs one of these events may cancel. */
    cancelledBy: (eventNames: ReadonlySet<string>): { functionId: string; rules: CancelRule[] }[] =>
      [...byId.values()]
        .map((definition) => ({
          functionId: definition.id,
          rules: definition.cancels.filter((rule) => eventNames.has(rule.event)),
        }))
        .filter(({ rules }) => rules.length > 0),
  };
};
