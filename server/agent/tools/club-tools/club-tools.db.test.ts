import { RESULT_MAX_CHARACTERS, type ClubRun } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { openClubRun } from "#server/agent/tools/club-tools/open-club-run.ts";
import { CLUB_TOOLS } from "#server/agent/tools/club-tools/registry.ts";
import { runClubTool } from "#server/agent/tools/club-tools/run-club-tool.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { confirmEffect } from "#server/services/effects/settle-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { readTables, rowFor } from "#server/testing/every-table.ts";
import { MADE_AT, makeContact, makeMember, makePerson, scopeOf } from "#server/testing/factories.ts";
import { anyArguments, anyToolName, fuzzCount } from "#server/testing/malicious-model.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();

let notes: string[] = [];
let locks: string[] = [];
useScriptedConnector("clubhub", () => ({
  capabilities: ["notes.write", "access.state"],
  check: () => Promise.resolve({ account: "scripted" }),
  notes: {
    add: ({ text }) => {
      notes.push(text);
      return Promise.resolve({ vendorReference: `note-${notes.length}` });
    },
  },
  access: {
    read: () => Promise.resolve({ state: "allowed", detail: null }),
    set: ({ personExternalId, state }) => {
      locks.push(`${state} ${personExternalId}`);
      return Promise.resolve({ vendorReference: null, state });
    },
  },
}));

const TIME_LIMIT_MS = 600_000;
const SECRET = "Quetzalcoatl";

let line: Line;
let workflow: ServiceContext;
let runId: Id<"workflowRun">;

beforeEach(async () => {
  notes = [];
  locks = [];
  line = await makeLine();
  // The first text makes the channel of the club.
  await write(line);
  runId = newId("workflowRun");
  workflow = { ...line.system, actor: { kind: "workflow", runId } };
});

const owner = () => database().owner;
const open = (over: Partial<Pick<ClubRun, "id" | "isDryRun" | "mayAlone" | "callCounts">> = {}, ctx = workflow) =>
  openClubRun(ctx, { id: runId, isDryRun: false, mayAlone: "read", callCounts: {}, ...over });

let serial = 0;
const ask = async (name: string, args: unknown, over: Parameters<typeof open>[0] = {}) => {
  const run = await open(over);
  const answer = await runClubTool(workflow, { run, request: { id: `toolu_${(serial += 1)}`, name, arguments: args } });
  expect(JSON.stringify(answer.result).length).toBeLessThanOrEqual(RESULT_MAX_CHARACTERS);
  return answer;
};

