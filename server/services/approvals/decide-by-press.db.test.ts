import { slackOf, startSlackWorld } from "#local/vendors/slack/testing.ts";
import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { createSlackConnector } from "#server/connectors/slack/connector.ts";
import { SLACK_SETUP } from "#server/connectors/slack/setup.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { linkExternalUser } from "#server/services/external-users/link-external-user.ts";
import { listExternalUsers } from "#server/services/external-users/list-external-users.ts";
import { unlinkExternalUser } from "#server/services/external-users/unlink-external-user.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeConnection, makePerson } from "#server/testing/factories.ts";
import { answer, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { announceApproval } from "./announce-approval.ts";
import { approve, reject } from "./decide-approval.ts";
import { decideByPress, type Press } from "./decide-by-press.ts";
import { settleNotices } from "./settle-notices.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const WORKSPACE = "ironwood-denver";
const account = slackOf(WORKSPACE);
let slack: Awaited<ReturnType<typeof startSlackWorld>>;

beforeAll(async () => {
  slack = await startSlackWorld();
  CONNECTORS.slack = {
    setup: SLACK_SETUP,
    create: (context) => createSlackConnector({ ...context, ...openTestNetwork(), settings: { ...context.settings, baseUrl: slack.url } }),
  };
});
afterAll(async () => {
  CONNECTORS.slack = { setup: SLACK_SETUP, create: createSlackConnector };
  await slack.close();
});

let line: Line;
let connectionId: Id<"connection">;
const owner = () => database().owner;

const connectSlack = async (where: Line, settings: Record<string, string> = { announce: "all" }): Promise<Id<"connection">> => {
  const id = newId("connection");
  const scope = { franchiseId: where.club.franchiseId, clubId: where.club.id };
  const sealedCredentials = await withClub(scope, (tx) =>
    sealCredentials(tx, scope, { connectionId: id, credentials: account.credentials }),
  );
  await makeConnection(where.club, { id, provider: "slack", sealedCredentials, settings: { ...account.settings, ...settings } });
  return id;
};

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
  await publishPolicy(line.club, { stages: { question: "suggest" } });
  connectionId = await connectSlack(line);
});

const MARLOW = { id: "U0MARLOW", name: "Marlow Finch" };
const link = (userId: Id<"user">, externalId = MARLOW.id) => linkExternalUser(line.club.as.owner, { connectionId, externalId, userId });

/** A question that stands in the channel. */
const asked = async (where = line) => {
  const written = await write(where, { text: "when is the front desk staffed on saturday?" });
  await answer(where, written);
  const { id, effectId } = await owner().approval.findFirstOrThrow({ where: { conversationId: written.conversationId } });
  const approvalId = id as Id<"approval">;
  await announceApproval(where.system, { approvalId });
  return { ...written, approvalId, effectId, message: (await slack.messages(WORKSPACE)).at(-1) };
};

/** As the product is told of it. */
const press = async (actionId: "approve" | "reject", over: Partial<Parameters<typeof slack.press>[0]> = {}): Promise<Press> => {
  const request = await slack.press({ club: WORKSPACE, actionId, user: MARLOW, ...over });
  const connector = await openConnector(line.club.as.owner, { connectionId });
  const event = (await connector.webhook?.parse(request))?.events[0];
  if (event?.kind !== "press") {
    throw new TypeError("no press has arrived");
  }
  return event;
};

const machine = () => ({ ...line.webhook, actor: { kind: "webhook" as const, connectionId } });
const decide = async (actionId: "approve" | "reject", over: Partial<Parameters<typeof slack.press>[0]> = {}) =>
  decideByPress(machine(), { connectionId, press: await press(actionId, over) });
const shown = async (ts: string | undefined) => (await slack.messages(WORKSPACE)).find((message) => message.ts === ts);
const hasButtons = async (ts: string | undefined) => (await shown(ts))?.blocks.some(({ type }) => type === "actions");
const whispers = async () => (await slack.accepted()).flatMap((entry) => (entry.kind === "ephemeral" ? [entry.text] : []));
const approvalOf = (id: string) => owner().approval.findUniqueOrThrow({ where: { id } });

