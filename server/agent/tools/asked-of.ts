import { z } from "zod";

type Call = { readonly name: string; readonly outcome: string; readonly arguments: unknown };

export type Asked = { readonly name: "bay_reset"; readonly bay: string } | { readonly name: "door_unlock" };

const Bay = z.object({ bay: z.string().regex(/^\d{1,2}$/) });

/**
 * What the model asked for by a tool that only asks: from here on code goes on, with the same checks as if the words had
 * been understood without the model. Null = nothing of that kind, or it was refused.
 */
export const askedOf = (calls: readonly Call[]): Asked | "hand_over" | null => {
  const done = calls.filter(({ outcome }) => outcome === "done");
  if (done.some(({ name }) => name === "hand_over")) {
    return "hand_over";
  }
  const reset = done.find(({ name }) => name === "reset_bay");
  const bay = reset === undefined ? null : (Bay.safeParse(reset.arguments).data?.bay ?? null);
  if (bay !== null) {
    return { name: "bay_reset", bay };
  }
  return done.some(({ name }) => name === "request_door_unlock") ? { name: "door_unlock" } : null;
};