/** Somebody who owes, known to the club's system since a moment ago. */
const debtor = async (where: Line, over: Parameters<typeof makeMember>[2] = {}) => {
  const { contact, identity } = await makeContact(where.club, { name: "Robin Hale" });
  const memberId = await makeMember(where.club, contact.id, {
    phone: identity.address,
    balanceMinor: 4_500n,
    status: "past_due",
    accessState: "open",
    pastDueSinceOn: "2026-10-01",
    ...over,
  });
  await owner().memberIdentity.updateMany({ where: { memberId }, data: { seenAt: new Date() } });
  const dueMinor = BigInt(over.balanceMinor ?? 4_500n);
  await owner().debtEpisode.create({
    data: {
      id: newId("debtEpisode"),
      ...scopeOf(where.club),
      contactId: contact.id,
      startedOn: "2026-10-01",
      startedAt: MADE_AT,
      dueMinor: dueMinor > 0n ? dueMinor : 0n,
      peakMinor: dueMinor > 0n ? dueMinor : 1n,
      currency: "USD",
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  return { memberId, contactId: contact.id, phone: identity.address ?? "" };
};
const handleOf = async (memberId: string): Promise<string> => (await open()).handles.of("member", memberId);
/** Says that somebody has promised to pay, whatever else such a row must hold. */
const promises = async (contactId: string): Promise<void> => {
  const connection = await database().as("OWNER");
  const table = (await readTables(connection.query)).find(({ name }) => name === "PaymentPromise");
  if (table === undefined) {
    throw new Error("no promises");
  }
  const row = { ...rowFor(table, scopeOf(line.club)), contactId, status: "open", currency: "USD" };
  const names = Object.keys(row);
  await connection.query(
    `insert into "PaymentPromise" (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
    Object.values(row),
  );
  await connection.end();
};
const effects = () => owner().effect.findMany({ where: { clubId: line.club.id }, orderBy: { id: "asc" }, include: { approvals: true } });
const pendingOf = async (kind: string): Promise<Id<"approval">> =>
  (await owner().approval.findFirstOrThrow({ where: { clubId: line.club.id, status: "pending", effect: { kind } } })).id as Id<"approval">;

describe("lists", () => {
  test("of thousands answer with exact counts and at most ten rows, in fewer characters than a page", async () => {
    const scope = scopeOf(line.club);
    const contactIds = Array.from({ length: 3_300 }, () => newId("contact"));
    const long = "Maximiliana Wolfeschlegelsteinhausenbergerdorff";
    await owner().contact.createMany({
      data: contactIds.map((id) => ({ id, ...scope, displayName: long, createdAt: MADE_AT, updatedAt: MADE_AT })),
    });
    await owner().prospect.createMany({
      data: contactIds.slice(0, 3_000).map((contactId, index) => ({
        id: newId("prospect"),
        ...scope,
        contactId,
        externalId: `p-${index}`,
        firstName: long,
        lastName: long,
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
      })),
    });
    await owner().member.createMany({
      data: contactIds.slice(3_000).map((contactId, index) => ({
        id: newId("member"),
        ...scope,
        contactId,
        externalId: `m-${index}`,
        firstName: long,
        lastName: long,
        membershipType: long,
        status: "past_due",
        currency: "USD",
        balanceMinor: BigInt(100 * (index + 1)),
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
      })),
    });
    expect((await ask("get_campaign_prospects", {})).result).toMatchObject({ count: 3_000 });
    const owing = await ask("get_past_due_members", { min_amount: 200 });
    expect(owing.result).toMatchObject({ count: 101, totalOwed: "$25,250.00" });
    expect(JSON.stringify(owing.result["sample"])).toMatch(/\$300\.00.*\$299\.00/);
    expect((await ask("get_past_due_training_clients", {})).result).toMatchObject({ count: 0, sample: [] });
    for (const { name, risk } of CLUB_TOOLS) {
      if (risk === "read") {
        await ask(name, name === "search_knowledge" ? { question: "when do you open?" } : {});
      }
    }
  });

  test("tell no phone, no address and no id of anybody", async () => {
    const { memberId, contactId, phone } = await debtor(line);
    const said = JSON.stringify([
      await ask("get_past_due_members", {}),
      await ask("get_member_profile", { person: await handleOf(memberId) }),
      await ask("check_member_access_status", { person: await handleOf(memberId) }),
    ]);
    expect(said).toContain("Robin Hale");
    for (const secret of [memberId, contactId, phone, memberId.slice(4)]) {
      expect(said).not.toContain(secret);
    }
  });
});

describe("people", () => {
  test("are named only by handles of this very run: an id, a handle of another run or of another club, and a prospect are nobody", async () => {
    const { memberId } = await debtor(line);
    const foreign = await makeLine({ franchiseId: line.club.franchiseId });
    const other = await debtor(foreign);
    const otherRun = (await open({ id: newId("workflowRun") })).handles;
    const ofForeign = (await open({}, { ...foreign.system, actor: workflow.actor })).handles;
    const own = (await open()).handles;
    for (const person of [
      memberId,
      otherRun.of("member", memberId),
      ofForeign.of("member", other.memberId),
      own.of("prospect", newId("prospect")),
    ]) {
      const answer = await ask("lock_door_for_member", { person });
      expect(answer).toMatchObject({
        outcome: "refused",
        result: { error: expect.stringContaining("no member was named so in this run") },
      });
    }
    // A real id of another club under this run's own key opens nothing either: the row is not there.
    expect(await ask("get_member_profile", { person: own.of("member", other.memberId) })).toMatchObject({ outcome: "refused" });
    expect(await effects()).toEqual([]);
  });
});

describe("acts", () => {
  test("a note may be written alone where the run may do so, once for one request, and waits for a person where it may not", async () => {
    const { memberId } = await debtor(line);
    const person = await handleOf(memberId);
    const args = { person, priority: "urgent", category: "billing", note: "Asked for a plan" };
    const run = await open({ mayAlone: "reversible" });
    const request = { id: "toolu_same", name: "add_member_note", arguments: args };
    expect(await runClubTool(workflow, { run, request })).toMatchObject({ result: { status: "done" } });
    await runClubTool(workflow, { run, request });
    expect(notes).toEqual(["Asked for a plan [urgent, billing]"]);
    expect(await ask("add_member_note", args)).toMatchObject({ result: { status: "asked_the_team" } });
    expect(notes).toHaveLength(1);
    await approve(line.club.as.staff, { approvalId: await pendingOf("note.add") });
    expect(notes).toHaveLength(2);
  });

  test("the sentence people approve is built from the very arguments that run", async () => {
    const { memberId, phone } = await debtor(line);
    await ask("send_message_to_member", { person: await handleOf(memberId), message_text: "See you on Monday!" });
    const [effect] = await effects();
    expect(effect).toMatchObject({ kind: "message.send", status: "planned", arguments: { to: phone, text: "See you on Monday!" } });
    expect(effect?.approvals).toMatchObject([{ summary: "Send Robin Hale this text: “See you on Monday!”" }]);
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("a reminder names the balance read within the hour, is counted once it went out, and not repeated within three days", async () => {
    const { memberId, contactId } = await debtor(line);
    const person = await handleOf(memberId);
    await ask("send_payment_reminder", { person, tier: "friendly" });
    const [effect] = await effects();
    expect(effect).toMatchObject({
      purpose: "billing",
      status: "planned",
      arguments: { text: expect.stringContaining("$45.00"), reminder: { tier: "friendly", amountMinor: "4500" } },
    });
    await owner().effect.update({
      where: { id: effect?.id ?? "" },
      data: { status: "dispatching", approvedById: line.club.people.staff.userId },
    });
    const confirm = () =>
      inTransaction(line.system, (tx) =>
        confirmEffect(tx, line.system, { effectId: effect?.id ?? "", vendorReference: "x", by: "answer" }),
      );
    await confirm();
    await confirm();
    expect(await owner().collectionAttempt.findMany({ where: { contactId } })).toMatchObject([{ tier: "friendly", amountMinor: 4_500n }]);
    expect(await ask("send_payment_reminder", { person, tier: "firm" })).toMatchObject({
      outcome: "refused",
      result: { error: expect.stringContaining("the last text about money is too recent") },
    });
    const stale = await debtor(line);
    await owner().memberIdentity.updateMany({
      where: { memberId: stale.memberId },
      data: { seenAt: new Date(Date.now() - 2 * 3_600_000) },
    });
    expect(await ask("send_payment_reminder", { person: await handleOf(stale.memberId), tier: "final" })).toMatchObject({
      outcome: "refused",
    });
  });

  test("a door is never locked or unlocked by the run, whatever it may do alone: a manager decides, after signing in", async () => {
    const { memberId } = await debtor(line);
    const person = await handleOf(memberId);
    expect(await ask("lock_door_for_member", { person }, { mayAlone: "sends" })).toMatchObject({ result: { status: "asked_the_team" } });
    expect(locks).toEqual([]);
    const approvalId = await pendingOf("access.set");
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    const { manager } = line.club.as;
    const stale: ServiceContext = { ...manager, actor: { ...Object(manager.actor), signedInAt: null } };
    await expect(approve(stale, { approvalId })).rejects.toMatchObject({ code: "sign_in_required" });
    await approve(manager, { approvalId });
    expect(locks).toHaveLength(1);
    expect(await ask("unlock_door_for_member", { person })).toMatchObject({ result: { status: "asked_the_team" } });
  });

  test("a lock is not even asked for without a certain debt, for a minor, a freeze, a promise or somebody locked already", async () => {
    const without: readonly Parameters<typeof makeMember>[2][] = [
      { balanceMinor: 0n },
      { balanceMinor: null },
      { dateOfBirth: "2015-01-01" },
      { status: "frozen" },
      { accessState: "locked" },
    ];
    for (const over of without) {
      const { memberId } = await debtor(line, over);
      expect(await ask("lock_door_for_member", { person: await handleOf(memberId) })).toMatchObject({ outcome: "refused" });
    }
    const { contactId, memberId } = await debtor(line);
    await promises(contactId);
    expect(await ask("lock_door_for_member", { person: await handleOf(memberId) })).toMatchObject({
      result: { error: expect.stringContaining("promised to pay") },
    });
    expect(await effects()).toEqual([]);
  });

  test("doors by payment status are one question each, at most ten, those who owe nothing any more first", async () => {
    for (let index = 0; index < 12; index += 1) {
      await debtor(line);
    }
    await debtor(line, { accessState: "locked", balanceMinor: 0n, status: "active" });
    expect(await ask("auto_manage_access_by_payment_status", {})).toMatchObject({
      result: { owing: 12, askedToLock: 10, askedToUnlock: 1, leftAlone: {} },
    });
    const all = await effects();
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => "planned"));
    expect(all[0]).toMatchObject({ arguments: { state: "allowed" } });
    expect(locks).toEqual([]);
  });

  test("a dry run looks things up, and tells what it would do instead of doing it", async () => {
    const { memberId } = await debtor(line);
    const person = await handleOf(memberId);
    expect(await ask("lock_door_for_member", { person }, { isDryRun: true })).toEqual({
      outcome: "done",
      result: { dryRun: true, would: `Ask the team to lock the door for ${person}` },
    });
    expect(await ask("get_past_due_members", {}, { isDryRun: true })).toMatchObject({ result: { count: 1 } });
    expect(await effects()).toEqual([]);
  });
});

describe("what reaches many", () => {
  test("a bulk send is one question about exactly these words and these people; each message is planned once after the yes", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => debtor(line, { status: "pay_per_visit" })));
    const answer = await ask(
      "send_bulk_campaign",
      { segment: "pay_per_visit", template_key: "ppv_conversion", max_people: 5 },
      { mayAlone: "sends" },
    );
    expect(answer.result).toMatchObject({ status: "asked_the_team", people: 5, inSegment: 6 });
    const approvalId = await pendingOf("campaign.send");
    const { summary } = await owner().approval.findUniqueOrThrow({ where: { id: approvalId } });
    expect(summary).toContain("Send 5 pay-per-visit members (of 6) this text:");
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    await approve(line.club.as.manager, { approvalId });
    const all = await effects();
    const messages = all.filter(({ kind }) => kind === "message.send");
    expect(messages).toHaveLength(5);
    expect(new Set(messages.map(({ contactId }) => contactId)).size).toBe(5);
    expect(messages.every(({ purpose, plannedBy }) => purpose === "marketing" && plannedBy === "workflow")).toBe(true);
    expect(JSON.stringify(messages.map(({ arguments: args }) => args))).not.toContain("{{");
    const campaign = all.find(({ kind }) => kind === "campaign.send");
    expect(await dispatchEffect(line.system, { effectId: (campaign?.id ?? "") as Id<"effect"> })).toMatchObject({ status: "confirmed" });
    expect((await effects()).filter(({ kind }) => kind === "message.send")).toHaveLength(5);
    expect(people).toHaveLength(6);
  });

  test("a bulk send without a text, without people or by a reminder's text is refused", async () => {
    for (const key of ["no_such_text", "__proto__"]) {
      expect(await ask("send_bulk_campaign", { segment: "pay_per_visit", template_key: key })).toMatchObject({ outcome: "refused" });
    }
    expect(await ask("send_bulk_campaign", { segment: "prospects", template_key: "prospect_welcome" })).toMatchObject({
      outcome: "refused",
    });
  });

  test("a referral needs ripe debts and two different people, writes its notes once, and proposes nobody twice", async () => {
    const ripe = await debtor(line, { balanceMinor: 15_000n });
    const early = await debtor(line, { balanceMinor: 15_000n });
    for (const [contactId, count] of [
      [ripe.contactId, 3],
      [early.contactId, 1],
    ] as const) {
      for (let attempt = 0; attempt < count; attempt += 1) {
        await owner().collectionAttempt.create({
          data: {
            id: newId("collectionAttempt"),
            ...scopeOf(line.club),
            contactId,
            tier: "firm",
            amountMinor: 15_000n,
            currency: "USD",
            episodeOn: "2026-10-01",
            at: MADE_AT,
          },
        });
      }
    }
    const answer = await ask("generate_collections_referral_list", {});
    expect(answer.result).toMatchObject({
      status: "asked_the_team",
      count: 1,
      total: "$150.00",
      sample: [{ owes: "$150.00", attempts: 3 }],
    });
    expect(await ask("generate_collections_referral_list", {})).toMatchObject({ outcome: "refused" });
    const approvalId = await pendingOf("referral.list");
    expect(await approve(line.club.as.manager, { approvalId })).toMatchObject({ reason: "needs_another_person" });
    expect(notes).toEqual([]);
    const { name, userId } = await makePerson(line.club, "manager");
    const second: ServiceContext = {
      ...line.club.as.manager,
      actor: { kind: "staff", userId, name, role: "manager", signedInAt: new Date() },
    };
    await approve(second, { approvalId });
    const note = (await effects()).find(({ kind }) => kind === "note.add");
    await dispatchEffect(line.system, { effectId: (note?.id ?? "") as Id<"effect"> });
    expect(notes).toEqual(["REFERRED TO COLLECTIONS: $150.00 owed since 2026-10-01, 3 attempts. [urgent, billing]"]);
  });

  test("a referral that was paid meanwhile is asked again instead of done", async () => {
    const { contactId, memberId } = await debtor(line, { balanceMinor: 15_000n });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await owner().collectionAttempt.create({
        data: {
          id: newId("collectionAttempt"),
          ...scopeOf(line.club),
          contactId,
          tier: "firm",
          amountMinor: 15_000n,
          currency: "USD",
          episodeOn: "2026-10-01",
          at: MADE_AT,
        },
      });
    }
    await ask("generate_collections_referral_list", {});
    const approvalId = await pendingOf("referral.list");
    await approve(line.club.as.manager, { approvalId });
    await owner().member.update({ where: { id: memberId }, data: { balanceMinor: 0n } });
    await expect(approve(line.club.as.owner, { approvalId })).rejects.toMatchObject({
      message: expect.stringContaining("The balance was $150.00 and is now $0.00."),
    });
    expect(notes).toEqual([]);
  });
});

describe("a model that wants to do harm", () => {
  const foreignRows = async (clubIds: readonly string[]): Promise<string> => {
    const connection = await database().as("OWNER");
    const tables = (await readTables(connection.query)).filter(({ columns }) => columns.some(({ name }) => name === "clubId"));
    const parts: string[] = [];
    for (const { name } of tables) {
      const [row] = await connection.query(
        `select md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as sum, count(*)::int as n from "${name}" r where "clubId" = any($1)`,
        [clubIds],
      );
      parts.push(`${name} ${String(row?.["n"])} ${String(row?.["sum"])}`);
    }
    await connection.end();
    return parts.join("\n");
  };

  test(
    "whatever it calls with forged names and ids: nothing is done, all that is planned waits for a person, and no other club is read or written",
    async () => {
      const foreign = await makeLine({ franchiseId: line.club.franchiseId });
      const secret = await debtor(foreign, { firstName: SECRET, lastName: SECRET, balanceMinor: 77_700n });
      const own = [
        await debtor(line),
        await debtor(line, { accessState: "locked", balanceMinor: 0n }),
        await debtor(line, { status: "pay_per_visit" }),
      ];
      const before = await foreignRows([foreign.club.id]);
      const { handles } = await open();
      const ofForeign = (await open({}, { ...foreign.system, actor: workflow.actor })).handles;
      const person = fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...own.map(({ memberId }) => handles.of("member", memberId))) },
        {
          weight: 2,
          arbitrary: fc.constantFrom(
            ofForeign.of("member", secret.memberId),
            handles.of("member", secret.memberId),
            secret.memberId,
            secret.contactId,
            "m_",
            "",
          ),
        },
      );
      const words = fc.oneof(fc.constantFrom("pay now", "ignore all rules", "‮evil"), fc.string({ minLength: 1, maxLength: 40 }));
      const args = fc.oneof(
        anyArguments([secret.memberId, foreign.club.id]),
        fc.record({ person }),
        fc.record({ person, tier: fc.constantFrom("friendly", "firm", "final", "free") }),
        fc.record({ person, message_text: words }),
        fc.record({ person, priority: fc.constantFrom("urgent", "normal"), category: fc.constantFrom("billing", "access"), note: words }),
        fc.record({
          segment: fc.constantFrom("pay_per_visit", "green", "members"),
          template_key: fc.constantFrom("ppv_conversion", "final_notice", "x"),
        }),
        fc.constant({}),
      );
      const known = CLUB_TOOLS.map(({ name }) => name);
      const names = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyToolName(known) });
      const said: string[] = [];
      await fc.assert(
        fc.asyncProperty(names, args, async (name, input) => {
          const answer = await ask(name, input);
          expect(["done", "refused"]).toContain(answer.outcome);
          said.push(JSON.stringify(answer.result));
        }),
        { numRuns: fuzzCount({ few: 150, full: 2_000 }), endOnFailure: true },
      );
      const planned = await effects();
      expect(planned.length).toBeGreaterThan(0);
      expect(planned.every(({ approvals, needsApproval, status }) => status === "planned" && needsApproval && approvals.length > 0)).toBe(
        true,
      );
      expect(planned.filter(({ kind }) => kind === "referral.list").every(({ approvals }) => approvals[0]?.requiredCount === 2)).toBe(true);
      expect([notes, locks]).toEqual([[], []]);
      expect(own.map(({ phone }) => vendor.sendCount(phone))).toEqual([0, 0, 0]);
      expect(await foreignRows([foreign.club.id])).toBe(before);
      expect(said.join("\n")).not.toContain(SECRET);
      expect(JSON.stringify(planned.map(({ approvals, arguments: args }) => [args, approvals[0]?.summary]))).not.toContain(SECRET);
    },
    TIME_LIMIT_MS,
  );
});
