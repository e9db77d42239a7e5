import { newId } from "#server/platform/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeInbound, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, expect, test } from "vitest";

import { rewriteReply } from "./rewrite-reply.ts";
import { failingThink, scriptedThink } from "./testing.ts";

useDatabase();

let club: TestClub;
let conversationId: Awaited<ReturnType<typeof makeInbound>>["conversation"]["id"];

beforeEach(async () => {
  club = await makeClub();
  conversationId = (await makeInbound(club)).conversation.id;
});

const mind = (think: Think) => ({ think, model: "scripted" });
const says = (text: string, isRewritten = true) => mind(scriptedThink({ isRewritten, text }));
const ask = (brain: ReturnType<typeof mind>, ctx = club.as.staff) =>
  rewriteReply(ctx, { conversationId, text: "Please note that we open at 9, see https://gym.example", wish: "shorter" }, brain);

test("a reply in other words is shown, counted as a call and kept nowhere", async () => {
  expect(await ask(says("Open at 9: https://gym.example"))).toEqual({ kind: "rewritten", text: "Open at 9: https://gym.example" });
  expect(await database().owner.modelTurn.findMany({ where: { clubId: club.id } })).toMatchObject([
    { purpose: "rewrite", agentRunId: null },
  ]);
  expect(await database().owner.message.count({ where: { clubId: club.id } })).toBe(1);
  const audit = await database().owner.auditLog.findMany({ where: { entityId: conversationId } });
  expect(audit.map(({ action }) => action)).toEqual(["reply.rewritten"]);
});

test("other words that change a figure or a link, or that there are none of, are not shown", async () => {
  for (const wrong of ["Open at 10: https://gym.example", "Open at 9: https://evil.example", " ", "x".repeat(2_000)]) {
    expect(await ask(says(wrong))).toMatchObject({ kind: "not_rewritten" });
  }
  expect(await ask(says("This is as short as it gets.", false))).toEqual({ kind: "not_rewritten", reason: "This is as short as it gets." });
  expect(await ask(mind(failingThink({ kind: "overloaded", detail: "" })))).toMatchObject({ kind: "not_rewritten" });
});

test("a conversation of another club looks like a missing one, and nobody asks the model about it", async () => {
  const other = await makeClub();
  const silent = mind(() => Promise.reject(new Error("the model was asked")));
  const input = { text: "hello", wish: "shorter" } as const;
  const [foreign, missing] = await Promise.all([
    rewriteReply(other.as.staff, { ...input, conversationId }, silent).catch(String),
    rewriteReply(other.as.staff, { ...input, conversationId: newId("conversation") }, silent).catch(String),
  ]);
  expect(foreign).toBe(missing);
  const webhook = { ...club.as.staff, actor: { kind: "webhook", connectionId: newId("connection") } } as const;
  await expect(ask(silent, webhook)).rejects.toMatchObject({ code: "forbidden" });
});
