import { newId } from "#server/platform/ids.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { asId } from "#server/domain/ids.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { saveWorkflow } from "#server/services/workflows/change-workflow.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { allowTexts, consentToAll } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeContact, makeMember, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { listSequencePeople, listSequences } from "./read-sequences.ts";
import { sequenceGate } from "./sequence-gate.ts";
import { inTransaction } from "#server/services/context.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let workflowId: Awaited<ReturnType<typeof workflowOf>>;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
  workflowId = await workflowOf(line.system, "sequence");
});

const owner = () => database().owner;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const later = (days: number, hours = 0) => new Date(MORNING.getTime() + days * DAY_MS + hours * HOUR_MS);
const machine = (now = MORNING) => ({ ...line.system, fixedNow: now });
const manager = (now = MORNING) => ({ ...line.club.as.manager, fixedNow: now });

let serial = 0;
const somebody = async () => {
  const phone = `+1303555${(100 + (serial += 1)).toString().padStart(4, "0")}`;
  const { contact } = await makeContact(line.club, { from: phone, name: "Robin Hale" });
  await owner().contact.update({ where: { id: contact.id }, data: { state: "CO", postalCode: "80202" } });
  await consentToAll(line.club, contact.id);
  return { phone, contactId: contact.id };
};
const lead = async (createdOn = "2026-11-23") => {
  const person = await somebody();
  const own = { contactId: person.contactId, externalId: `lead-${serial}`, firstName: "Robin", lastName: "Hale", createdOn };
  await owner().prospect.create({ data: { id: newId("prospect"), ...scopeOf(line.club), ...own, createdAt: MADE_AT, updatedAt: MADE_AT } });
  return person;
};
const booking = (contactId: string, status: string, startsAt: Date) => {
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS), readAt: MADE_AT, createdAt: MADE_AT, updatedAt: MADE_AT };
  const what = { externalId: `booking-${(serial += 1)}`, kind: "class", title: "Spin", status, sourceHash: "none" };
  return owner().booking.create({ data: { id: newId("booking"), ...scopeOf(line.club), contactId, ...what, ...times } });
};

const run = async (now = MORNING) => {
  const { runId } = await runWorkflowNow(manager(now), { workflowId });
  await drive(machine(now), runId);
  await settleRun(machine(now), { runId });
  const rows = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } });
  return rows.map(({ outcome, reason, tier }) => `${outcome} ${tier ?? reason}`).toSorted();
};
const standing = async (contactId: string) => {
  const row = await owner().sequenceEnrollment.findFirst({ where: { contactId }, orderBy: { enteredAt: "desc" } });
  return row === null ? null : `${row.sequence} ${row.status} ${row.nextStep}${row.exit === null ? "" : ` ${row.exit}`}`;
};

