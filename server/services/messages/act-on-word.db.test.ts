import { addressKey } from "#server/platform/keys.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone } from "#server/testing/factories.ts";
import { sureThink, SURE_TEXT, teachHours, think } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { holdCounter, waitingForLocks } from "#server/testing/scripted-locks.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeAll, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let sister: Line;
let stranger: Line;

beforeAll(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  sister = await makeLine({ franchiseId: line.club.franchiseId });
  stranger = await makeLine();
  await Promise.all([line, sister, stranger].map(({ club }) => teachHours(club)));
});

const owner = () => database().owner;
const suppressionsOf = (phone: string) => owner().suppression.findMany({ where: { addressKey: addressKey(phone) } });
const effect = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const conversation = (id: string) => owner().conversation.findUniqueOrThrow({ where: { id } });
const textsTo = (phone: string) => vendor.accepted(phone).map(({ text }) => text);
/** Like the request that took the webhook: what ingest asks for is dispatched. */
const confirmAll = async (on: Line, result: { readonly effectIds: readonly string[] }): Promise<void> => {
  for (const effectId of result.effectIds) {
    await dispatchEffect(on.webhook, { effectId: effectId as `eff_${string}` });
  }
};

describe("suppression", () => {
  test.each([
    "STOP",
    "stop",
    "Stop.",
    "STOP please",
    "unsubscribe",
    "please stop texting me",
    "take me off your list",
    "dejen de escribirme",
    "no quiero recibir más mensajes",
    "🛑",
  ])("%s suppresses at once, with one confirmation and no run of the agent", async (text) => {
    const { phone, result, messageId, conversationId } = await write(line, { text });
    expect(await suppressionsOf(phone)).toMatchObject([{ purpose: "all", channelKind: "sms", messageId, liftedAt: null }]);
    await confirmAll(line, result);
    expect(textsTo(phone)).toEqual([expect.stringMatching(/^Ironwood Denver: you are unsubscribed/)]);
    expect(await owner().outboxEvent.count({ where: { conversationId, name: { not: null } } })).toBe(0);
    expect(await owner().message.findUniqueOrThrow({ where: { id: messageId } })).toMatchObject({
      requiresResponse: false,
      agentOutcome: "ignore",
    });
  });

  test("the wish holds for every club of the franchise and for no other franchise", async () => {
    const phone = anyPhone();
    const elsewhere = await write(sister, { from: phone });
    const foreign = await write(stranger, { from: phone });
    await write(line, { from: phone, text: "STOP" });
    await expect(
      queueReply(sister.club.as.staff, { conversationId: elsewhere.conversationId, text: "hello", clientKey: "key-sister" }),
    ).rejects.toMatchObject({ code: "precondition_failed" });
    await queueReply(stranger.club.as.staff, {
      conversationId: foreign.conversationId,
      text: "hello from another franchise",
      clientKey: "key-stranger",
    });
    expect(textsTo(phone)).toEqual(["hello from another franchise"]);
  });

  test("a repeated STOP, also to a sister club and also at the same time, brings one confirmation in all", async () => {
    const phone = anyPhone();
    await write(line, { from: phone });
    await write(sister, { from: phone });
    const written = await Promise.all([
      write(line, { from: phone, text: "STOP" }),
      write(sister, { from: phone, text: "stop" }),
      write(line, { from: phone, text: "stop" }),
    ]);
    await Promise.all([confirmAll(line, written[0].result), confirmAll(sister, written[1].result), confirmAll(line, written[2].result)]);
    expect(textsTo(phone)).toHaveLength(1);
    expect(await suppressionsOf(phone)).toHaveLength(1);
  });

  test("a replay of the STOP's confirmation sends nothing more", async () => {
    const { phone, result } = await write(line, { text: "STOP" });
    await Promise.all([confirmAll(line, result), confirmAll(line, result)]);
    await confirmAll(line, result);
    expect(textsTo(phone)).toHaveLength(1);
  });

  test("what the agent had planned for that person is dropped in the same transaction", async () => {
    const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
    const { effectId } = await think(line, asked);
    expect((await effect(effectId ?? "")).status).toBe("planned");
    await write(line, { from: asked.phone, text: "STOP" });
    expect(await effect(effectId ?? "")).toMatchObject({ status: "dropped", failureKind: "opted_out" });
    expect(await dispatchEffect(line.system, { effectId: effectId ?? "eff_" })).toMatchObject({ status: "dropped" });
    expect(textsTo(asked.phone)).not.toContain(SURE_TEXT);
  });

  test("START alone means nothing before a STOP and lifts it after one", async () => {
    const before = await write(line, { text: "start" });
    expect(before.result.effectIds).toEqual([]);
    const { phone } = await write(line, { text: "STOP" });
    const after = await write(line, { from: phone, text: "START" });
    await confirmAll(line, after.result);
    expect(await suppressionsOf(phone)).toMatchObject([{ liftedAt: expect.any(Date), liftedBy: after.messageId }]);
    expect(textsTo(phone).at(-1)).toMatch(/subscribed again/);
    await queueReply(line.club.as.staff, { conversationId: after.conversationId, text: "welcome back", clientKey: "key-welcome" });
    expect(textsTo(phone).at(-1)).toBe("welcome back");
  });

  test("a STOP after a START suppresses again and is confirmed again", async () => {
    const { phone, result } = await write(line, { text: "STOP" });
    await confirmAll(line, result);
    await confirmAll(line, (await write(line, { from: phone, text: "START" })).result);
    await confirmAll(line, (await write(line, { from: phone, text: "STOP" })).result);
    expect(textsTo(phone).map((text) => /(?:un)?subscribed/.exec(text)?.[0])).toEqual(["unsubscribed", "subscribed", "unsubscribed"]);
    expect((await suppressionsOf(phone)).filter(({ liftedAt }) => liftedAt === null)).toHaveLength(1);
  });

  test("HELP is answered with the club's fixed text", async () => {
    const { phone, result } = await write(line, { text: "HELP" });
    await confirmAll(line, result);
    expect(textsTo(phone)).toEqual([expect.stringMatching(/^Ironwood Denver: you are texting with the club/)]);
  });

  test("to somebody who opted out not even HELP is answered", async () => {
    const { phone, result } = await write(line, { text: "STOP" });
    await confirmAll(line, result);
    const sent = textsTo(phone).length;
    await confirmAll(line, (await write(line, { from: phone, text: "HELP" })).result);
    expect(textsTo(phone)).toHaveLength(sent);
  });

  test("a question of somebody who opted out is stored, shown, and not answered", async () => {
    const { phone } = await write(line, { text: "STOP" });
    const asked = await write(line, { from: phone, text: "when is the front desk staffed on saturday?" });
    const { effectId } = await think(line, asked);
    expect(effectId).toBeNull();
    expect(await conversation(asked.conversationId)).toMatchObject({ unreadCount: 2, waitingSince: expect.any(Date) });
  });

  test("nothing is dispatched after a committed STOP: a send of another club that comes second waits and is dropped", async () => {
    const phone = anyPhone();
    const asked = await write(sister, { from: phone, text: "when is the front desk staffed on saturday?" });
    const { effectId } = await think(sister, asked);
    await write(line, { from: phone });
    const held = await holdCounter(line.club.id);
    const stopping = write(line, { from: phone, text: "STOP" });
    await waitingForLocks(1);
    const sending = dispatchEffect(sister.system, { effectId: effectId ?? "eff_" });
    await waitingForLocks(2);
    await held.release();
    await stopping;
    expect(await sending).toEqual({ status: "dropped", reason: "suppressed" });
    expect(textsTo(phone)).toEqual([]);
  });

  test("a send whose DISPATCHING is on its way to commit first goes out, and the STOP waits for it", async () => {
    const phone = anyPhone();
    const asked = await write(sister, { from: phone, text: "when is the front desk staffed on saturday?" });
    const { effectId } = await think(sister, asked);
    await write(line, { from: phone });
    const held = await holdCounter(sister.club.id);
    const sending = dispatchEffect(sister.system, { effectId: effectId ?? "eff_" });
    await waitingForLocks(1);
    const stopping = write(line, { from: phone, text: "STOP" });
    await waitingForLocks(2);
    expect(await suppressionsOf(phone)).toEqual([]);
    await held.release();
    expect(await sending).toMatchObject({ status: "confirmed" });
    await stopping;
    expect(textsTo(phone)).toHaveLength(1);
    expect(await suppressionsOf(phone)).toHaveLength(1);
  });

  test("of sends and a STOP let loose together, whatever was not dispatched before it is dropped", async () => {
    const phone = anyPhone();
    const lines = [sister, line];
    const planned = await Promise.all(
      lines.map(async (on) => ({
        on,
        effectId:
          (await think(on, await write(on, { from: phone, text: "when is the front desk staffed on saturday?" }))).effectId ??
          ("eff_" as const),
      })),
    );
    await Promise.all([
      write(line, { from: phone, text: "STOP" }),
      ...planned.map(({ on, effectId }) => dispatchEffect(on.system, { effectId })),
    ]);
    const states = await Promise.all(planned.map(async ({ effectId }) => (await effect(effectId)).status));
    expect(states.every((status) => status === "confirmed" || status === "dropped")).toBe(true);
    expect(vendor.accepted(phone)).toHaveLength(states.filter((status) => status === "confirmed").length);
  });

  test("a reply of staff to somebody who opted out is refused and leaves no trace", async () => {
    const { phone, conversationId } = await write(line, { text: "STOP" });
    await expect(
      queueReply(line.club.as.manager, { conversationId, text: "sorry to see you go", clientKey: "key-refused" }),
    ).rejects.toMatchObject({ code: "precondition_failed" });
    expect(textsTo(phone)).not.toContain("sorry to see you go");
    expect(await owner().effect.count({ where: { conversationId, plannedBy: "staff" } })).toBe(0);
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "agent" });
  });
});

