import { encode } from "#server/platform/sentence-encoder.ts";
import { newId } from "#server/platform/ids.ts";
import type { Id } from "#server/domain/ids.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { answer, SURE_TEXT, teachHours } from "#server/testing/scripted-agent.ts";
import { arrive, makeLine, publishPolicy, vendorText, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { compareDraft } from "./compare-draft.ts";
import { DRAFT_ANSWERED } from "./open-draft.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const QUESTION = "when is the front desk staffed on saturday?";

/** A question for which the agent has a draft: kept silently, or waiting for a person. */
const drafted = async (stage: "shadow" | "suggest"): Promise<Written> => {
  await publishPolicy(line.club, { stages: { question: stage } });
  const asked = await write(line, { text: QUESTION });
  await answer(line, asked);
  return asked;
};
const say = ({ conversationId }: Written, text: string) =>
  queueReply(line.club.as.staff, { conversationId, text, clientKey: newId("message") });

/** The decisions that somebody was told to compare, in order. */
const told = async (): Promise<readonly Id<"decision">[]> => {
  const rows = await owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: DRAFT_ANSWERED }, orderBy: { id: "asc" } });
  return rows.map(({ payload }) => (payload as { decisionId: Id<"decision"> }).decisionId);
};
/** What the engine does once it was told. */
const compareAll = async () => {
  for (const decisionId of await told()) {
    await compareDraft(line.system, { decisionId }, encode);
  }
  return owner().draftComparison.findMany({ where: { clubId: line.club.id } });
};
const approvalOf = async ({ conversationId }: Written) => {
  const { id } = await owner().approval.findFirstOrThrow({ where: { conversationId } });
  return id as Id<"approval">;
};

describe("a draft that was kept silently", () => {
  test("is compared with what staff sent, once, with an audit row", async () => {
    const asked = await drafted("shadow");
    const { messageId } = await say(asked, "Hi! Saturday our front desk is staffed from 9am to 3pm.");
    expect(await compareAll()).toMatchObject([{ category: "question", automation: null, messageId, isAgreed: true }]);
    const [row] = await compareAll();
    expect(row?.likenessRatio).toBeGreaterThan(0.5);
    expect(await owner().auditLog.findMany({ where: { entityId: row?.id ?? "" } })).toMatchObject([{ action: "draft.compared" }]);
  });

  test("that another figure contradicts is no agreement", async () => {
    await say(await drafted("shadow"), "The front desk is staffed 10 am to 2 pm on Saturday. Can I help with anything else?");
    expect(await compareAll()).toMatchObject([{ isAgreed: false }]);
  });

  test("is compared with all texts of an answer together, and not with what was said after the next question", async () => {
    const asked = await drafted("shadow");
    await say(asked, "The front desk is staffed");
    await say(asked, "9 am to 3 pm on Saturday.");
    await write(line, { from: asked.phone, text: "thanks, and are dogs allowed?" });
    await say(asked, "No dogs, sorry, except for service animals of course.");
    const [first] = await told();
    await compareDraft(line.system, { decisionId: first ?? newId("decision") }, encode);
    expect(await owner().draftComparison.findMany({ where: { clubId: line.club.id } })).toMatchObject([{ isAgreed: true }]);
  });

  test("counts an answer that was given at the vendor", async () => {
    const asked = await drafted("shadow");
    await arrive(line, vendorText({ from: asked.phone, direction: "outbound", text: SURE_TEXT }));
    expect(await compareAll()).toMatchObject([{ likenessRatio: 1, isAgreed: true }]);
  });

  test("for which staff saw no need, because they closed the conversation, is worth nothing", async () => {
    const { conversationId } = await drafted("shadow");
    await resolveConversation(line.club.as.staff, { conversationId });
    expect(await compareAll()).toMatchObject([{ likenessRatio: 0, isAgreed: false, messageId: null }]);
  });

  test("is not compared before anybody answered", async () => {
    await drafted("shadow");
    const decision = await owner().decision.findFirstOrThrow({ where: { clubId: line.club.id } });
    expect(await compareDraft(line.system, { decisionId: decision.id as Id<"decision"> }, encode)).toEqual({ kind: "nothing" });
  });

  test("keeps its sentence about who writes out of the comparison", async () => {
    const asked = await drafted("shadow");
    const decision = await owner().decision.findFirstOrThrow({ where: { clubId: line.club.id } });
    expect((decision.inputs as { draft: string }).draft).toContain("AI assistant");
    await say(asked, SURE_TEXT);
    expect(await compareAll()).toMatchObject([{ likenessRatio: 1, isAgreed: true }]);
  });
});

test("the line of an automation that only watches is compared too, and counts for the automation", async () => {
  const asked = await drafted("shadow");
  await owner().decision.updateMany({
    where: { clubId: line.club.id },
    data: { inputs: { draft: null, automation: { name: "bay_reset", stage: "shadow", draft: "Which bay is it?" } } },
  });
  await say(asked, "Which bay is it?");
  expect(await compareAll()).toMatchObject([{ automation: "bay_reset", likenessRatio: 1, isAgreed: true }]);
});

describe("a suggestion", () => {
  test("approved as it was is full agreement", async () => {
    const asked = await drafted("suggest");
    await approve(line.club.as.staff, { approvalId: await approvalOf(asked) });
    expect(await compareAll()).toMatchObject([{ likenessRatio: 1, isAgreed: true }]);
  });

  test("approved with other words is agreement as far as they are alike", async () => {
    const asked = await drafted("suggest");
    await approve(line.club.as.staff, { approvalId: await approvalOf(asked), text: "Saturday the front desk is staffed 9 am to 3 pm!" });
    const [row] = await compareAll();
    expect(row).toMatchObject({ isAgreed: true });
    expect(row?.likenessRatio).toBeLessThan(1);
  });

  test("rejected waits for what staff send instead", async () => {
    const asked = await drafted("suggest");
    await reject(line.club.as.staff, { approvalId: await approvalOf(asked) });
    expect(await compareAll()).toEqual([]);
    await say(asked, "Please call us about that, it depends on the week.");
    expect(await compareAll()).toMatchObject([{ isAgreed: false }]);
  });

  test("that staff passed over with words of their own is measured against those", async () => {
    await say(await drafted("suggest"), SURE_TEXT);
    expect(await compareAll()).toMatchObject([{ likenessRatio: 1, isAgreed: true }]);
  });
});

test("an answer that went out alone is compared with nothing", async () => {
  await publishPolicy(line.club, { stages: { question: "auto" } });
  const asked = await write(line, { text: QUESTION });
  await answer(line, asked);
  await say(asked, "See you then!");
  expect(await told()).toEqual([]);
});

test("people cannot ask for a comparison, and a decision of another club is none", async () => {
  await say(await drafted("shadow"), SURE_TEXT);
  const [decisionId = newId("decision")] = await told();
  await expect(compareDraft(line.club.as.owner, { decisionId })).rejects.toMatchObject({ code: "forbidden" });
  const foreign = await makeClub();
  const elsewhere = { ...line.system, franchiseId: foreign.franchiseId, clubId: foreign.id };
  expect(await compareDraft(elsewhere, { decisionId }, encode)).toEqual({ kind: "nothing" });
});
