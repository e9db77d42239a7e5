import { Hono } from "hono";
import { z } from "zod";

import type { AcceptLog } from "./accept-log.ts";
import { faultInput, type FaultPlan } from "./faults.ts";

type Input<Kind extends string, Entry extends object> = {
  readonly kinds: readonly [Kind, ...Kind[]];
  readonly faults: FaultPlan<Kind>;
  readonly log: AcceptLog<Entry>;
};

/**
 * The levers every sandbox has and no real vendor: `POST` and `DELETE /_sandbox/faults`, and
 * `GET /_sandbox/log?since=<seq>`, which answers the accepted entries, oldest first.
 */
export const createControl = <Kind extends string, Entry extends object>({ kinds, faults, log }: Input<Kind, Entry>): Hono => {
  const one = faultInput(kinds);
  const body = z.union([one.transform((fault) => [fault]), z.object({ faults: z.array(one) }).transform((many) => many.faults)]);
  const app = new Hono();
  app.post("/_sandbox/faults", async (c) => {
    const parsed = body.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      return c.json({ error: z.prettifyError(parsed.error) }, 400);
    }
    parsed.data.forEach((fault) => faults.add(fault));
    return c.json({ faults: parsed.data }, 201);
  });
  app.delete("/_sandbox/faults", (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get("/_sandbox/log", (c) => {
    const since = Number(c.req.query("since") ?? "0") || 0;
    return c.json({ entries: log.entries().filter(({ seq }) => seq > since) });
  });
  return app;
};