describe("a question in the channel", () => {
  test("is put there once, with the words people approve, and carries nothing but its own name", async () => {
    const { approvalId, message } = await asked();
    const before = (await slack.messages(WORKSPACE)).length;
    expect(await announceApproval(line.system, { approvalId })).toBe(1);
    expect((await slack.messages(WORKSPACE)).length).toBe(before);
    const { summary } = await approvalOf(approvalId);
    expect(message?.text).toContain(summary.slice(0, 20));
    expect(message?.blocks[1]).toMatchObject({ elements: [{ value: approvalId }, { value: approvalId }, { action_id: "open" }] });
  });

  test("is asked for in the transaction that writes it", async () => {
    const { approvalId } = await asked();
    const events = await owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: "approval/requested" } });
    expect(events.map(({ payload }) => payload)).toEqual([expect.objectContaining({ approvalId, clubId: line.club.id })]);
  });

  test("of a drafted message stands there only where the club wants that, and nothing stands there where it wants none", async () => {
    for (const announce of ["deeds", "none"]) {
      await owner().connection.update({ where: { id: connectionId }, data: { settings: { ...account.settings, announce } } });
      const { approvalId } = await asked();
      expect(await announceApproval(line.system, { approvalId })).toBe(0);
    }
  });
});

test("without a signing secret a question has no buttons, only the way to Spotter", async () => {
  const scope = { franchiseId: line.club.franchiseId, clubId: line.club.id };
  const { botToken } = account.credentials;
  const sealedCredentials = await withClub(scope, (tx) => sealCredentials(tx, scope, { connectionId, credentials: { botToken } }));
  await owner().connection.update({ where: { id: connectionId }, data: { sealedCredentials } });
  const { message } = await asked();
  expect(message?.blocks[1]).toMatchObject({ elements: [{ action_id: "open" }] });
});

describe("a press of somebody linked", () => {
  test("is that person's decision: the draft goes out once, under their name, and the buttons are gone", async () => {
    await link(line.club.people.manager.userId);
    const { approvalId, effectId, phone, message } = await asked();
    expect(await decide("approve")).toEqual({ kind: "decided", choice: "approve" });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({
      status: "confirmed",
      approvedById: line.club.people.manager.userId,
    });
    expect(await approvalOf(approvalId)).toMatchObject({ status: "approved", decidedById: line.club.people.manager.userId });
    expect(await hasButtons(message?.ts)).toBe(false);
    expect((await shown(message?.ts))?.text).toContain(`Approved by ${line.club.people.manager.name}: done.`);
  });

  test("can deny: nothing goes out", async () => {
    await link(line.club.people.staff.userId);
    const { approvalId, phone, message } = await asked();
    expect(await decide("reject")).toEqual({ kind: "decided", choice: "reject" });
    expect(vendor.sendCount(phone)).toBe(0);
    expect(await approvalOf(approvalId)).toMatchObject({ status: "rejected" });
    expect((await shown(message?.ts))?.text).toContain(`Denied by ${line.club.people.staff.name}.`);
  });

  test("of several at once the first one wins, and the others are told who it was", async () => {
    await link(line.club.people.manager.userId);
    await link(line.club.people.owner.userId, "U0ODESSA");
    const { approvalId, phone, message } = await asked();
    const presses = [
      await press("approve"),
      await press("approve"),
      await press("reject", { user: { id: "U0ODESSA", name: "Odessa Quill" } }),
      await press("approve", { user: { id: "U0ODESSA", name: "Odessa Quill" } }),
    ];
    const results = await Promise.all(presses.map((one) => decideByPress(machine(), { connectionId, press: one })));
    expect(results.filter(({ kind }) => kind === "decided")).toHaveLength(1);
    expect(results.filter((result) => result.kind === "refused" && result.reason === "closed")).toHaveLength(3);
    const { status } = await approvalOf(approvalId);
    expect(vendor.sendCount(phone)).toBe(status === "approved" ? 1 : 0);
    expect(await hasButtons(message?.ts)).toBe(false);
  });

  test("after a decision in Spotter changes nothing and takes the buttons away", async () => {
    await link(line.club.people.manager.userId);
    const { approvalId, phone, message } = await asked();
    const late = await press("reject");
    await approve(line.club.as.staff, { approvalId });
    expect(await decideByPress(machine(), { connectionId, press: late })).toEqual({ kind: "refused", reason: "closed" });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await hasButtons(message?.ts)).toBe(false);
    expect((await shown(message?.ts))?.text).toContain(`Approved by ${line.club.people.staff.name}: done.`);
  });

  test("after the end of the question, or after a newer message, is told so", async () => {
    await link(line.club.people.manager.userId);
    const expired = await asked();
    const late = await press("approve");
    await owner().approval.update({ where: { id: expired.approvalId }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await decideByPress(machine(), { connectionId, press: late })).toEqual({ kind: "refused", reason: "closed" });
    expect((await shown(expired.message?.ts))?.text).toContain("Nobody decided in time; nothing was done.");
    const overtaken = await asked();
    const stale = await press("approve", { ts: overtaken.message?.ts ?? "" });
    await write(line, { from: overtaken.phone, text: "I mean sunday" });
    expect(await owner().outboxEvent.count({ where: { clubId: line.club.id, name: "approval/closed" } })).toBe(1);
    expect(await decideByPress(machine(), { connectionId, press: stale })).toEqual({ kind: "refused", reason: "closed" });
    expect((await shown(overtaken.message?.ts))?.text).toContain("Overtaken by a newer message");
    expect([vendor.sendCount(expired.phone), vendor.sendCount(overtaken.phone)]).toEqual([0, 0]);
  });

  test("is not needed where the question ended in Spotter: its buttons go by themselves", async () => {
    const approved = await asked();
    const dismissed = await asked();
    expect(await settleNotices(line.system, { approvalId: approved.approvalId })).toBe(0);
    await approve(line.club.as.staff, { approvalId: approved.approvalId });
    await reject(line.club.as.staff, { approvalId: dismissed.approvalId });
    const events = await owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: "approval/closed" }, orderBy: { id: "asc" } });
    expect(events.map(({ payload }) => payload)).toMatchObject([{ approvalId: approved.approvalId }, { approvalId: dismissed.approvalId }]);
    for (const { approvalId, message } of [approved, dismissed]) {
      expect(await hasButtons(message?.ts)).toBe(true);
      expect(await settleNotices(line.system, { approvalId })).toBe(1);
      expect(await hasButtons(message?.ts)).toBe(false);
    }
    await slack.nextError("message_not_found");
    expect(await settleNotices(line.system, { approvalId: approved.approvalId })).toBe(1);
    await slack.nextError("internal_error");
    await expect(settleNotices(line.system, { approvalId: approved.approvalId })).rejects.toMatchObject({ kind: "unavailable" });
  });

  test("counts although Slack does not take the answer", async () => {
    await link(line.club.people.manager.userId);
    const { approvalId } = await asked();
    const one = await press("approve");
    await slack.nextError("message_not_found");
    expect(await decideByPress(machine(), { connectionId, press: one })).toEqual({ kind: "decided", choice: "approve" });
    expect(await approvalOf(approvalId)).toMatchObject({ status: "approved" });
  });
});

