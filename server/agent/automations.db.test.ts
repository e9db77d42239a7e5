import { ConnectorError } from "#server/connectors/errors.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { expireApproval } from "#server/services/approvals/expire-approval.ts";
import { expireConfirmation } from "#server/services/confirmations/expire-confirmation.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { followReset } from "#server/services/devices/follow-reset.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { scopeOf } from "#server/testing/factories.ts";
import {
  bookBay,
  dispatchAll,
  makeDeedConnections,
  memberWrites,
  RESET_ON_YES,
  switchOn,
  useScriptedDeeds,
  work,
} from "#server/testing/scripted-automation.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();
const deeds = useScriptedDeeds();

const FROZEN = "hi, bay 3 is frozen";
const OUTSIDE = "I'm locked out, the front door won't open";
let line: Line;

beforeEach(async () => {
  line = await makeLine({ name: "Fairway", phone: "+13035550100" });
  await makeDeedConnections(line.club);
});

const owner = () => database().owner;
const textsTo = ({ phone }: Written): readonly string[] => vendor.accepted(phone).map(({ text }) => text);
const lastTo = (written: Written): string => textsTo(written).at(-1) ?? "";
const use = (written: Written) =>
  owner().automationUse.findFirst({ where: { conversationId: written.conversationId }, orderBy: { id: "desc" } });
const conversation = ({ conversationId }: Written) => owner().conversation.findUniqueOrThrow({ where: { id: conversationId } });
const confirmation = ({ conversationId }: Written) =>
  owner().confirmation.findFirstOrThrow({ where: { conversationId }, orderBy: { id: "desc" } });
const tickets = ({ conversationId }: Written) => owner().ticket.findMany({ where: { conversationId, status: "open" } });
const resetOf = ({ conversationId }: Written) => owner().effect.findFirst({ where: { conversationId, kind: "device.reset" } });
const resetIdOf = async (written: Written): Promise<Id<"effect">> => asId("effect", (await resetOf(written))?.id ?? "");
const decisionOf = ({ messageId }: Written) => owner().decision.findFirstOrThrow({ where: { messageId } });
const reply = async (to: Written, text: string): Promise<Written> => {
  const written = await write(line, { from: to.phone, text });
  await dispatchAll(line, written.result.effectIds);
  return written;
};

const askForBay = async (bay: number): Promise<Written> => {
  await switchOn(line.club, { bay_reset: RESET_ON_YES });
  const asked = await memberWrites(line, `hi, bay ${bay} is frozen`);
  await bookBay(line.club, { contactId: asked.contactId, place: `Bay ${bay}` });
  await work(line, asked);
  return asked;
};

const askForBay3 = (): Promise<Written> => askForBay(3);

