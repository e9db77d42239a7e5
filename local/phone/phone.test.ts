import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, expect, test } from "vitest";

import { DEMO_CLUBS } from "../../prisma/demo.ts";
import { createRandom } from "../vendors/random.ts";
import { startOpenPhone } from "../vendors/openphone/start-openphone.ts";
import { personasOf } from "./personas.ts";
import { startPhone } from "./start-phone.ts";
import { createTrafficSwitch, occasionFor, startTraffic } from "./traffic.ts";

const [club] = DEMO_CLUBS;
if (club === undefined) {
  throw new Error("the demo has clubs");
}

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(async (close) => close()));
});

const NOWHERE = "http://127.0.0.1:9";

const start = async () => {
  const openPhone = await startOpenPhone({
    port: 0,
    appUrl: NOWHERE,
    dataDir: mkdtempSync(join(tmpdir(), "phone-")),
    deliveryMs: 1,
    webhookPausesMs: [0],
  });
  const urls = { openPhoneUrl: openPhone.url, clubOsUrl: NOWHERE };
  const traffic = createTrafficSwitch({ ...urls, intervalMs: 60_000 });
  const phone = await startPhone({ port: 0, ...urls, traffic, appUrl: NOWHERE });
  opened.push(phone.close, openPhone.close, () => traffic.turn(false));
  const get = async (path: string) => (await fetch(`${phone.url}${path}`)).json();
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${phone.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { phone, openPhone, urls, get, post };
};

test("the page names itself a sandbox and offers every club", async () => {
  const { phone } = await start();
  const page = await (await fetch(phone.url)).text();
  expect(page).toContain("Sandbox phone");
  for (const { name } of DEMO_CLUBS) {
    expect(page).toContain(name);
  }
  for (const file of ["phone.css", "phone.js"]) {
    expect((await fetch(`${phone.url}/${file}`)).status).toBe(200);
  }
});

test("a text goes out as the chosen member and stands in the thread with the answer of the club", async () => {
  const { openPhone, get, post } = await start();
  const persona = personasOf(club)[2];
  const place = `/thread?club=${club.slug}&persona=${persona?.id}&way=text`;
  expect(await get(place)).toEqual({ messages: [] });
  expect((await post("/texts", { club: club.slug, persona: persona?.id, way: "text", text: " hello " })).status).toBe(201);
  await fetch(`${openPhone.url}/v1/messages`, {
    method: "POST",
    headers: { authorization: club.openPhone.apiKey, "content-type": "application/json" },
    body: JSON.stringify({ content: "Hi there", from: club.phone, to: [persona?.phone] }),
  });
  expect(await get(place)).toMatchObject({
    messages: [
      { from: "member", text: "hello" },
      { from: "club", text: "Hi there", author: null },
    ],
  });
  expect(await get(`/latest?club=${club.slug}`)).toMatchObject({ latest: [{ member: persona?.phone, last: { text: "Hi there" } }] });
});

test("an unknown club, person or channel is refused, and a vendor that is away is said to be away", async () => {
  const { get, post } = await start();
  const persona = personasOf(club)[2]?.id;
  expect((await post("/texts", { club: "nowhere", persona, way: "text", text: "hi" })).status).toBe(400);
  expect((await post("/texts", { club: club.slug, persona, way: "fax", text: "hi" })).status).toBe(400);
  expect((await post("/texts", { club: club.slug, persona, way: "clubos", text: "hi" })).status).toBe(502);
  expect(await get(`/thread?club=${club.slug}&persona=${persona}&way=clubos`)).toHaveProperty("error");
});

test("traffic can be switched on and off from the page", async () => {
  const { get, post } = await start();
  expect(await get("/traffic")).toEqual({ isOn: false });
  expect((await post("/traffic", { isOn: true })).body).toEqual({ isOn: true });
  expect((await post("/traffic", { isOn: false })).body).toEqual({ isOn: false });
});

test("traffic writes as people of the club, and stops when it is told to", async () => {
  const { openPhone, urls } = await start();
  const traffic = startTraffic({ ...urls, intervalMs: 1, clubs: [club], seed: "one" });
  const phones = new Set(personasOf(club).map(({ phone }) => phone));
  type Log = { entries: { kind: string; message: { from: string; direction: string } }[] };
  let log: Log = { entries: [] };
  while (log.entries.length < 3) {
    log = await (await fetch(`${openPhone.url}/_sandbox/log`)).json();
  }
  traffic.stop();
  expect(log.entries.every(({ message }) => phones.has(message.from) && message.direction === "incoming")).toBe(true);
});

test("people text what fits their language, their standing and their club", () => {
  const random = createRandom("occasions");
  for (const demoClub of DEMO_CLUBS) {
    for (const persona of personasOf(demoClub)) {
      const occasion = occasionFor({ role: { club: demoClub, persona }, random });
      expect(occasion.kind ?? demoClub.kind).toBe(demoClub.kind);
      expect(occasion.language ?? "en").toBe(persona.language);
      expect(occasion.standings ?? [persona.standing]).toContain(persona.standing);
    }
  }
});
