import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { listActions } from "#server/services/ai-actions/list-actions.ts";
import { verifyLedger } from "#server/services/ai-actions/verify-ledger.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { addNote } from "#server/services/conversations/add-note.ts";
import { actorOf } from "#server/services/users/actor-of.ts";
import { archiveAccess } from "#server/services/users/archive-access.ts";
import { changeName } from "#server/services/users/change-name.ts";
import { changePassword } from "#server/services/users/change-password.ts";
import { changePin } from "#server/services/users/change-pin.ts";
import { endAllSessions } from "#server/services/users/end-all-sessions.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";
import { getAccount } from "#server/services/users/get-account.ts";
import { makeSuggestion } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { endDesk } from "./end-desk.ts";
import { findAtDesk, findDesk } from "./find-desk.ts";
import { handOverDesk } from "./hand-over.ts";
import { listAtDesk } from "./list-at-desk.ts";
import { listDesks } from "./list-desks.ts";
import { noteDeskUse } from "./note-use.ts";
import { openDesk, type OpenDeskOutcome } from "./open-desk.ts";
import { startDesk, type StartedDesk } from "./start-desk.ts";
import { takePinAway } from "./take-pin-away.ts";

useDatabase();

const PIN = "274915";
const WRONG = "274916";
const OFF = "desk_00000000000000000000000000";

let club: TestClub;
let desk: StartedDesk;

const owner = () => database().owner;

const signedIn = async (role: Role, of: TestClub = club): Promise<SignedIn> => {
  const { userId } = of.people[role];
  const { sessionVersion } = await owner().user.findUniqueOrThrow({ where: { id: userId } });
  const user = await findSignedIn({ userId, sessionVersion, startedAt: new Date() });
  if (user === null) {
    throw new Error("expected somebody to be signed in");
  }
  return user;
};

const setPin = async (role: Role, pin: string | null = PIN): Promise<void> =>
  changePin(await signedIn(role), { pin }, { requestId: "test" });

const open = (role: Role, pin = PIN, token = desk.token): Promise<OpenDeskOutcome> =>
  openDesk(token, { userId: club.people[role].userId, pin }, { requestId: "test" });

/** Who acts at the desk by now, or at another moment. */
const atDesk = async (token = desk.token, fixedNow?: Date): Promise<SignedIn | null> => {
  const found = await findDesk(token, fixedNow === undefined ? {} : { fixedNow });
  return found === null ? null : findAtDesk(found);
};

const contextAt = async (): Promise<ServiceContext> => {
  const user = await atDesk();
  const here = user?.clubs[0];
  if (user === null || here === undefined) {
    throw new Error("expected somebody at the desk");
  }
  return { franchiseId: here.franchiseId, clubId: here.id, actor: actorOf(user, here), requestId: "test" };
};

const audited = (action: string) =>
  owner().auditLog.findMany({
    where: { clubId: club.id, action },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { actorKind: true, actorId: true, entityId: true, deskId: true, details: true },
  });

const minutesOn = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

beforeEach(async () => {
  club = await makeClub();
  desk = await startDesk(club.as.manager, { name: "Front counter" });
  await setPin("staff");
});

