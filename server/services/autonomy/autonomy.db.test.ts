import type { PolicyDocument } from "#server/domain/policy.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { rateMessage } from "#server/services/messages/rate-message.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, scopeOf } from "#server/testing/factories.ts";
import { answer, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { assessAutonomy } from "./assess-autonomy.ts";
import { acceptOffer, declineOffer } from "./decide-offer.ts";
import { getAutonomy } from "./get-autonomy.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const machine = (now?: Date): ServiceContext => ({ ...line.system, ...(now === undefined ? {} : { fixedNow: now }) });
const BARS = { minDrafts: 10, agreementRatio: 0.9, demoteAfterCorrections: 2 };
const rules = (document: PolicyDocument) => publishPolicy(line.club, { learning: BARS, ...document });
const stageOf = async () => (await withClub(scopeOf(line.club), (tx) => resolvedPolicy(tx, scopeOf(line.club)))).policy.stages.question;

type Drafts = { readonly agreed: number; readonly other?: number; readonly at?: Date; readonly category?: string };
const compared = async ({ agreed, at = inDays(-1), category = "question", other = 0 }: Drafts): Promise<void> => {
  await owner().draftComparison.createMany({
    data: Array.from({ length: agreed + other }, (_, index) => ({
      id: newId("draftComparison"),
      ...scopeOf(line.club),
      decisionId: newId("decision"),
      category,
      likenessRatio: index < agreed ? 0.9 : 0.1,
      isAgreed: index < agreed,
      createdAt: at,
    })),
  });
};
const offered = async () => {
  await rules({ stages: { question: "suggest" } });
  await compared({ agreed: 10 });
  await assessAutonomy(machine());
  const [offer] = (await getAutonomy(line.club.as.owner)).offers;
  if (offer === undefined) {
    throw new Error("nothing was offered");
  }
  return offer;
};
/** Answers that went out alone and were found wrong. */
const corrected = async (count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    const { effectId } = await answer(line, await write(line, { text: "when is the front desk staffed on saturday?" }));
    const message = await owner().message.findFirstOrThrow({ where: { effectId: effectId ?? "" } });
    await rateMessage(line.club.as.staff, { messageId: message.id as Id<"message">, score: 1 });
  }
};
const openAlerts = async (kind: string) =>
  (await owner().alert.findMany({ where: { clubId: line.club.id, kind, resolvedAt: null } })).map(({ key }) => key);
const ledger = async () =>
  (await owner().aiAction.findMany({ where: { clubId: line.club.id, kind: { startsWith: "stage." } } })).map(({ kind }) => kind);
const audit = async (entityId: string) =>
  (await owner().auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })).map(({ action }) => action);