describe("a frozen bay", () => {
  test("is reset after a YES of whoever holds it, and they hear when it is done", async () => {
    const asked = await askForBay3();
    expect(lastTo(asked)).toContain("Reply YES to reset bay 3.");
    expect(deeds.resets).toEqual([]);
    expect(await use(asked)).toMatchObject({ automation: "bay_reset", outcome: "awaiting_confirmation" });
    await reply(asked, "YES please");
    expect(deeds.resets).toEqual(["bay-3"]);
    expect(lastTo(asked)).toContain("I'm resetting bay 3 now");
    expect(await use(asked)).toMatchObject({ outcome: "running" });
    deeds.progress = { state: "succeeded", vendorReference: "s1", detail: null };
    const reset = await resetOf(asked);
    await followReset(line.system, { effectId: await resetIdOf(asked) });
    expect(lastTo(asked)).toBe("Bay 3 is restarting, it should work now. If it doesn't, text me and a person will help.");
    expect(await use(asked)).toMatchObject({ outcome: "succeeded" });
    expect(await confirmation(asked)).toMatchObject({ status: "confirmed", argumentsHash: reset?.argumentsHash });
    expect((await conversation(asked)).needsYou).toBe("none");
  });

  test("that will not reset: they hear so, with the club's phone, and a person is called", async () => {
    const asked = await askForBay3();
    await reply(asked, "yes");
    deeds.progress = { state: "failed", vendorReference: "s1", detail: "agent offline" };
    await followReset(line.system, { effectId: await resetIdOf(asked) });
    expect(lastTo(asked)).toContain("I couldn't reset bay 3");
    expect(lastTo(asked)).toContain("+13035550100");
    expect(await use(asked)).toMatchObject({ outcome: "failed" });
    expect(await tickets(asked)).toMatchObject([{ title: "Help at the bay" }]);
    expect((await conversation(asked)).needsYou).toBe("escalation");
  });

  test("whose vendor refuses at once: the same honesty", async () => {
    const asked = await askForBay3();
    deeds.breaks = new ConnectorError("rejected", "no such device");
    await reply(asked, "yes");
    expect(textsTo(asked).some((text) => text.includes("I couldn't reset bay 3"))).toBe(true);
    expect(await use(asked)).toMatchObject({ outcome: "failed" });
  });

  test("without its number is asked for once, and the number alone goes on", async () => {
    await switchOn(line.club, { bay_reset: RESET_ON_YES });
    const asked = await memberWrites(line, "the simulator is frozen");
    await bookBay(line.club, { contactId: asked.contactId });
    await work(line, asked);
    expect(lastTo(asked)).toContain("Which bay are you in?");
    const number = await reply(asked, "3");
    await work(line, number);
    expect(lastTo(asked)).toContain("Reply YES to reset bay 3.");
    await reply(asked, "Sí");
    expect(deeds.resets).toEqual(["bay-3"]);
  });

  test.each(["someone else's", "nobody's"])("that is %s goes to a person, without a word of whose it is", async (whose) => {
    await switchOn(line.club, { bay_reset: RESET_ON_YES });
    const asked = await memberWrites(line, FROZEN);
    if (whose === "someone else's") {
      const other = await memberWrites(line, "hello");
      await bookBay(line.club, { contactId: other.contactId });
    }
    await work(line, asked);
    expect(await decisionOf(asked)).toMatchObject({ outcome: "escalate", reasons: ["automation_refused"] });
    expect(await use(asked)).toMatchObject({ outcome: "handed_over" });
    expect(await resetOf(asked)).toBeNull();
  });

  test("of a number that belongs to nobody goes to a person", async () => {
    await switchOn(line.club, { bay_reset: RESET_ON_YES });
    const asked = await write(line, { text: FROZEN });
    await bookBay(line.club, { contactId: asked.contactId });
    await work(line, asked);
    expect(await decisionOf(asked)).toMatchObject({ outcome: "escalate" });
    expect(await resetOf(asked)).toBeNull();
  });

  test("of somebody upset, or one that touches money, goes to a person", async () => {
    await switchOn(line.club, { bay_reset: RESET_ON_YES });
    for (const text of ["this is ridiculous, bay 3 is frozen", "bay 3 is frozen, I want a refund"]) {
      const asked = await memberWrites(line, text);
      await bookBay(line.club, { contactId: asked.contactId });
      await work(line, asked);
      expect((await decisionOf(asked)).outcome).toBe("escalate");
      expect(await resetOf(asked)).toBeNull();
    }
  });

  test("while the automation is off or watches, is a complaint as any other; a shadow keeps what it would have said", async () => {
    for (const stage of ["off", "shadow"] as const) {
      await switchOn(line.club, { bay_reset: { ...RESET_ON_YES, stage } });
      const asked = await memberWrites(line, FROZEN);
      await bookBay(line.club, { contactId: asked.contactId });
      await work(line, asked);
      const decision = await decisionOf(asked);
      expect(decision.outcome).toBe("escalate");
      expect(JSON.stringify(decision.inputs).includes("Reply YES")).toBe(stage === "shadow");
      expect(await use(asked)).toBeNull();
      await owner().booking.deleteMany({ where: { clubId: line.club.id } });
    }
  });

  test("below auto waits for a person of the club, who need only say yes", async () => {
    await switchOn(line.club, { bay_reset: { ...RESET_ON_YES, stage: "suggest" } });
    const asked = await memberWrites(line, FROZEN);
    await bookBay(line.club, { contactId: asked.contactId });
    await work(line, asked);
    expect(lastTo(asked)).toContain("I've asked the team to reset bay 3");
    await reply(asked, "yes");
    expect(deeds.resets).toEqual([]);
    const approval = await owner().approval.findFirstOrThrow({ where: { conversationId: asked.conversationId, status: "pending" } });
    expect(approval.summary).toContain("Reset bay 3");
    await approve(line.club.as.staff, { approvalId: asId("approval", approval.id) });
    expect(deeds.resets).toEqual(["bay-3"]);
    expect(lastTo(asked)).toContain("I'm resetting bay 3 now");
  });

  test("with no confirmation asked for is reset at once", async () => {
    await switchOn(line.club, { bay_reset: { ...RESET_ON_YES, confirmation: "none" } });
    const asked = await memberWrites(line, FROZEN);
    await bookBay(line.club, { contactId: asked.contactId });
    await work(line, asked);
    expect(deeds.resets).toEqual(["bay-3"]);
  });

  test("no oftener than the club allows in one conversation", async () => {
    await switchOn(line.club, { bay_reset: { ...RESET_ON_YES, maxRepliesPerConversation: 1 } });
    const asked = await memberWrites(line, FROZEN);
    await bookBay(line.club, { contactId: asked.contactId });
    await work(line, asked);
    const again = await reply(asked, "bay 3 is frozen, please look");
    await work(line, again);
    expect(await decisionOf(again)).toMatchObject({ outcome: "escalate", reasons: ["automation_limit"] });
  });
});