describe("honest states", () => {
  test("a question right before HELP is still answered", async () => {
    const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
    await confirmAll(line, (await write(line, { from: asked.phone, text: "HELP" })).result);
    const answered = await think(line, asked, sureThink);
    expect(answered.claim).toBe("claimed");
    expect(await dispatchEffect(line.system, { effectId: answered.effectId ?? "eff_" })).toMatchObject({ status: "confirmed" });
  });

  test("an answer that is planned when HELP arrives still goes out", async () => {
    const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
    const { effectId } = await think(line, asked);
    await write(line, { from: asked.phone, text: "HELP" });
    expect(await dispatchEffect(line.system, { effectId: effectId ?? "eff_" })).toMatchObject({ status: "confirmed" });
  });

  test("a STOP and a START are told in the thread and in the ledger", async () => {
    const { phone, conversationId } = await write(line, { text: "STOP" });
    await write(line, { from: phone, text: "START" });
    const events = await owner().message.findMany({ where: { conversationId, direction: "event" }, orderBy: { sequence: "asc" } });
    expect(events.map(({ eventCode }) => eventCode)).toEqual(["opted_out", "opted_in"]);
    const actions = await owner().aiAction.findMany({ where: { conversationId }, orderBy: { sequence: "asc" } });
    expect(actions.map(({ kind }) => kind)).toEqual(["contact.opted_out", "contact.opted_in"]);
  });
});