describe("a press that decides nothing", () => {
  const expectRefused = async (approvalId: string, result: unknown, reason: string) => {
    expect(result).toEqual({ kind: "refused", reason });
    expect(await approvalOf(approvalId)).toMatchObject({ status: "pending" });
    const rows = await owner().auditLog.findMany({ where: { clubId: line.club.id, action: "press.refused" } });
    expect(rows.at(-1)).toMatchObject({ actorKind: "webhook", details: { reason } });
  };

  test("comes from somebody nobody has linked, or who has left; the question stays open for the others", async () => {
    const { approvalId, message } = await asked();
    await expectRefused(approvalId, await decide("approve"), "unlinked");
    expect((await whispers()).at(-1)).toContain(MARLOW.id);
    const leaver = await makePerson(line.club, "manager");
    await link(leaver.userId);
    await owner().staffAccess.updateMany({ where: { userId: leaver.userId }, data: { archivedAt: new Date() } });
    await expectRefused(approvalId, await decide("approve"), "unlinked");
    await link(line.club.people.manager.userId);
    const [linked] = await listExternalUsers(line.club.as.staff, { connectionId });
    await unlinkExternalUser(line.club.as.owner, { externalUserId: linked?.id ?? newId("externalUser") });
    await expectRefused(approvalId, await decide("reject"), "unlinked");
    expect(await hasButtons(message?.ts)).toBe(true);
  });

  test("would open a door: a press is no sign-in, so it is approved in Spotter, and may be denied here", async () => {
    await link(line.club.people.owner.userId);
    const effectId = await inTransaction(line.system, (tx) =>
      planEffect(tx, line.system, {
        effectKey: "unlock",
        kind: "door.pulse",
        plannedBy: "agent",
        needsApproval: { requiredRole: "manager", summary: "Unlock the front door.", expiresAt: new Date(Date.now() + 120_000) },
        connectionId: line.connectionId,
        purpose: "service",
        arguments: { doorExternalId: "door-1", doorName: "Front door", actorName: "Spotter" },
      }),
    );
    const { id } = await owner().approval.findFirstOrThrow({ where: { effectId } });
    await announceApproval(line.system, { approvalId: id as Id<"approval"> });
    const notice = (await slack.messages(WORKSPACE)).at(-1);
    expect(notice?.text).toContain("It is approved in Spotter, after signing in");
    await expectRefused(id, await decide("approve"), "sign_in");
    expect((await whispers()).at(-1)).toContain("approved in Spotter itself");
    expect(await hasButtons(notice?.ts)).toBe(true);
    expect(await decide("reject")).toEqual({ kind: "decided", choice: "reject" });
    expect(await approvalOf(id)).toMatchObject({ status: "rejected" });
  });

  test("comes from a role that may not decide this", async () => {
    await link(line.club.people.staff.userId);
    const { approvalId, message } = await asked();
    await owner().approval.update({ where: { id: approvalId }, data: { requiredRole: "manager" } });
    await expectRefused(approvalId, await decide("approve"), "role");
    expect((await whispers()).at(-1)).toBe("Only a manager may decide this.");
    expect(await hasButtons(message?.ts)).toBe(true);
  });

  test("names a question of nobody, of another club, of another connection, or not the one under which it was pressed", async () => {
    await link(line.club.people.owner.userId);
    const first = await asked();
    const second = await asked();
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    await teachHours(other.club);
    await publishPolicy(other.club, { stages: { question: "suggest" } });
    await connectSlack(other);
    const foreign = await asked(other);
    const ts = second.message?.ts ?? "";
    for (const value of ["", "x".repeat(200), newId("approval"), foreign.approvalId, first.approvalId]) {
      const forged = { ...(await press("approve", { ts })), value };
      await expectRefused(first.approvalId, await decideByPress(machine(), { connectionId, press: forged }), "unknown");
    }
    const elsewhere = await connectSlack(line);
    await linkExternalUser(line.club.as.owner, { connectionId: elsewhere, externalId: MARLOW.id, userId: line.club.people.owner.userId });
    const wrongDoor = { connectionId: elsewhere, press: await press("approve", { ts }) };
    await expectRefused(second.approvalId, await decideByPress(machine(), wrongDoor), "unknown");
    expect(await approvalOf(foreign.approvalId)).toMatchObject({ status: "pending" });
  });

  test("cannot be made by a person or by other machinery through this verb", async () => {
    await asked();
    const one = await press("approve");
    await expect(decideByPress(line.club.as.owner, { connectionId, press: one })).rejects.toMatchObject({ code: "forbidden" });
    await expect(decideByPress(line.system, { connectionId, press: one })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("links", () => {
  test("are made by owners, for people of the club, at a vendor where people decide", async () => {
    const userId = line.club.people.manager.userId;
    await expect(linkExternalUser(line.club.as.manager, { connectionId, externalId: "U1", userId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(linkExternalUser(line.club.as.owner, { connectionId: line.connectionId, externalId: "U1", userId })).rejects.toMatchObject(
      {
        code: "precondition_failed",
      },
    );
    const other = await makeLine();
    await expect(linkExternalUser(other.club.as.owner, { connectionId, externalId: "U1", userId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(link(other.club.people.manager.userId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of the same person made again name somebody else, and are seen by their club alone", async () => {
    await link(line.club.people.manager.userId);
    await link(line.club.people.staff.userId);
    expect(await listExternalUsers(line.club.as.staff, { connectionId })).toMatchObject([
      { externalId: MARLOW.id, userId: line.club.people.staff.userId, staff: { role: "staff", name: line.club.people.staff.name } },
    ]);
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    expect(await listExternalUsers(other.club.as.owner, { connectionId })).toEqual([]);
    const [linked] = await listExternalUsers(line.club.as.owner, { connectionId });
    const externalUserId = linked?.id ?? newId("externalUser");
    await expect(unlinkExternalUser(other.club.as.owner, { externalUserId })).rejects.toMatchObject({ code: "not_found" });
    expect((await owner().auditLog.findMany({ where: { clubId: line.club.id, action: "person.linked" } })).length).toBe(2);
  });
});