describe("a yes", () => {
  test("without an open question does nothing physical", async () => {
    await switchOn(line.club, { bay_reset: RESET_ON_YES });
    const written = await memberWrites(line, "yes");
    expect(written.result.effectIds).toEqual([]);
    expect(deeds.resets).toEqual([]);
  });

  test("of another contact settles nothing", async () => {
    const asked = await askForBay3();
    const other = await memberWrites(line, "YES");
    expect(other.result.effectIds).toEqual([]);
    expect(await confirmation(asked)).toMatchObject({ status: "pending" });
    expect(deeds.resets).toEqual([]);
  });

  test("that is late does nothing, and they hear so", async () => {
    const asked = await askForBay3();
    await owner().confirmation.updateMany({
      where: { conversationId: asked.conversationId },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    await reply(asked, "yes");
    expect(deeds.resets).toEqual([]);
    expect(lastTo(asked)).toContain("I haven't reset bay 3");
    expect(await confirmation(asked)).toMatchObject({ status: "expired" });
    expect(await use(asked)).toMatchObject({ outcome: "expired" });
  });

  test("counts once: the second one is a text like any other", async () => {
    const asked = await askForBay3();
    await reply(asked, "yes");
    await reply(asked, "yes");
    await reply(asked, "YES");
    expect(deeds.resets).toEqual(["bay-3"]);
  });

  test("after the booking ended does nothing, and a person is called", async () => {
    const asked = await askForBay3();
    await owner().booking.updateMany({ where: { clubId: line.club.id }, data: { endsAt: new Date(Date.now() - 1_000) } });
    await reply(asked, "yes");
    expect(deeds.resets).toEqual([]);
    expect(lastTo(asked)).toContain("seems to be over");
    expect(await tickets(asked)).toHaveLength(1);
  });

  test("after arguments were changed behind our back does nothing", async () => {
    const asked = await askForBay3();
    const reset = await resetOf(asked);
    await owner().effect.update({
      where: { id: reset?.id ?? "" },
      data: { arguments: { deviceExternalId: "bay-4", deviceName: "Bay 4", bay: "3" } },
    });
    await reply(asked, "yes");
    expect(deeds.resets).toEqual([]);
  });

  test("after another message of theirs means nothing any more", async () => {
    const asked = await askForBay3();
    await reply(asked, "what time do you close?");
    await reply(asked, "yes");
    expect(deeds.resets).toEqual([]);
    expect(await confirmation(asked)).toMatchObject({ status: "superseded" });
    expect(await resetOf(asked)).toMatchObject({ status: "dropped" });
  });

  test("after a person took the conversation, or a STOP, does nothing", async () => {
    const taken = await askForBay3();
    await takeOver(line.club.as.staff, { conversationId: taken.conversationId });
    await reply(taken, "yes");
    expect(await use(taken)).toMatchObject({ outcome: "handed_over" });
    const stopped = await askForBay3();
    await reply(stopped, "STOP");
    await reply(stopped, "yes");
    expect(deeds.resets).toEqual([]);
  });

  test("wins over START: 'continue' from nobody suppressed is no word, and a yes is not read as one", async () => {
    const asked = await askForBay3();
    const answered = await reply(asked, "Yes");
    expect(answered.result.effectIds.length).toBeGreaterThan(0);
    expect(await owner().message.findUniqueOrThrow({ where: { id: answered.messageId } })).toMatchObject({
      agentOutcome: "respond",
      requiresResponse: false,
    });
    expect(await owner().suppression.count({ where: { franchiseId: line.club.franchiseId } })).toBe(0);
  });
});

describe("a no, and silence", () => {
  test("a no leaves the bay alone", async () => {
    const asked = await askForBay3();
    await reply(asked, "no thanks, it works now".replace(", it works now", ""));
    expect(deeds.resets).toEqual([]);
    expect(lastTo(asked)).toContain("I'll leave bay 3 as it is");
    expect(await use(asked)).toMatchObject({ outcome: "declined" });
  });

  test("a question nobody answered ends with nothing done and one line", async () => {
    const asked = await askForBay3();
    const { id } = await confirmation(asked);
    await expireConfirmation(line.system, { confirmationId: id });
    expect(await confirmation(asked)).toMatchObject({ status: "pending" });
    await owner().confirmation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    await expireConfirmation(line.system, { confirmationId: id });
    await expireConfirmation(line.system, { confirmationId: id });
    expect(textsTo(asked).filter((text) => text.includes("I didn't hear back in time"))).toHaveLength(1);
    expect(await resetOf(asked)).toMatchObject({ status: "dropped" });
  });

  test("yes, no and expiry at once: exactly one of them counts", async () => {
    for (let round = 0; round < 8; round += 1) {
      deeds.resets.length = 0;
      const asked = await askForBay(round + 1);
      const { id } = await confirmation(asked);
      const late = new Date(Date.now() + (round % 2 === 0 ? 0 : 11 * 60_000));
      await Promise.all([
        reply(asked, "yes"),
        reply(asked, "yes"),
        reply(asked, "no"),
        expireConfirmation({ ...line.system, fixedNow: late }, { confirmationId: id }),
      ]);
      const { status } = await confirmation(asked);
      expect(["confirmed", "declined", "expired"]).toContain(status);
      expect(deeds.resets).toHaveLength(status === "confirmed" ? 1 : 0);
    }
  });
});

describe("a locked door", () => {
  const askForDoor = async (): Promise<Written> => {
    await switchOn(line.club, { door_unlock: { stage: "suggest", threshold: 0.6 } });
    const asked = await memberWrites(line, OUTSIDE);
    await work(line, asked);
    return asked;
  };
  const approvalOf = async ({ conversationId }: Written): Promise<{ id: Id<"approval">; summary: string; requiredRole: string }> => {
    const row = await owner().approval.findFirstOrThrow({ where: { conversationId }, orderBy: { id: "desc" } });
    return { ...row, id: row.id as Id<"approval"> };
  };

  test("is put before a manager, and the member hears so at once; it opens only on their yes", async () => {
    const asked = await askForDoor();
    expect(lastTo(asked)).toContain("I've asked the team to open the front door");
    const approval = await approvalOf(asked);
    expect(approval).toMatchObject({ requiredRole: "manager", summary: expect.stringContaining("for 5 seconds for Robin Hale") });
    expect(deeds.pulses).toEqual([]);
    await expect(approve(line.club.as.staff, { approvalId: approval.id })).rejects.toMatchObject({ code: "forbidden" });
    await approve(line.club.as.manager, { approvalId: approval.id });
    expect(deeds.pulses).toEqual(["d1"]);
    expect(lastTo(asked)).toBe("The front door is open for 5 seconds. Come on in!");
    expect(await use(asked)).toMatchObject({ outcome: "succeeded" });
    expect((await conversation(asked)).needsYou).toBe("none");
  });

  test("stays asked for while the member goes on writing, and is asked for once", async () => {
    const asked = await askForDoor();
    const again = await reply(asked, "please hurry, I can't get in and it's cold");
    await work(line, again);
    expect(lastTo(asked)).toContain("The team has your request");
    expect(await owner().approval.count({ where: { conversationId: asked.conversationId, status: "pending" } })).toBe(1);
  });

  test.each(["denied", "expired", "failed"] as const)("that is %s: one honest line, the phone, a ticket and a person", async (end) => {
    const asked = await askForDoor();
    const { id } = await approvalOf(asked);
    if (end === "denied") {
      await reject(line.club.as.manager, { approvalId: id });
    } else if (end === "expired") {
      await expireApproval({ ...line.system, fixedNow: new Date(Date.now() + 6 * 60_000) }, { approvalId: id });
    } else {
      deeds.breaks = new ConnectorError("rejected", "the door is offline");
      await approve(line.club.as.manager, { approvalId: id });
    }
    expect(deeds.pulses).toEqual([]);
    expect(lastTo(asked)).toMatch(/couldn't open|couldn't reach anybody|could not be opened/);
    expect(lastTo(asked)).toContain("+13035550100");
    expect(await tickets(asked)).toMatchObject([{ title: "Help at the door" }]);
    expect((await conversation(asked)).needsYou).toBe("escalation");
    expect(await use(asked)).toMatchObject({ outcome: end === "denied" ? "declined" : end });
  });

  test.each([
    ["locked", { accessState: "locked" }],
    ["frozen", { status: "frozen" }],
    ["cancelled", { status: "cancelled" }],
  ])("of a member whose access is %s goes to a person", async (_why, member) => {
    await switchOn(line.club, { door_unlock: { stage: "suggest", threshold: 0.6 } });
    const asked = await memberWrites(line, OUTSIDE, member);
    await work(line, asked);
    expect(await decisionOf(asked)).toMatchObject({ outcome: "escalate" });
    expect(await owner().effect.count({ where: { conversationId: asked.conversationId, kind: "door.pulse" } })).toBe(0);
  });

  test("that was only reported broken is a complaint", async () => {
    await switchOn(line.club, { door_unlock: { stage: "auto", threshold: 0.6 } });
    const asked = await memberWrites(line, "the back door is broken");
    await work(line, asked);
    expect(await decisionOf(asked)).toMatchObject({ outcome: "escalate", reasons: ["always_person_complaint"] });
  });

  test("cannot be opened without a person by any setting", async () => {
    await switchOn(line.club, { door_unlock: { stage: "auto", executesAlone: true, confirmation: "none", threshold: 0.6 } });
    const asked = await memberWrites(line, OUTSIDE);
    await work(line, asked);
    expect(deeds.pulses).toEqual([]);
    expect(await approvalOf(asked)).toMatchObject({ requiredRole: "manager" });
  });
});

test("no approval, confirmation or use of one club is seen by another", async () => {
  const asked = await askForBay3();
  const other = await makeLine();
  const { id } = await confirmation(asked);
  await expireConfirmation({ ...other.system, fixedNow: new Date(Date.now() + 20 * 60_000) }, { confirmationId: id });
  expect(await confirmation(asked)).toMatchObject({ status: "pending", ...scopeOf(line.club) });
});