describe("a desk is turned on", () => {
  test("by a manager who signed in just now; only the hash of its token is kept", async () => {
    const row = await owner().desk.findUniqueOrThrow({ where: { id: desk.deskId } });
    expect(row).toMatchObject({ name: "Front counter", startedById: club.people.manager.userId, endedAt: null, userId: null });
    expect(JSON.stringify(row)).not.toContain(desk.token);
    expect(await audited("desk.started")).toMatchObject([{ actorId: club.people.manager.userId, entityId: desk.deskId, deskId: null }]);
    const stale = { ...club.as.manager, actor: { ...club.as.manager.actor, signedInAt: new Date(0) } } as ServiceContext;
    await expect(startDesk(stale, { name: "Side" })).rejects.toMatchObject({ code: "sign_in_required" });
    await expect(startDesk(club.as.staff, { name: "Side" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(startDesk(club.as.owner, { name: " " })).rejects.toThrow(/name/);
  });

  test("and acts for nobody: without a PIN its cookie shows only the names of whoever has one", async () => {
    expect(await atDesk()).toBeNull();
    expect(await listAtDesk(desk.token)).toEqual([{ userId: club.people.staff.userId, name: club.people.staff.name }]);
    for (const token of ["", "x".repeat(43), desk.deskId]) {
      expect([await findDesk(token), await listAtDesk(token), await noteDeskUse(token)]).toEqual([null, [], false]);
    }
  });
});

describe("a desk is turned off", () => {
  test("at once, also while somebody stands there, by a manager of its club and once", async () => {
    await open("staff");
    const other = await makeClub();
    for (const deskId of [desk.deskId, OFF] as Id<"desk">[]) {
      await expect(endDesk(other.as.owner, { deskId })).rejects.toMatchObject({ code: "not_found", message: "desk not found" });
    }
    await expect(endDesk(club.as.staff, desk)).rejects.toMatchObject({ code: "forbidden" });
    expect(await atDesk()).not.toBeNull();
    await endDesk(club.as.manager, desk);
    expect([await findDesk(desk.token), await open("staff")]).toEqual([null, { kind: "off" }]);
    await expect(endDesk(club.as.manager, desk)).rejects.toMatchObject({ code: "not_found" });
    expect(await audited("desk.ended")).toMatchObject([{ actorId: club.people.manager.userId, entityId: desk.deskId }]);
  });

  test("when whoever turned it on no longer works here as one who may", async () => {
    const { id } = await owner().staffAccess.findFirstOrThrow({ where: { userId: club.people.manager.userId } });
    await archiveAccess(club.as.owner, { accessId: id as Id<"staffAccess"> });
    expect([await findDesk(desk.token), (await listDesks(club.as.owner)).desks]).toEqual([null, []]);
  });
});

test("the desks of a club are listed to its managers, with who has a PIN, and to nobody else's", async () => {
  expect(await listDesks(club.as.manager)).toMatchObject({
    desks: [{ id: desk.deskId, name: "Front counter", startedBy: club.people.manager.name, lastUsedAt: null }],
    people: [{ userId: club.people.staff.userId, name: club.people.staff.name }],
  });
  expect(await listDesks((await makeClub()).as.owner)).toEqual({ desks: [], people: [] });
  await expect(listDesks(club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
});

describe("somebody types their PIN", () => {
  test("and acts in their own name, in this club and no other of theirs, without having signed in", async () => {
    const sibling = await makeClub({ franchiseId: club.franchiseId });
    await setPin("owner");
    expect((await signedIn("owner")).clubs.map(({ id }) => id)).toContain(sibling.id);
    expect(await open("owner")).toEqual({ kind: "opened" });
    expect(await atDesk()).toMatchObject({
      userId: club.people.owner.userId,
      signedInAt: null,
      desk: { id: desk.deskId, name: "Front counter" },
      accesses: [{ franchiseId: club.franchiseId, clubId: club.id, role: "owner" }],
      clubs: [{ id: club.id, isAtDesk: true }],
    });
    expect((await atDesk())?.clubs).toHaveLength(1);
    expect(await audited("desk.opened")).toMatchObject([{ actorId: club.people.owner.userId, deskId: desk.deskId }]);
  });

  test("that is wrong, or of somebody who does not work here or has none, and hears one and the same answer", async () => {
    const stranger = await makeClub();
    await changePin(await signedIn("staff", stranger), { pin: PIN }, { requestId: "test" });
    const tries = [club.people.manager.userId, stranger.people.staff.userId, newId("user"), "nobody"];
    for (const userId of tries) {
      expect(await openDesk(desk.token, { userId, pin: PIN }, { requestId: null })).toEqual({ kind: "refused" });
    }
    expect(await open("staff", WRONG)).toEqual({ kind: "refused" });
    expect(await atDesk()).toBeNull();
    expect(await audited("desk.refused")).toMatchObject([
      { actorKind: "system", actorId: "desk", entityId: desk.deskId, details: { userId: club.people.staff.userId, tries: 1 } },
    ]);
  });

  test("five times wrong at one desk and waits there, also with the right one", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await open("staff", WRONG)).toEqual({ kind: "refused" });
    }
    expect(await open("staff")).toMatchObject({ kind: "too_many_tries" });
    expect(await audited("desk.refused")).toHaveLength(5);
    const side = await startDesk(club.as.manager, { name: "Side" });
    expect(await open("staff", PIN, side.token)).toEqual({ kind: "opened" });
  });

  test("ten times wrong in a row and has none any more, at any desk", async () => {
    const side = await startDesk(club.as.manager, { name: "Side" });
    const outcomes: OpenDeskOutcome[] = [];
    for (const token of [desk.token, side.token]) {
      for (let turn = 0; turn < 5; turn += 1) {
        outcomes.push(await open("staff", WRONG, token));
      }
    }
    expect(outcomes.at(-1)).toEqual({ kind: "taken_away" });
    expect((await getAccount(await signedIn("staff"))).pinSetAt).toBeNull();
    expect(await audited("pin.taken_away")).toMatchObject([{ actorKind: "system", entityId: club.people.staff.userId }]);
    expect(await open("staff", PIN, (await startDesk(club.as.manager, { name: "Third" })).token)).toEqual({ kind: "refused" });
  });

  test("many times at once, and no more of them are looked at than one after the other", async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => open("staff", WRONG)));
    expect(outcomes.filter(({ kind }) => kind === "refused")).toHaveLength(5);
    expect(outcomes.filter(({ kind }) => kind === "too_many_tries")).toHaveLength(7);
  });
});

