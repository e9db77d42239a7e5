import { readFileSync } from "node:fs";

import { Hono } from "hono";
import type { Context } from "hono";
import { z } from "zod";

import { DEMO_CLUBS } from "../../prisma/demo.ts";
import type { DemoClub } from "../../prisma/demo.ts";
import { serveApp } from "../vendors/serve-app.ts";
import type { LocalServer } from "../vendors/serve-app.ts";
import { phonePage } from "./page.ts";
import { personasOf } from "./personas.ts";
import type { Persona } from "./personas.ts";
import { createDoors, WAYS } from "./sandbox-doors.ts";
import type { Doors, Way } from "./sandbox-doors.ts";
import type { TrafficSwitch } from "./traffic.ts";

export type PhoneOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly openPhoneUrl: string;
  readonly clubOsUrl: string;
  /** Where the product listens, for a link to it. */
  readonly appUrl?: string;
  readonly traffic?: TrafficSwitch;
  readonly clubs?: readonly DemoClub[];
};

const TextBody = z.object({ club: z.string(), persona: z.string(), way: z.enum(WAYS), text: z.string().trim().min(1).max(1_600) });
const TrafficBody = z.object({ isOn: z.boolean() });

/** Starts the page on which one texts a club as any of its invented members. */
export const startPhone = async (options: PhoneOptions): Promise<LocalServer> => {
  const server = await serveApp(createPhoneApp(options), options.port);
  process.stdout.write(`phone: sandbox phone of invented members at ${server.url}\n`);
  return server;
};

const FONT = new URL(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

const createPhoneApp = ({ clubs = DEMO_CLUBS, traffic, appUrl, ...urls }: PhoneOptions): Hono => {
  const doors = createDoors(urls);
  const personas = new Map(clubs.map((club) => [club.slug, personasOf(club)]));
  const app = new Hono();

  app.get("/", (c) => c.html(phonePage({ clubs, appUrl: appUrl ?? null, hasTraffic: traffic !== undefined })));
  app.get("/phone.css", (c) => c.body(asset("phone.css"), 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/phone.js", (c) => c.body(asset("phone.js"), 200, { "content-type": "text/javascript; charset=utf-8" }));

  app.get("/inter.woff2", (c) =>
    c.body(new Uint8Array(readFileSync(FONT)), 200, { "content-type": "font/woff2", "cache-control": "max-age=86400" }),
  );

  app.get("/people", (c) => {
    const people = personas.get(c.req.query("club") ?? "");
    return people === undefined ? unknown(c) : c.json({ people });
  });
  app.get("/latest", async (c) => {
    const club = clubs.find(({ slug }) => slug === c.req.query("club"));
    return club === undefined ? unknown(c) : c.json({ latest: await doors.latest(club) });
  });
  app.get("/thread", async (c) => {
    const found = find({ clubs, personas }, { club: c.req.query("club"), persona: c.req.query("persona") });
    const way = z.enum(WAYS).safeParse(c.req.query("way"));
    return found === null || !way.success
      ? unknown(c)
      : c.json({ messages: await doors.thread(found.club, { persona: found.persona, way: way.data }) });
  });
  app.post("/texts", async (c) => {
    const body = TextBody.safeParse(await c.req.json().catch(() => null));
    const found = body.success ? find({ clubs, personas }, body.data) : null;
    return !body.success || found === null ? unknown(c) : sendText(c, { doors, ...found, way: body.data.way, text: body.data.text });
  });

  app.get("/traffic", (c) => c.json({ isOn: traffic?.isOn() ?? false }));
  app.post("/traffic", async (c) => {
    const body = TrafficBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return unknown(c);
    }
    traffic?.turn(body.data.isOn);
    return c.json({ isOn: traffic?.isOn() ?? false });
  });

  app.onError((error, c) => c.json({ error: `The sandbox does not answer: ${error.message}` }, 502));
  return app;
};

const unknown = (c: Context): Response => c.json({ error: "no such club, person or channel" }, 400);

const sendText = async (
  c: Context,
  input: { doors: Doors; club: DemoClub; persona: Persona; way: Way; text: string },
): Promise<Response> => {
  await input.doors.text(input.club, { persona: input.persona, way: input.way, text: input.text });
  return c.json({}, 201);
};

const find = (
  world: { clubs: readonly DemoClub[]; personas: ReadonlyMap<string, readonly Persona[]> },
  names: { club: string | undefined; persona: string | undefined },
): { club: DemoClub; persona: Persona } | null => {
  const club = world.clubs.find(({ slug }) => slug === names.club);
  const persona = world.personas.get(names.club ?? "")?.find(({ id }) => id === names.persona);
  return club === undefined || persona === undefined ? null : { club, persona };
};
