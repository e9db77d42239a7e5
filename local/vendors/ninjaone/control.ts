import { Hono } from "hono";
import { z } from "zod";

import type { createTokenStore } from "./api.ts";
import type { Estate } from "./estate.ts";

const DeviceBody = z.object({
  id: z.int().positive(),
  organizationId: z.int().positive(),
  displayName: z.string(),
  systemName: z.string().default("SANDBOX"),
  isOffline: z.boolean().default(false),
});

const CourseBody = z
  .object({
    outcome: z.enum(["success", "failure", "offline", "hangs"]),
    startMs: z.int(),
    endMs: z.int(),
    isOutOfOrder: z.boolean(),
    answersUid: z.boolean(),
  })
  .partial()
  .transform((course) => Object.fromEntries(Object.entries(course).filter(([, value]) => value !== undefined)));

const NoiseBody = z.object({ deviceId: z.int(), count: z.int().min(1).max(10_000), at: z.iso.datetime() });

type Input = { readonly estate: Estate; readonly tokens: ReturnType<typeof createTokenStore> };

/** Levers of this vendor: devices that come and go, how the next run ends, other news of a device, tokens that end. */
export const createLevers = ({ estate, tokens }: Input): Hono => {
  const app = new Hono();
  app.get("/_sandbox/devices", (c) => c.json({ devices: estate.devices() }));
  app.post("/_sandbox/devices", async (c) => {
    const body = DeviceBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return c.json({ error: z.prettifyError(body.error) }, 400);
    }
    estate.putDevice(body.data);
    return c.json(body.data, 201);
  });
  app.delete("/_sandbox/devices/:id", (c) => {
    estate.removeDevice(Number(c.req.param("id")));
    return c.body(null, 204);
  });
  app.delete("/_sandbox/scripts/:id", (c) => {
    estate.removeScript(Number(c.req.param("id")));
    return c.body(null, 204);
  });
  app.post("/_sandbox/next-run", async (c) => {
    const body = CourseBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return c.json({ error: z.prettifyError(body.error) }, 400);
    }
    estate.setNextCourse(body.data);
    return c.json(body.data, 201);
  });
  app.post("/_sandbox/noise", async (c) => {
    const body = NoiseBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return c.json({ error: z.prettifyError(body.error) }, 400);
    }
    estate.addNoise({ ...body.data, at: new Date(body.data.at) });
    return c.json(body.data, 201);
  });
  app.delete("/_sandbox/tokens", (c) => {
    tokens.endAll();
    return c.body(null, 204);
  });
  return app;
};