describe("an open desk asks again", () => {
  beforeEach(() => open("staff"));

  test("after five minutes without use, and after twelve hours with it", async () => {
    expect(await atDesk(desk.token, minutesOn(4))).not.toBeNull();
    expect(await atDesk(desk.token, minutesOn(6))).toBeNull();
    expect(await noteDeskUse(desk.token, { fixedNow: minutesOn(6) })).toBe(false);
    for (let minute = 4; minute < 720; minute += 4) {
      expect(await noteDeskUse(desk.token, { fixedNow: minutesOn(minute) })).toBe(true);
    }
    expect(await noteDeskUse(desk.token, { fixedNow: minutesOn(719) })).toBe(true);
    expect(await noteDeskUse(desk.token, { fixedNow: minutesOn(721) })).toBe(false);
  });

  test("at once when it is handed over, and the next person acts in their own name", async () => {
    await setPin("manager", "518203");
    await handOverDesk(desk.token, { requestId: "test" });
    expect(await atDesk()).toBeNull();
    await open("manager", "518203");
    expect(await atDesk()).toMatchObject({ userId: club.people.manager.userId });
    await handOverDesk(desk.token, { requestId: "test" });
    expect((await audited("desk.handed_over")).map(({ actorId }) => actorId)).toEqual([
      club.people.staff.userId,
      club.people.manager.userId,
    ]);
  });

  test.each([
    ["they signed out everywhere", async () => endAllSessions(await signedIn("staff"), "test")],
    [
      "they changed their password, and the PIN is gone with the old one",
      async () => {
        await changePassword(await signedIn("staff"), { current: "", next: "kettlebells before sunrise" }, "test");
        expect(await open("staff")).toEqual({ kind: "refused" });
      },
    ],
    ["they set another PIN", () => setPin("staff", "518203")],
    ["they removed their PIN", () => setPin("staff", null)],
    ["a manager took their PIN away", () => takePinAway(club.as.manager, { userId: club.people.staff.userId })],
    [
      "they no longer work here",
      async () => {
        const { id } = await owner().staffAccess.findFirstOrThrow({ where: { userId: club.people.staff.userId } });
        await archiveAccess(club.as.owner, { accessId: id as Id<"staffAccess"> });
        expect(await open("staff")).toEqual({ kind: "refused" });
      },
    ],
    ["their sign-in is closed", () => owner().user.update({ where: { id: club.people.staff.userId }, data: { archivedAt: new Date() } })],
  ])("when %s", async (_name, happen) => {
    expect(await atDesk()).not.toBeNull();
    await happen();
    expect(await atDesk()).toBeNull();
  });
});