describe("sequences", () => {
  test("a new lead gets each note once, its days apart, and is done", async () => {
    await makeLive(workflowId);
    const { contactId, phone } = await lead();
    await lead("2026-10-01");
    expect(await run()).toEqual(["sent new_lead:0"]);
    expect(await run(later(0, 1))).toEqual([]);
    expect(await run(later(1))).toEqual([]);
    expect(await run(later(2))).toEqual(["sent new_lead:1"]);
    expect(await run(later(7))).toEqual(["sent new_lead:2"]);
    expect(await standing(contactId)).toBe("new_lead finished 3");
    expect(await run(later(9))).toEqual([]);
    expect(vendor.sendCount(phone)).toBe(3);
  });

  test("whoever booked again after a missed booking is left alone, and so is a booking of long ago", async () => {
    await makeLive(workflowId);
    const [missed, rebooked, old] = [await somebody(), await somebody(), await somebody()];
    await booking(missed.contactId, "no_show", later(-1));
    await booking(rebooked.contactId, "no_show", later(-1));
    await booking(rebooked.contactId, "booked", later(2));
    await booking(old.contactId, "no_show", later(-5));
    expect(await run()).toEqual(["sent no_show:0", "skipped exit_booked"]);
    expect(await standing(missed.contactId)).toBe("no_show active 1");
    expect(await standing(rebooked.contactId)).toBe("no_show exited 0 booked");
    expect(await standing(old.contactId)).toBeNull();
  });

  test("a long absence of somebody who owes is passed over, and a visit ends it", async () => {
    await makeLive(workflowId);
    const [absent, owing] = [await somebody(), await somebody()];
    const memberId = await makeMember(line.club, absent.contactId, { phone: absent.phone, lastVisitAt: later(-40) });
    await makeMember(line.club, owing.contactId, { phone: owing.phone, lastVisitAt: later(-40), balanceMinor: 4_000n });
    expect(await run()).toEqual(["sent win_back:0", "skipped step_passed"]);
    await owner().member.update({ where: { id: memberId }, data: { lastVisitAt: later(3) } });
    expect(await run(later(14))).toEqual(["skipped exit_visited", "skipped step_passed"]);
    expect([vendor.sendCount(absent.phone), vendor.sendCount(owing.phone)]).toEqual([1, 0]);
  });

  test("a preview shows who would begin and stores nothing of it", async () => {
    const { contactId, phone } = await lead();
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    const rows = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } });
    expect(rows).toMatchObject([{ contactId, outcome: "planned", tier: "new_lead:0", isDryRun: true }]);
    expect(await owner().sequenceEnrollment.count({ where: { clubId: line.club.id } })).toBe(0);
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("nobody is in two sequences, nor twice in one for one cause", async () => {
    await makeLive(workflowId);
    const { contactId } = await lead();
    await booking(contactId, "no_show", later(-1));
    await run();
    await run(later(0, 1));
    const rows = await owner().sequenceEnrollment.findMany({ where: { contactId } });
    expect(rows.map(({ sequence, status }) => `${sequence} ${status}`)).toEqual(["no_show active"]);
  });
});

describe("between the plan and the vendor", () => {
  test("a reply in the night ends what was to go out in the morning", async () => {
    await makeLive(workflowId);
    const { contactId, phone } = await lead();
    /** 22:00 in Denver: the text waits for the morning. */
    const night = new Date("2026-11-24T05:00:00Z");
    expect(await run(night)).toEqual(["deferred new_lead:0"]);
    const effect = await owner().effect.findFirstOrThrow({ where: { clubId: line.club.id, plannedBy: "workflow" } });
    const conversation = await owner().conversation.findFirstOrThrow({ where: { contactId } });
    const at = { sentAt: new Date("2026-11-24T05:30:00Z"), receivedAt: new Date("2026-11-24T05:30:00Z"), createdAt: MADE_AT };
    const words = {
      direction: "inbound",
      author: "contact",
      body: "Thanks, I will call",
      bodyHash: "x",
      status: "delivered",
      sequence: 900,
    };
    await owner().message.create({
      data: { id: newId("message"), ...scopeOf(line.club), conversationId: conversation.id, ...words, ...at },
    });
    const morning = machine(new Date("2026-11-24T17:00:00Z"));
    await dispatchEffect(morning, { effectId: asId("effect", effect.id) });
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effect.id } })).toMatchObject({
      status: "dropped",
      failureKind: "sequence_ended",
    });
    expect(await standing(contactId)).toBe("new_lead exited 1 replied");
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("an effect of no sequence is none of its business", async () => {
    const none = await inTransaction(machine(), (tx) => sequenceGate(tx, machine(), { id: newId("effect"), plannedBy: "workflow" }));
    expect(none).toBeNull();
  });
});

