import { scriptedThink, thought } from "#server/agent/testing.ts";
import { newId } from "#server/platform/ids.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import { verifyLedger } from "#server/services/ai-actions/verify-ledger.ts";
import { listAutomations } from "#server/services/automations/list-automations.ts";
import { reviewAutomation } from "#server/services/automations/review-automation.ts";
import { makeDecision } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeInbound, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { teachHours, think } from "#server/testing/scripted-agent.ts";
import { makeLine, write } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { confidenceHistogram } from "./confidence-histogram.ts";
import { driftReport } from "./drift-report.ts";
import { getPolicySettings } from "./get-policy-settings.ts";
import { listPolicyVersions } from "./list-policy-versions.ts";
import { previewPush } from "./preview-push.ts";
import { publishPolicy } from "./publish-policy.ts";
import { replayPolicy } from "./replay-policy.ts";
import { rollBackPolicy } from "./roll-back-policy.ts";

useDatabase();
useScriptedOpenPhone();

const owner = () => database().owner;
let club: TestClub;

beforeEach(async () => {
  club = await makeClub();
});

const forClub = (of: TestClub, baseVersion: number, document: Parameters<typeof publishPolicy>[1]["document"], note?: string) =>
  publishPolicy(of.as.owner, { layer: "club", baseVersion, document, ...(note === undefined ? {} : { note }) });
const forFranchise = (
  of: TestClub,
  baseVersion: number,
  document: Parameters<typeof publishPolicy>[1]["document"],
  lockedPaths: string[] = [],
) => publishPolicy(of.as.owner, { layer: "franchise", baseVersion, document, lockedPaths });
const rules = async (of: TestClub) => (await getPolicySettings(of.as.staff)).policy;
const versionCount = (of: TestClub) => owner().policy.count({ where: { franchiseId: of.franchiseId } });

