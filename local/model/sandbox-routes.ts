import { Hono } from "hono";
import type { z } from "zod";
import { Fault, type Scenario, Script } from "./scenario.ts";

/** Where tests and the curious tell the stand-in what to do; none of it exists at the real service. */
export const createSandboxRoutes = ({ clearCache, scenario }: { scenario: Scenario; clearCache: () => void }): Hono => {
  const routes = new Hono();
  const read = async <T>(request: Request, schema: z.ZodType<T>): Promise<{ value: T } | { problem: string }> => {
    const body: unknown = await request.json().catch(() => null);
    const parsed = schema.safeParse(body);
    return parsed.success ? { value: parsed.data } : { problem: parsed.error.message };
  };

  routes.post("/faults", async (c) => {
    const body = await read(c.req.raw, Fault);
    if ("problem" in body) {
      return c.json(body, 400);
    }
    scenario.addFault(body.value);
    return c.json({ ok: true });
  });
  routes.post("/script", async (c) => {
    const body = await read(c.req.raw, Script);
    if ("problem" in body) {
      return c.json(body, 400);
    }
    scenario.addScript(body.value);
    return c.json({ ok: true });
  });
  routes.delete("/faults", (c) => {
    scenario.clearFaults();
    return c.json({ ok: true });
  });
  routes.delete("/script", (c) => {
    scenario.clearScripts();
    return c.json({ ok: true });
  });
  routes.delete("/", (c) => {
    scenario.clearFaults();
    scenario.clearScripts();
    scenario.clearLog();
    clearCache();
    return c.json({ ok: true });
  });
  routes.get("/log", (c) => c.json(scenario.report()));
  return routes;
};