describe("an offer", () => {
  test("is made once, with its evidence, a card, audit and ledger, and changes nothing by itself", async () => {
    const offer = await offered();
    expect(offer).toMatchObject({ scope: "category:question", from: "suggest", to: "auto", evidence: { draftCount: 10, agreedCount: 10 } });
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 0 });
    expect(await openAlerts("stage_offered")).toEqual(["stage_offer:category:question"]);
    expect(await stageOf()).toBe("suggest");
    expect(await audit(offer.id)).toEqual(["stage.offered"]);
    expect(await ledger()).toEqual(["stage.offered"]);
  });

  test("that an owner accepts publishes a version with the stage and nothing else changed", async () => {
    const { id: changeId } = await offered();
    await acceptOffer(line.club.as.owner, { changeId });
    expect(await stageOf()).toBe("auto");
    const versions = await owner().policy.findMany({ where: { clubId: line.club.id }, orderBy: { version: "asc" } });
    expect(versions.map(({ document }) => document)).toEqual([
      { learning: BARS, stages: { question: "suggest" } },
      { learning: BARS, stages: { question: "auto" } },
    ]);
    expect(versions[1]).toMatchObject({ publishedById: line.club.people.owner.userId, note: expect.stringContaining("earned") });
    expect(await openAlerts("stage_offered")).toEqual([]);
    expect(await audit(changeId)).toEqual(["stage.offered", "stage.raised"]);
    expect(await audit(line.club.id)).toContain("policy.published");
    expect(await ledger()).toEqual(["stage.offered", "stage.raised"]);
    await expect(acceptOffer(line.club.as.owner, { changeId })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  test("that is declined is not made again for two weeks", async () => {
    const { id: changeId } = await offered();
    await declineOffer(line.club.as.owner, { changeId });
    expect(await stageOf()).toBe("suggest");
    expect(await assessAutonomy(machine(inDays(13)))).toMatchObject({ offeredCount: 0 });
    expect(await assessAutonomy(machine(inDays(15)))).toMatchObject({ offeredCount: 1 });
  });

  test("whose grounds are gone is withdrawn, and one whose stage was changed by hand is not accepted", async () => {
    const { id: changeId } = await offered();
    await rules({ stages: { question: "off" } });
    await expect(acceptOffer(line.club.as.owner, { changeId })).rejects.toMatchObject({ code: "precondition_failed" });
    await assessAutonomy(machine());
    expect((await getAutonomy(line.club.as.owner)).offers).toEqual([]);
    expect(await openAlerts("stage_offered")).toEqual([]);
  });

  test("is never made for complaints, without evidence, or where the franchise holds the stage", async () => {
    await rules({ stages: { question: "suggest", complaint: "shadow", praise: "suggest" } });
    await compared({ agreed: 20, category: "complaint" });
    await compared({ agreed: 9, category: "question" });
    await compared({ agreed: 20, category: "praise" });
    await owner().policy.create({
      data: {
        id: newId("policy"),
        franchiseId: line.club.franchiseId,
        version: 1,
        document: { stages: { praise: "suggest" } },
        lockedPaths: ["stages.praise"],
        publishedAt: MADE_AT,
      },
    });
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 0 });
  });

  test("is an owner's to decide, seen by managers, and of another club looks like none", async () => {
    const { id: changeId } = await offered();
    await expect(acceptOffer(line.club.as.manager, { changeId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(declineOffer(line.club.as.staff, { changeId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getAutonomy(line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
    expect((await getAutonomy(line.club.as.manager)).offers).toHaveLength(1);
    const foreign = await makeClub();
    await expect(acceptOffer(foreign.as.owner, { changeId })).rejects.toMatchObject({ code: "not_found" });
    await expect(assessAutonomy(line.club.as.owner)).rejects.toMatchObject({ code: "forbidden" });
    expect(await stageOf()).toBe("suggest");
  });
});

describe("automatic answers", () => {
  test("are taken back at once after corrections, by a version that says why, with a card, audit and ledger; once", async () => {
    await rules({ stages: { question: "auto" } });
    await corrected(1);
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 0 });
    await corrected(1);
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 1 });
    expect(await stageOf()).toBe("suggest");
    expect(await openAlerts("stage_lowered")).toEqual(["stage_lowered:category:question"]);
    const newest = await owner().policy.findFirstOrThrow({ where: { clubId: line.club.id }, orderBy: { version: "desc" } });
    expect(newest).toMatchObject({ publishedById: null, note: expect.stringContaining("went back") });
    const [change] = (await getAutonomy(line.club.as.owner)).history;
    expect(change).toMatchObject({ status: "demoted", from: "auto", to: "suggest", evidence: { correctionCount: 2 } });
    expect(await audit(change?.id ?? "")).toEqual(["stage.lowered"]);
    expect(await ledger()).toEqual(["stage.lowered"]);
    await rules({ stages: { question: "auto" } });
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 0 });
  });

  test("rated wrong are looked at at once and not the next day", async () => {
    await rules({ stages: { question: "auto" } });
    await corrected(1);
    expect(await owner().outboxEvent.count({ where: { clubId: line.club.id, name: "learning/answer.corrected" } })).toBe(1);
  });

  test("whose stage the franchise holds are not taken back silently: a card asks for it", async () => {
    await rules({ stages: { question: "auto" } });
    await owner().policy.create({
      data: {
        id: newId("policy"),
        franchiseId: line.club.franchiseId,
        version: 1,
        document: { stages: { question: "auto" } },
        lockedPaths: ["stages.question"],
        publishedAt: MADE_AT,
      },
    });
    await corrected(2);
    expect(await assessAutonomy(machine())).toEqual({ offeredCount: 0, demotedCount: 0 });
    expect(await openAlerts("stage_lowered")).toHaveLength(1);
    expect(await stageOf()).toBe("auto");
  });

  test("are taken back once by two looks at the same time", async () => {
    await rules({ stages: { question: "auto" } });
    await corrected(2);
    const looks = await Promise.all([assessAutonomy(machine()), assessAutonomy(machine()), assessAutonomy(machine())]);
    expect(looks.reduce((sum, { demotedCount }) => sum + demotedCount, 0)).toBe(1);
  });
});

test("the agreement of each topic is counted over thirty days", async () => {
  await rules({});
  await compared({ agreed: 3, other: 1 });
  await compared({ agreed: 5, at: inDays(-31) });
  const { agreement, bars } = await getAutonomy(line.club.as.manager);
  expect(bars).toEqual(BARS);
  expect(agreement.find(({ scope }) => scope === "category:question")).toMatchObject({ draftCount: 4, agreedCount: 3, label: "Question" });
  expect(agreement.find(({ scope }) => scope === "category:complaint")).toMatchObject({ draftCount: 0, mayBeEarned: false });
});