describe("publishing the rules of a club", () => {
  test("puts them into force at once, with note, author, audit row, ledger line and news; the version before stays", async () => {
    await forClub(club, 0, { thresholds: { auto: 0.9 } }, "  more careful ");
    await forClub(club, 1, { thresholds: { auto: 0.8 } });
    expect((await rules(club)).thresholds).toEqual({ auto: 0.8, floor: 0.6 });
    const { items } = await listPolicyVersions(club.as.staff, { layer: "club" });
    expect(items).toMatchObject([
      { version: 2, note: null, document: { thresholds: { auto: 0.8 } } },
      { version: 1, note: "more careful", document: { thresholds: { auto: 0.9 } }, publishedBy: club.people.owner.name },
    ]);
    const audit = await owner().auditLog.findMany({ where: { clubId: club.id, action: "policy.published" }, orderBy: { id: "asc" } });
    expect(audit.map(({ actorId, details }) => ({ actorId, details }))).toMatchObject([
      { actorId: club.people.owner.userId, details: { layer: "club", version: 1, changeCount: 1, note: "more careful" } },
      { details: { version: 2 } },
    ]);
    const lines = await owner().aiAction.findMany({ where: { clubId: club.id }, orderBy: { sequence: "asc" } });
    expect(lines).toMatchObject([
      { kind: "policy.published", policyVersion: "f0.c1", summary: "The club's rules were published as version 1: 1 change." },
      { kind: "policy.published", policyVersion: "f0.c2" },
    ]);
    expect(await owner().outboxEvent.count({ where: { clubId: club.id, topic: "club" } })).toBe(2);
    expect(await verifyLedger(club.as.owner)).toMatchObject({ isWhole: true });
  });

  test("is for owners only, and for nobody of another franchise", async () => {
    const foreign = await makeClub();
    const wish = { layer: "club" as const, baseVersion: 0, document: { handBackHours: 4 } };
    await expect(publishPolicy(club.as.staff, wish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(publishPolicy(club.as.manager, wish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(publishPolicy({ ...foreign.as.owner, clubId: club.id }, wish)).rejects.toThrow();
    expect(await versionCount(club)).toBe(0);
  });

  test("from a version that is no longer the newest is a conflict, and of ten at once one gets through", async () => {
    await forClub(club, 0, { handBackHours: 4 });
    await expect(forClub(club, 0, { handBackHours: 5 })).rejects.toMatchObject({ code: "conflict" });
    const tries = await Promise.allSettled(Array.from({ length: 10 }, (_none, index) => forClub(club, 1, { handBackHours: 10 + index })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) {
      expect(one.status === "rejected" ? one.reason : { code: "conflict" }).toMatchObject({ code: "conflict" });
    }
    expect(await versionCount(club)).toBe(2);
  });

  test("without a change is refused, and so is what no setting may be", async () => {
    await forClub(club, 0, { handBackHours: 4 });
    await expect(forClub(club, 1, { handBackHours: 4 })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(forClub(club, 1, { thresholds: { auto: 0.2 } })).rejects.toThrow();
    await expect(forClub(club, 1, { agent: { disclosure: "Hi, this is Sam." } })).rejects.toThrow(/must say that an AI writes/);
    expect(await versionCount(club)).toBe(1);
  });

  test("what the franchise holds is refused by its name, and what stood there before the lock may stay", async () => {
    await forClub(club, 0, { stages: { praise: "off" } });
    await forFranchise(club, 0, { stages: { praise: "suggest" } }, ["stages.praise"]);
    await expect(forClub(club, 1, { stages: { praise: "auto" } })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Praise: stage"),
    });
    await forClub(club, 1, { stages: { praise: "off" }, handBackHours: 4 });
    expect(await rules(club)).toMatchObject({ stages: { praise: "suggest" }, handBackHours: 4 });
    expect(await getPolicySettings(club.as.manager)).toMatchObject({
      locked: ["stages.praise"],
      origins: { "stages.praise": "franchise", handBackHours: "club", burstWindowSeconds: "built_in" },
      mayPublish: { club: false, franchise: false },
    });
  });

  test("the next message is decided under the new version", async () => {
    const line = await makeLine();
    await teachHours(line.club);
    const fairlySure = scriptedThink(thought({ confidence: 0.8 }));
    const ask = async () => {
      const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
      await think(line, asked, fairlySure);
      return owner().decision.findFirstOrThrow({ where: { messageId: asked.messageId } });
    };
    expect(await ask()).toMatchObject({ outcome: "suggest", policyVersion: "f0.c0" });
    await forClub(line.club, 0, { categoryThresholds: { question: 0.75 } });
    expect(await ask()).toMatchObject({ outcome: "respond", policyVersion: "f0.c1", thresholdRatio: 0.75 });
  });
});

describe("rolling back", () => {
  test("publishes an earlier version again, as a version of its own", async () => {
    await forClub(club, 0, { handBackHours: 4 });
    await forClub(club, 1, { handBackHours: 24, burstWindowSeconds: 9 });
    const rolled = await rollBackPolicy(club.as.owner, { layer: "club", version: 1, baseVersion: 2 });
    expect(rolled).toEqual({ version: 3, changeCount: 2, keptPaths: [] });
    expect(await rules(club)).toMatchObject({ handBackHours: 4, burstWindowSeconds: BUILT_IN_POLICY.burstWindowSeconds });
    const { items } = await listPolicyVersions(club.as.owner, { layer: "club" });
    expect(items[0]).toMatchObject({ version: 3, note: "Back to version 1" });
  });

  test("leaves alone what the franchise holds by now, and says so", async () => {
    await forClub(club, 0, { handBackHours: 4, burstWindowSeconds: 2 });
    await forClub(club, 1, { burstWindowSeconds: 9 });
    await forFranchise(club, 0, {}, ["handBackHours"]);
    const rolled = await rollBackPolicy(club.as.owner, { layer: "club", version: 1, baseVersion: 2 });
    expect(rolled.keptPaths).toEqual(["handBackHours"]);
    expect(await rules(club)).toMatchObject({ handBackHours: 12, burstWindowSeconds: 2 });
  });

  test("to a version that never was, by somebody else than an owner, or behind another's back is refused", async () => {
    await forClub(club, 0, { handBackHours: 4 });
    await forClub(club, 1, { handBackHours: 5 });
    const wish = { layer: "club" as const, version: 1, baseVersion: 2 };
    await expect(rollBackPolicy(club.as.owner, { ...wish, version: 9 })).rejects.toMatchObject({ code: "not_found" });
    await expect(rollBackPolicy(club.as.manager, wish)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rollBackPolicy(club.as.owner, { ...wish, baseVersion: 1 })).rejects.toMatchObject({ code: "conflict" });
    const foreign = await makeClub();
    await expect(rollBackPolicy(foreign.as.owner, wish)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the layer of a franchise", () => {
  test("reaches each of its clubs, tells each ledger, and is previewed club by club", async () => {
    const sister = await makeClub({ franchiseId: club.franchiseId });
    const stranger = await makeClub();
    await forClub(sister, 0, { handBackHours: 48 });
    const document = { handBackHours: 6, thresholds: { auto: 0.9 } };
    const changes = await previewPush(club.as.owner, { document, lockedPaths: [] });
    const of = (id: string) => changes.find(({ clubId }) => clubId === id)?.differences.map(({ label, to }) => `${label}: ${to}`);
    expect(changes).toHaveLength(2);
    expect(of(club.id)).toEqual(["General threshold: 0.90", "Hand back after: 6 h"]);
    expect(of(sister.id)).toEqual(["General threshold: 0.90"]);
    expect(await versionCount(club)).toBe(1);

    await forFranchise(club, 0, document);
    expect([(await rules(club)).handBackHours, (await rules(sister)).handBackHours, (await rules(stranger)).handBackHours]).toEqual([
      6, 48, 12,
    ]);
    for (const { id } of [club, sister]) {
      expect(await owner().aiAction.findMany({ where: { clubId: id, policyVersion: { startsWith: "f1" } } })).toHaveLength(1);
    }
    expect(await owner().aiAction.count({ where: { clubId: stranger.id } })).toBe(0);

    const drift = new Map((await driftReport(club.as.owner)).map(({ clubId, differences }) => [clubId, differences]));
    expect([...drift.keys()].toSorted()).toEqual([club.id, sister.id].toSorted());
    expect(drift.get(club.id)).toEqual([]);
    expect(drift.get(sister.id)).toMatchObject([{ label: "Hand back after", from: "6 h", to: "48 h" }]);
  });

  test("belongs to whoever owns the whole franchise", async () => {
    const oneClub = { ...club.as.owner, actor: { ...club.as.owner.actor, userId: club.people.manager.userId } } as typeof club.as.owner;
    await expect(publishPolicy(oneClub, { layer: "franchise", baseVersion: 0, document: { handBackHours: 3 } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(driftReport(oneClub)).rejects.toMatchObject({ code: "forbidden" });
    await expect(driftReport(club.as.manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewPush(oneClub, { document: {}, lockedPaths: [] })).rejects.toMatchObject({ code: "forbidden" });
    expect(await versionCount(club)).toBe(0);
  });
});

describe("automations", () => {
  const on = (name: "gift_cards" | "hours_and_facts") => ({ [name]: { ...BUILT_IN_POLICY.automations[name], stage: "suggest" as const } });

  test("are switched on one after the other: the next only when the owner has seen the figures of the one before", async () => {
    await expect(forClub(club, 0, { automations: on("hours_and_facts") })).rejects.toMatchObject({ code: "precondition_failed" });
    await forClub(club, 0, { automations: on("gift_cards") });
    const both = { automations: { ...on("gift_cards"), ...on("hours_and_facts") } };
    await expect(forClub(club, 1, both)).rejects.toThrow(/Opening hours and membership facts.*once the figures of "Gift cards" were seen/);
    await reviewAutomation(club.as.owner, { name: "gift_cards" });
    await forClub(club, 1, both);
    expect((await rules(club)).automations.hours_and_facts.stage).toBe("suggest");
  });

  test("a franchise switches none on for a club that has not seen the figures", async () => {
    const sister = await makeClub({ franchiseId: club.franchiseId, name: "Sister" });
    for (const one of [club, sister]) {
      await forClub(one, 0, { automations: on("gift_cards") });
    }
    await reviewAutomation(club.as.owner, { name: "gift_cards" });
    await expect(forFranchise(club, 0, { automations: on("hours_and_facts") })).rejects.toThrow(/in Sister/);
    await reviewAutomation(sister.as.owner, { name: "gift_cards" });
    await forFranchise(club, 0, { automations: on("hours_and_facts") });
    expect((await rules(sister)).automations.hours_and_facts.stage).toBe("suggest");
  });

  test("show what became of their uses in 30 days, and who has seen it", async () => {
    await forClub(club, 0, { automations: on("gift_cards") });
    const { conversation, message } = await makeInbound(club);
    const use = (outcome: string, over: object = {}) =>
      owner().automationUse.create({
        data: {
          id: newId("automationUse"),
          ...scopeOf(club),
          automation: "gift_cards",
          conversationId: conversation.id,
          contactId: conversation.contactId,
          messageId: newId("message"),
          outcome,
          createdAt: new Date(),
          updatedAt: new Date(),
          ...over,
        },
      });
    await use("answered");
    await use("answered", { correctedAt: new Date() });
    await use("handed_over", { messageId: message.id });
    await use("declined");
    await use("answered", { createdAt: new Date("2020-01-01T00:00:00Z") });
    await expect(reviewAutomation(club.as.owner, { name: "bay_reset" })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(reviewAutomation(club.as.manager, { name: "gift_cards" })).rejects.toMatchObject({ code: "forbidden" });
    await reviewAutomation(club.as.owner, { name: "gift_cards" });
    const { items } = await listAutomations(club.as.staff);
    expect(items.map(({ name, maySwitchOn }) => [name, maySwitchOn])).toEqual([
      ["gift_cards", true],
      ["hours_and_facts", true],
      ["bay_reset", false],
      ["door_unlock", false],
    ]);
    expect(items[0]).toMatchObject({
      counts: { uses: 4, successes: 2, failures: 1, corrections: 1 },
      seen: { by: club.people.owner.name },
    });
    const [row] = await owner().auditLog.findMany({ where: { clubId: club.id, action: "automation.reviewed" } });
    expect(row).toMatchObject({ entityId: "gift_cards", details: { uses: 4, corrections: 1 } });
    expect((await listAutomations((await makeClub()).as.owner)).items[0]).toMatchObject({ counts: { uses: 0 }, seen: null });
  });
});

describe("replay", () => {
  const STORED = {
    kind: "thought",
    source: "test-model",
    answerable: true,
    hasReply: true,
    isNewest: true,
    handledBy: "agent",
    isAgentOff: false,
    binding: "bound",
    isPastDue: false,
    automaticRepliesInConversation: 0,
    automaticRepliesInClubHour: 0,
    isStopped: false,
    isSuppressed: false,
    findings: [],
  };
  const decided = async (confidence: number, over: { inputs?: object; outcome?: string; createdAt?: Date } = {}) => {
    const { message, conversation, contact } = await makeInbound(club);
    const made = await makeDecision(club, message, {
      confidenceRatio: confidence,
      outcome: over.outcome ?? (confidence >= 0.85 ? "respond" : "suggest"),
      inputs: { ...STORED, ...over.inputs },
      createdAt: over.createdAt ?? new Date(),
    });
    return { ...made, conversation, contact };
  };

  test("shows what would newly go out and what would be held, and which of it staff corrected", async () => {
    const low = await decided(0.78);
    const corrected = await decided(0.8);
    const high = await decided(0.95);
    await decided(0.5, { outcome: "escalate" });
    await decided(0.9, { inputs: { answerable: undefined } });
    await decided(0.9, { createdAt: new Date(Date.now() - 20 * 86_400_000) });
    await owner().draftComparison.create({
      data: {
        id: newId("draftComparison"),
        ...scopeOf(club),
        decisionId: corrected.id,
        category: "question",
        likenessRatio: 0.2,
        isAgreed: false,
        createdAt: new Date(),
      },
    });
    const lower = await replayPolicy(club.as.owner, { document: { thresholds: { auto: 0.75 } } });
    expect(lower).toMatchObject({
      days: 7,
      replayedCount: 4,
      notReplayableCount: 1,
      before: { respond: 1, suggest: 2, escalate: 1 },
      after: { respond: 3, suggest: 0, escalate: 1 },
      newlySentCount: 2,
      newlySentOverruledCount: 1,
      newlyHeldCount: 0,
      changedCount: 2,
    });
    expect(lower.changes.map(({ conversationId }) => conversationId).toSorted()).toEqual(
      [low, corrected].map(({ conversation }) => conversation.id).toSorted(),
    );
    expect(lower.changes[0]).toMatchObject({ before: "suggest", after: "respond", contactName: expect.stringContaining("Contact") });

    const off = await replayPolicy(club.as.owner, { document: { stages: { question: "off" } }, days: 30 });
    expect(off).toMatchObject({ replayedCount: 5, after: { escalate: 5 }, newlyHeldCount: 2, newlySentCount: 0 });
    expect(off.changes.some(({ conversationId }) => conversationId === high.conversation.id)).toBe(true);
  });

  test("of a document that changes nothing changes nothing, and it writes nothing", async () => {
    await decided(0.8);
    await decided(0.9);
    const before = await owner().auditLog.count({ where: { clubId: club.id } });
    expect(await replayPolicy(club.as.owner, { document: {} })).toMatchObject({ changedCount: 0, before: { respond: 1, suggest: 1 } });
    expect(await owner().auditLog.count({ where: { clubId: club.id } })).toBe(before);
    expect(await versionCount(club)).toBe(0);
  });

  test("sees only the club's own messages, is for owners, and looks back 30 days at most", async () => {
    await decided(0.8);
    const other = await makeClub({ franchiseId: club.franchiseId });
    expect(await replayPolicy(other.as.owner, { document: {} })).toMatchObject({ replayedCount: 0 });
    await expect(replayPolicy(club.as.manager, { document: {} })).rejects.toMatchObject({ code: "forbidden" });
    await expect(replayPolicy(club.as.owner, { document: {}, days: 31 })).rejects.toThrow();
  });

  test("what the agent stores can be replayed, and its own policy decides the same again", async () => {
    const line = await makeLine();
    await teachHours(line.club);
    for (const confidence of [0.7, 0.95]) {
      const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
      await think(line, asked, scriptedThink(thought({ confidence })));
    }
    const greeting = await write(line, { text: "hello there!!! :)" });
    await think(line, greeting, scriptedThink(thought({ category: "other", reply: null, answerable: false, confidence: 0.9 })));
    expect(await replayPolicy(line.club.as.owner, { document: {} })).toMatchObject({
      replayedCount: 3,
      notReplayableCount: 0,
      changedCount: 0,
    });
  });

  test("the histogram of the last week counts each topic by its confidence", async () => {
    await decided(0.78);
    await decided(0.78, { inputs: { findings: [{ code: "fact_lock", span: "$19" }] } });
    await decided(0.95);
    await decided(0.95, { createdAt: new Date(Date.now() - 8 * 86_400_000) });
    const { curves, days } = await confidenceHistogram(club.as.staff);
    expect(days).toBe(7);
    expect(curves.find(({ category }) => category === "question")).toEqual({
      category: "question",
      total: 3,
      buckets: [
        { percent: 78, count: 2, answerable: 1, overruled: 0 },
        { percent: 95, count: 1, answerable: 1, overruled: 0 },
      ],
    });
  });
});
