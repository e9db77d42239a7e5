import type { Id } from "#server/domain/ids.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { rateMessage } from "#server/services/messages/rate-message.ts";
import { withClub } from "#server/platform/tenant.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { answer, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { acceptExample, rejectExample, withdrawExample } from "./decide-example.ts";
import { learnedBy } from "./learned.ts";
import { listExamples } from "./list-examples.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const QUESTION = "hi this is Dana Quill, when is the front desk staffed on saturday? call me 303-555-0142";

/** Staff change a draft and send it. */
const edited = async (text: string, question = QUESTION): Promise<void> => {
  await publishPolicy(line.club, { stages: { question: "suggest" } });
  const asked = await write(line, { text: question, name: "Dana Quill" });
  await answer(line, asked);
  const approval = await owner().approval.findFirstOrThrow({ where: { conversationId: asked.conversationId } });
  await approve(line.club.as.staff, { approvalId: approval.id as Id<"approval">, text });
};
/** The agent answers alone, and somebody rates it. */
const answeredAlone = async () => {
  const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  const { effectId } = await answer(line, asked);
  return owner().message.findFirstOrThrow({ where: { effectId: effectId ?? "" } });
};
const proposed = async () => (await listExamples(line.club.as.manager)).proposed;
const learned = () =>
  withClub({ franchiseId: line.club.franchiseId, clubId: line.club.id }, (tx) => learnedBy(tx, { clubId: line.club.id }));
const articles = () => owner().knowledgeArticle.findMany({ where: { clubId: line.club.id, status: "proposed" } });

describe("an edit", () => {
  test("is proposed as an example of its topic, without the people in it", async () => {
    await edited("Hi Dana! Saturday 9 am to 3 pm, see you then.");
    expect(await proposed()).toMatchObject([
      {
        category: "question",
        subIntent: "opening_hours",
        question: "hi this is [name], when is the front desk staffed on saturday? call me [phone]",
        answer: "Hi [name]! Saturday 9 am to 3 pm, see you then.",
      },
    ]);
    expect(await owner().correction.findFirst({ where: { clubId: line.club.id } })).toMatchObject({ category: "question" });
    expect(await articles()).toEqual([]);
  });

  test("that states what the club's knowledge does not say is proposed as an article too, with where it comes from", async () => {
    await edited("Saturday 9 am to 3 pm, Dana, and on November 28 we open at 7 am.");
    const correction = await owner().correction.findFirstOrThrow({ where: { clubId: line.club.id } });
    expect(await articles()).toMatchObject([
      {
        source: "correction",
        origin: { correctionId: correction.id },
        body: "Saturday 9 am to 3 pm, [name], and on November 28 we open at 7 am.",
      },
    ]);
  });

  test("about somebody's account is nobody else's knowledge", async () => {
    await edited("Your balance is $42.50, Dana.");
    expect(await articles()).toEqual([]);
    expect(await proposed()).toMatchObject([{ answer: "Your balance is [amount], [name]." }]);
  });
});

describe("a low rating", () => {
  test("with a better answer is a correction and an example; said again it changes the proposal", async () => {
    const message = await answeredAlone();
    const messageId = message.id as Id<"message">;
    await rateMessage(line.club.as.staff, { messageId, score: 2, betterAnswer: "We are there 9 to 3 on Saturday." });
    expect(await owner().correction.findMany({ where: { clubId: line.club.id } })).toMatchObject([
      { messageId, draftBody: message.body, sentBody: "We are there 9 to 3 on Saturday.", category: "question" },
    ]);
    await rateMessage(line.club.as.manager, { messageId, score: 1, betterAnswer: "Saturday 9 to 3, come by!" });
    expect(await proposed()).toMatchObject([{ answer: "Saturday 9 to 3, come by!" }]);
  });

  test("without one proposes nothing, and a good one has no better answer", async () => {
    const messageId = (await answeredAlone()).id as Id<"message">;
    await rateMessage(line.club.as.staff, { messageId, score: 1 });
    expect(await proposed()).toEqual([]);
    await expect(rateMessage(line.club.as.staff, { messageId, score: 5, betterAnswer: "other" })).rejects.toThrow(/better answer/);
  });
});

describe("nothing changes without an owner's yes", () => {
  const one = async (): Promise<Id<"example">> => {
    await edited("Saturday 9 am to 3 pm, see you then.");
    const [example] = await proposed();
    if (example === undefined) {
      throw new Error("nothing was proposed");
    }
    return example.id;
  };

  test("the agent is shown an example from the yes to its withdrawal, and each step is in audit and ledger", async () => {
    const exampleId = await one();
    expect((await learned()).examples).toEqual([]);
    await acceptExample(line.club.as.owner, { exampleId });
    expect((await learned()).examples).toMatchObject([{ id: exampleId, category: "question" }]);
    await withdrawExample(line.club.as.owner, { exampleId });
    expect((await learned()).examples).toEqual([]);
    await acceptExample(line.club.as.owner, { exampleId });
    expect((await learned()).examples).toHaveLength(1);
    const audit = await owner().auditLog.findMany({ where: { entityId: exampleId }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["example.proposed", "example.accepted", "example.withdrawn", "example.accepted"]);
    const ledger = await owner().aiAction.findMany({ where: { clubId: line.club.id, kind: { startsWith: "example." } } });
    expect(ledger).toHaveLength(3);
  });

  test("a decision is made once: the second one is refused", async () => {
    const exampleId = await one();
    await rejectExample(line.club.as.owner, { exampleId });
    await expect(rejectExample(line.club.as.owner, { exampleId })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(acceptExample(line.club.as.owner, { exampleId })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(withdrawExample(line.club.as.owner, { exampleId })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  test("managers see and do not decide, staff see nothing, and an example of another club looks like none", async () => {
    const exampleId = await one();
    await expect(acceptExample(line.club.as.manager, { exampleId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listExamples(line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
    const foreign = await makeClub();
    await expect(acceptExample(foreign.as.owner, { exampleId })).rejects.toMatchObject({ code: "not_found" });
    expect((await listExamples(foreign.as.owner)).proposed).toEqual([]);
  });
});