describe("the steps of a sequence as an owner sets them", () => {
  const boss = () => ({ ...line.club.as.owner, fixedNow: MORNING });
  const words = "Hi {{first_name}}, {{club_name}} would love to hear from you.";
  const step = { no: 0, afterDays: 0, condition: "always", channel: "best", templateKey: null, text: words } as const;
  const save = async (steps: readonly object[]) => {
    const { settings, workflow } = await listSequences(boss());
    const input = { workflowId, version: workflow.version, schedule: workflow.schedule };
    await saveWorkflow(boss(), { ...input, settings: { new_lead: { ...settings.new_lead, steps } } });
  };

  test("go out in their own words, over their own channel where it leads to the person, else over another, and that is said", async () => {
    await makeLive(workflowId);
    await save([{ ...step, channel: "email" }]);
    const { contactId, phone } = await lead();
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    expect(await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } })).toMatchObject([{ reason: "step_other_channel" }]);
    expect(await run()).toEqual(["sent new_lead:0"]);
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Hi Robin, .+ would love to hear from you\.\nReply STOP/),
    ]);
    const sent = await owner().workflowOutcome.findFirstOrThrow({ where: { contactId, isDryRun: false } });
    expect(sent.reason).toBe("step_other_channel");
    await save([{ ...step, channel: "sms" }]);
    const next = await lead();
    expect(await run(later(0, 1))).toEqual(["sent new_lead:0"]);
    expect((await owner().workflowOutcome.findFirstOrThrow({ where: { contactId: next.contactId, isDryRun: false } })).reason).toBe(
      "step_due",
    );
  });

  test("that change places are met in the new order, and by nobody twice", async () => {
    await makeLive(workflowId);
    const others = [1, 2].map((no) => ({ ...step, no, afterDays: 2 }));
    await save([step, ...others]);
    const early = await lead();
    expect(await run()).toEqual(["sent new_lead:0"]);
    const [second, third] = others;
    await save([{ ...third, afterDays: 0 }, { ...second }, { ...step, afterDays: 2 }]);
    const late = await lead();
    expect(await run(later(0, 1))).toEqual(["sent new_lead:2"]);
    expect(await run(later(2))).toEqual(["sent new_lead:1", "sent new_lead:1"]);
    expect(await standing(early.contactId)).toBe("new_lead finished 2");
    expect(await standing(late.contactId)).toBe("new_lead active 0");
    expect(await run(later(4))).toEqual(["sent new_lead:0"]);
    expect([vendor.sendCount(early.phone), vendor.sendCount(late.phone)]).toEqual([2, 3]);
  });

  test("that are taken out end it for whoever waits for them; the others, and the other sequences, stay as they were", async () => {
    await makeLive(workflowId);
    const { contactId } = await lead();
    expect(await run()).toEqual(["sent new_lead:0"]);
    const before = (await listSequences(boss())).settings;
    await save(before.new_lead.steps.filter(({ no }) => no !== 1));
    const after = (await listSequences(boss())).settings;
    expect(after.new_lead.steps.map(({ no }) => no)).toEqual([0, 2]);
    expect(after.win_back).toEqual(before.win_back);
    expect(await run(later(2))).toEqual(["skipped exit_step_removed"]);
    expect(await standing(contactId)).toBe("new_lead exited 1 step_removed");
  });

  test("the page shows who is in it at which step, who has left and why, and what each got; another club sees none of them", async () => {
    await makeLive(workflowId);
    const { contactId } = await lead();
    await run();
    const { sequences } = await listSequences(manager());
    expect(sequences.find(({ name }) => name === "new_lead")).toMatchObject({
      activeCount: 1,
      steps: [{ waitingCount: 0 }, { waitingCount: 1 }, {}],
    });
    expect(await listSequencePeople(manager(), { name: "new_lead", isIn: true })).toMatchObject([
      { contactId, name: "Robin Hale", nextStep: 1, history: [{ step: 0, outcome: "sent" }] },
    ]);
    await owner().contact.update({ where: { id: contactId }, data: { isAgentOff: true } });
    await run(later(2));
    expect(await listSequencePeople(manager(), { name: "new_lead", isIn: false })).toMatchObject([
      { contactId, ending: expect.stringContaining("switched off"), history: [{ step: 0 }] },
    ]);
    expect(await listSequencePeople((await makeLine()).club.as.manager, { name: "new_lead", isIn: false })).toEqual([]);
  });
});
