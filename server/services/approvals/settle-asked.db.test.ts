import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { teachHours, think } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { ERROR_AFTER, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let asked: Written;
let effectId: Id<"effect">;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
  asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  effectId = (await think(line, asked)).effectId ?? asId("effect", "");
});

const owner = () => database().owner;
const needOf = async () => (await owner().conversation.findUniqueOrThrow({ where: { id: asked.conversationId } })).needsYou;
/** Somebody of the club is asked about a note in the same conversation. */
const question = async (): Promise<Id<"approval">> => {
  const noteId = await inTransaction(line.system, (tx) =>
    planEffect(tx, line.system, {
      kind: "note.add",
      effectKey: "note:other",
      plannedBy: "staff",
      needsApproval: { requiredRole: "staff", summary: "Write a note", expiresAt: new Date(Date.now() + 3_600_000) },
      connectionId: line.connectionId,
      conversationId: asked.conversationId,
      contactId: asId("contact", asked.contactId),
      purpose: "service",
      arguments: { personExternalId: "P1", text: "Asked about Saturday" },
    }),
  );
  await owner().conversation.update({ where: { id: asked.conversationId }, data: { needsYou: "approval" } });
  const { id } = await owner().approval.findFirstOrThrow({ where: { effectId: noteId } });
  return asId("approval", id);
};
const dropDraft = async (): Promise<void> => {
  const { conversationId } = asked;
  const { id: clubId, franchiseId } = line.club;
  const at = { requestedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
  const { argumentsHash } = await owner().effect.update({ where: { id: effectId }, data: { needsApproval: true } });
  await owner().approval.create({
    data: {
      id: newId("approval"),
      franchiseId,
      clubId,
      effectId,
      conversationId,
      requiredRole: "staff",
      argumentsHash,
      status: "pending",
      summary: "Send",
      ...at,
    },
  });
  await inTransaction(line.system, (tx) => dropPlans(tx, line.system, { conversationId, reason: "stale_answer", plannedBy: ["agent"] }));
};

describe("a conversation in which two things are asked", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["an automatic answer goes out", () => dispatchEffect(line.system, { effectId })],
    [
      "nobody knows whether an answer went out",
      () => {
        vendor.next(ERROR_AFTER);
        return dispatchEffect(line.system, { effectId });
      },
    ],
    ["a draft is dropped", dropDraft],
  ])("still needs somebody when %s", async (_when, settle) => {
    await question();
    await settle();
    expect(await needOf()).toBe("approval");
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "nobody knows whether its answer went out",
      () => {
        vendor.next(ERROR_AFTER);
        return dispatchEffect(line.system, { effectId });
      },
    ],
    ["its draft is dropped", dropDraft],
  ])("needs nobody when %s and the other question was decided", async (_when, settle) => {
    const approvalId = await question();
    await owner().approval.update({ where: { id: approvalId }, data: { status: "superseded", decidedAt: new Date() } });
    await settle();
    expect(await needOf()).toBe("none");
  });
});