describe("what is done at a desk", () => {
  test("is done and audited in the name of who typed the PIN, with the desk beside it", async () => {
    await open("staff");
    const { conversation } = await makeConversation(club);
    await addNote(await contextAt(), { conversationId: conversation.id, text: "Brought the towel back." });
    expect(await audited("note.added")).toMatchObject([{ actorId: club.people.staff.userId, deskId: desk.deskId }]);
    await addNote(club.as.staff, { conversationId: conversation.id, text: "From home." });
    expect((await audited("note.added")).map(({ deskId }) => deskId)).toEqual([desk.deskId, null]);
  });

  test("is told with name and desk by the ledger of what Spotter did", async () => {
    await open("staff");
    const { approvalId } = await makeSuggestion(club, (await makeConversation(club)).conversation);
    await reject(await contextAt(), { approvalId });
    const { items } = await listActions(club.as.manager, {});
    expect(items).toMatchObject([
      { kind: "approval.rejected", actorKind: "staff", actorName: club.people.staff.name, deskName: "Front counter" },
    ]);
    expect(await verifyLedger(club.as.manager)).toMatchObject({ isWhole: true });
  });

  test("is never more than an answer: money, doors, desks and one's own account are refused, whoever typed the PIN", async () => {
    await setPin("owner");
    await open("owner");
    const { approvalId, effectId } = await makeSuggestion(club, (await makeConversation(club)).conversation);
    await owner().effect.update({ where: { id: effectId }, data: { purpose: "billing" } });
    const ctx = await contextAt();
    const user = await atDesk();
    if (user === null) {
      throw new Error("expected somebody at the desk");
    }
    const refused = { code: "forbidden", message: "not at the desk: sign in on your own device" };
    await expect(approve(ctx, { approvalId })).rejects.toMatchObject(refused);
    await expect(startDesk(ctx, { name: "Mine" })).rejects.toMatchObject(refused);
    await expect(endDesk(ctx, desk)).rejects.toMatchObject(refused);
    await expect(takePinAway(ctx, { userId: club.people.staff.userId })).rejects.toMatchObject(refused);
    await expect(changePin(user, { pin: "518203" }, { requestId: "test" })).rejects.toMatchObject(refused);
    await expect(changeName(user, { name: "Somebody" }, "test")).rejects.toMatchObject(refused);
    await expect(changePassword(user, { current: "", next: "kettlebells before sunrise" }, "test")).rejects.toMatchObject(refused);
    await expect(endAllSessions(user, "test")).rejects.toMatchObject(refused);
    await expect(getAccount(user)).rejects.toMatchObject(refused);
  });
});

describe("a PIN", () => {
  test("is set by oneself after a sign-in of the last minutes, is none a stranger tries first, and is kept as a hash", async () => {
    const user = await signedIn("manager");
    const stale = { ...user, signedInAt: new Date(0) };
    await expect(changePin(stale, { pin: PIN }, { requestId: "test" })).rejects.toMatchObject({ code: "sign_in_required" });
    for (const pin of ["123", "1234", "0000", "121212", "87654321", "123456789", "12a4"]) {
      await expect(changePin(user, { pin }, { requestId: "test" })).rejects.toThrow();
    }
    await changePin(user, { pin: PIN }, { requestId: "test" });
    const { pinHash } = await owner().user.findUniqueOrThrow({ where: { id: user.userId } });
    expect(pinHash).toMatch(/^\$argon2id\$/);
    expect(
      await owner().auditLog.findMany({ where: { actorId: user.userId, action: "account.changed" }, select: { details: true } }),
    ).toEqual([{ details: { changed: "pin", isSet: true } }]);
  });

  test("is taken away by a manager of a club where its holder works, and by nobody else", async () => {
    const { userId } = club.people.staff;
    const other = await makeClub();
    await expect(takePinAway(club.as.staff, { userId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(takePinAway(other.as.owner, { userId })).rejects.toMatchObject({ code: "not_found", message: "PIN not found" });
    await expect(takePinAway(other.as.owner, { userId: newId("user") })).rejects.toMatchObject({ message: "PIN not found" });
    await takePinAway(club.as.manager, { userId });
    expect(await open("staff")).toEqual({ kind: "refused" });
    expect(await audited("pin.taken_away")).toMatchObject([{ actorId: club.people.manager.userId, entityId: userId }]);
    await expect(takePinAway(club.as.manager, { userId })).rejects.toMatchObject({ code: "not_found" });
  });
});
