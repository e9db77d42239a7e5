import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeConversation } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { beginChase, type Call } from "./begin-chase.ts";
import { followChase } from "./follow-chase.ts";
import { saveEscalationRules } from "./save-rules.ts";
import { reportStuckChase } from "./stuck-chase.ts";

useDatabase();

const NOON = new Date("2026-11-20T19:00:00.000Z");
const LATE = new Date("2026-11-20T20:00:00.000Z");
const TO_MANAGERS = { kind: "role", role: "manager", way: "in_app" } as const;
const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow: Date): ServiceContext => ({ ...ctx, fixedNow });

let line: Line;
let conversationId: Id<"conversation">;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  conversationId = asId("conversation", (await makeConversation(line.club, { handledBy: "agent" })).conversation.id);
  await saveEscalationRules(line.club.as.manager, {
    baseVersion: 0,
    rules: { rules: [{ reasons: ["complaint"], hours: "any", steps: [{ afterMinutes: 5, to: TO_MANAGERS }] }] },
  });
});

const call = async (): Promise<Call> => {
  const ctx = at(line.system, NOON);
  await inTransaction(ctx, (tx) => callPerson(tx, ctx, { conversationId, reason: "complaint" }));
  return { chaseId: newId("escalationChase"), conversationId, reason: "complaint", calledAt: NOON };
};
const begin = (made: Call) => beginChase(at(line.system, NOON), made);
const follow = ({ chaseId }: Call) => followChase(at(line.system, LATE), { chaseId });
const report = (made: Call, ctx = line.system) => reportStuckChase(at(ctx, LATE), made);
const cards = () => owner().alert.findMany({ where: { clubId: line.club.id } });
const openCards = async () => (await cards()).filter(({ resolvedAt }) => resolvedAt === null);
const rewrite = ({ chaseId }: Call, to: unknown) =>
  owner().escalationChase.update({ where: { id: chaseId }, data: { steps: [{ afterMinutes: 5, to }] as never } });
const breakChase = async (): Promise<Call> => {
  const made = await call();
  await begin(made);
  await rewrite(made, null);
  return made;
};

describe("a chase whose step breaks", () => {
  test("is one card for as long as it breaks, told once, and closed when the step works again", async () => {
    const made = await breakChase();
    await expect(follow(made)).rejects.toThrow();
    await expect(follow(made)).rejects.toThrow();
    expect(await openCards()).toMatchObject([{ kind: "effect_failed", severity: "critical", count: 2, conversationId }]);
    const userId = line.club.people.manager.userId;
    const told = await owner().notification.count({ where: { clubId: line.club.id, userId, kind: "failed_send" } });
    expect(told).toBe(1);
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "alert.raised" } })).toBe(1);
    await rewrite(made, TO_MANAGERS);
    expect(await follow(made)).toEqual({ kind: "told" });
    expect([(await cards()).length, (await openCards()).length]).toEqual([1, 0]);
  });

  test("and which cannot even begin is on a card until it begins", async () => {
    const made = await call();
    await report(made);
    expect(await openCards()).toHaveLength(1);
    await beginChase(at(line.system, LATE), made);
    expect(await openCards()).toEqual([]);
  });

  test.each<[string, (made: Call) => Promise<unknown>]>([
    ["resolves it", () => resolveConversation(line.club.as.staff, { conversationId })],
    ["takes it over", (made) => takeOver(line.club.as.staff, { conversationId }).then(() => follow(made))],
  ])("is on no card any more when somebody %s", async (_how, take) => {
    const made = await breakChase();
    await expect(follow(made)).rejects.toThrow();
    await take(made);
    expect(await openCards()).toEqual([]);
  });

  test("but was taken all the same, or is over, is on no card; nor is one of another club", async () => {
    const made = await breakChase();
    const other = await makeLine();
    await report(made, other.system);
    await owner().escalationChase.update({ where: { id: made.chaseId }, data: { nextStepAt: new Date(LATE.getTime() + 60_000) } });
    await report(made);
    await resolveConversation(line.club.as.staff, { conversationId });
    await report(made);
    expect(await cards()).toEqual([]);
    expect(await owner().alert.count({ where: { clubId: other.club.id } })).toBe(0);
  });

  test("is reported by the machinery alone", async () => {
    await expect(reportStuckChase(line.club.as.owner, await call())).rejects.toMatchObject({ code: "forbidden" });
  });
});
