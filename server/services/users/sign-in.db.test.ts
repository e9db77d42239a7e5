import { contextOf, makePeople, type Person } from "#server/auth/test-people.ts";
import { newId } from "#server/platform/ids.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { archiveAccess } from "./archive-access.ts";
import { authorizeLiveUpdates } from "./authorize-live-updates.ts";
import { endAllSessions } from "./end-all-sessions.ts";
import { endSessions } from "./end-sessions.ts";
import { findSignedIn, type SignedIn } from "./find-signed-in.ts";
import { FAILURES_PER_EMAIL, FAILURES_PER_SOURCE } from "./sign-in-limits.ts";
import { signInWithGoogle } from "./sign-in-with-google.ts";
import { signInWithPassword, type SessionSeed } from "./sign-in-with-password.ts";

let make: Awaited<ReturnType<typeof makePeople>>;

beforeAll(async () => {
  make = await makePeople();
});
afterAll(() => make.close());

let serial = 0;
const anySource = (): string => `198.51.100.${(serial += 1)}`;

const enter = async (person: Person, source = anySource()): Promise<SessionSeed> => {
  const outcome = await signInWithPassword(person, { source });
  if (outcome.kind !== "signed_in") {
    throw new Error(`expected to be signed in, was ${outcome.kind}`);
  }
  return outcome;
};

const wrong = (person: Person, source: string) => signInWithPassword({ email: person.email, password: "not this one" }, { source });

const signedIn = async (person: Person): Promise<SignedIn> => {
  const user = await findSignedIn(await enter(person));
  if (user === null) {
    throw new Error("expected a user");
  }
  return user;
};

test("the right password signs in, however the address is typed, and leaves when it was", async () => {
  const person = await make.person();
  const outcome = await signInWithPassword(
    { email: `  ${person.email.toUpperCase()} `, password: person.password },
    { source: anySource() },
  );
  expect(outcome).toEqual({ kind: "signed_in", userId: person.userId, sessionVersion: 1 });
  const [row] = await make.query(`select "lastSignedInAt" from "User" where id = $1`, [person.userId]);
  expect(row?.["lastSignedInAt"]).toBeInstanceOf(Date);
});

test("an unknown address, a wrong password, an archived user and one without a password get the same answer", async () => {
  const [known, archived, passwordless] = [await make.person(), await make.person(), await make.person()];
  await make.query(`update "User" set "archivedAt" = now() where id = $1`, [archived.userId]);
  await make.query(`update "User" set "passwordHash" = null where id = $1`, [passwordless.userId]);
  const answers = await Promise.all([
    signInWithPassword({ email: "nobody@people.example", password: known.password }, { source: anySource() }),
    wrong(known, anySource()),
    signInWithPassword(archived, { source: anySource() }),
    signInWithPassword(passwordless, { source: anySource() }),
    signInWithPassword({ email: known.email.replace("@", "\uff20"), password: known.password }, { source: anySource() }),
  ]);
  expect(answers).toEqual(Array.from({ length: 5 }, () => ({ kind: "refused" })));
});

test("a password hashed at an old cost is hashed anew when its owner signs in", async () => {
  const person = await make.person();
  await enter(person);
  const [row] = await make.query(`select "passwordHash" from "User" where id = $1`, [person.userId]);
  expect(row?.["passwordHash"]).toMatch(/\$m=32768,t=3,p=1\$/);
  expect((await enter(person)).userId).toBe(person.userId);
});

test("after the limit of failures even the right password waits, and it says how long", async () => {
  const person = await make.person();
  const source = anySource();
  for (let tries = 0; tries < FAILURES_PER_SOURCE; tries += 1) {
    expect(await wrong(person, source)).toEqual({ kind: "refused" });
  }
  expect(await signInWithPassword(person, { source })).toEqual({ kind: "too_many_tries", waitMinutes: 15 });
  expect((await enter(person)).userId).toBe(person.userId);
});

test("many tries at the same moment do not get past the limit", async () => {
  const person = await make.person();
  const source = anySource();
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => wrong(person, source)));
  expect(outcomes.filter((outcome) => outcome.kind === "refused")).toHaveLength(FAILURES_PER_SOURCE);
});

test("waiting ends by itself, and tries during the wait do not lengthen it", async () => {
  const person = await make.person();
  const source = anySource();
  const at = (minute: number) => ({ source, fixedNow: new Date(Date.UTC(2026, 10, 20, 9, minute)) });
  for (let tries = 0; tries < FAILURES_PER_SOURCE; tries += 1) {
    await signInWithPassword({ email: person.email, password: "not this one" }, at(0));
  }
  expect(await signInWithPassword(person, at(10))).toEqual({ kind: "too_many_tries", waitMinutes: 5 });
  expect(await signInWithPassword(person, at(15))).toMatchObject({ kind: "signed_in" });
});

test("strangers trying from everywhere lock out neither a known place nor, for long, anybody", async () => {
  const person = await make.person();
  const home = anySource();
  await enter(person, home);
  for (let tries = 0; tries < FAILURES_PER_EMAIL; tries += 1) {
    await wrong(person, `203.0.113.${tries}`);
  }
  expect(await signInWithPassword(person, { source: "203.0.113.200" })).toMatchObject({ kind: "too_many_tries" });
  expect((await enter(person, home)).userId).toBe(person.userId);
});

test("what is kept of a try names neither the address nor the place", async () => {
  const person = await make.person();
  await wrong(person, "203.0.113.77");
  const rows = await make.query(`select * from "SignInAttempt" order by "createdAt" desc limit 1`, []);
  expect(JSON.stringify(rows)).not.toMatch(/people\.example|203\.0\.113/);
});

test("a session knows every club its accesses open, the higher role counting, and no other", async () => {
  const person = await make.person();
  const home = await make.place();
  const sibling = await make.place(home.franchiseId);
  const elsewhere = await make.place();
  await make.access(person, { franchiseId: home.franchiseId, clubId: null }, "staff");
  await make.access(person, sibling, "manager");
  const user = await signedIn(person);
  const roles = new Map(user.clubs.map((club) => [club.id, club.role]));
  expect(roles).toEqual(
    new Map([
      [home.clubId, "staff"],
      [sibling.clubId, "manager"],
    ]),
  );
  expect(roles.has(elsewhere.clubId)).toBe(false);
  expect(user.clubs[0]).toMatchObject({
    franchiseName: "Test Franchise",
    agentName: "Spotter",
    stages: { complaint: "off" },
    stoppedAt: null,
  });
});

test("a club shows the stop of its franchise", async () => {
  const person = await make.person();
  const place = await make.place();
  await make.access(person, place, "staff");
  await make.query(`update "Franchise" set "stoppedAt" = now(), "stopReason" = 'storm' where id = $1`, [place.franchiseId]);
  expect((await signedIn(person)).clubs[0]).toMatchObject({ stoppedAt: expect.any(Date), stopReason: "storm" });
});

test("a session counts no longer as soon as its user is archived, or all sessions were ended", async () => {
  const [person, other] = [await make.person(), await make.person()];
  const place = await make.place();
  await make.access(person, place, "staff");
  const session = await enter(person);
  const user = await signedIn(person);
  await endAllSessions(user, "test");
  expect(await findSignedIn(session)).toBeNull();
  expect(await findSignedIn(await enter(person))).not.toBeNull();
  const audit = await make.query(`select action, "actorId" from "AuditLog" where "franchiseId" = $1`, [place.franchiseId]);
  expect(audit).toEqual([{ action: "session.ended", actorId: person.userId }]);

  const otherSession = await enter(other);
  await make.query(`update "User" set "archivedAt" = now() where id = $1`, [other.userId]);
  expect(await findSignedIn(otherSession)).toBeNull();
});

test("an owner signs somebody of the club out everywhere, and nobody else does", async () => {
  const [person, owner, stranger] = [await make.person(), await make.person(), await make.person()];
  const [place, other] = [await make.place(), await make.place()];
  const accessId = await make.access(person, place, "staff");
  const session = await enter(person);
  await expect(endSessions(contextOf(person, place, "manager"), { accessId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(endSessions(contextOf(stranger, other, "owner"), { accessId })).rejects.toMatchObject({ code: "not_found" });
  expect(await findSignedIn(session)).not.toBeNull();
  await endSessions(contextOf(owner, place, "owner"), { accessId });
  expect(await findSignedIn(session)).toBeNull();
  expect(await findSignedIn(await enter(person))).toMatchObject({ clubs: [{ id: place.clubId }] });
  const audit = await make.query(`select action, "actorId", "entityId" from "AuditLog" where "franchiseId" = $1`, [place.franchiseId]);
  expect(audit).toEqual([{ action: "session.ended", actorId: owner.userId, entityId: person.userId }]);
});

test("an access that was taken away opens nothing from the next call on, and ends the sessions", async () => {
  const [person, owner] = [await make.person(), await make.person()];
  const place = await make.place();
  const accessId = await make.access(person, place, "staff");
  const ownerAccess = await make.access(owner, { franchiseId: place.franchiseId, clubId: null }, "owner");
  const session = await enter(person);
  await expect(archiveAccess(contextOf(person, place, "staff"), { accessId })).rejects.toMatchObject({ code: "forbidden" });
  await archiveAccess(contextOf(owner, place, "owner"), { accessId });
  expect(await findSignedIn(session)).toBeNull();
  expect((await signedIn(person)).clubs).toEqual([]);
  await expect(archiveAccess(contextOf(owner, place, "owner"), { accessId: ownerAccess })).rejects.toMatchObject({
    code: "precondition_failed",
  });
});

test("two owners who take each other out at the same moment leave one", async () => {
  const rivals = async (): Promise<PromiseSettledResult<void>["status"][]> => {
    const [place, first, second] = [await make.place(), await make.person(), await make.person()];
    const whole = { franchiseId: place.franchiseId, clubId: null };
    const [firstAccess, secondAccess] = [await make.access(first, whole, "owner"), await make.access(second, whole, "owner")];
    const results = await Promise.allSettled([
      archiveAccess(contextOf(first, place, "owner"), { accessId: secondAccess }),
      archiveAccess(contextOf(second, place, "owner"), { accessId: firstAccess }),
    ]);
    return results.map((result) => result.status).toSorted();
  };
  const outcomes = await Promise.all(Array.from({ length: 6 }, rivals));
  expect(outcomes).toEqual(Array.from({ length: 6 }, () => ["fulfilled", "rejected"]));
});

test("an access of another club or franchise reads like one that does not exist", async () => {
  const [owner, stranger] = [await make.person(), await make.person()];
  const [place, elsewhere] = [await make.place(), await make.place()];
  const sibling = await make.place(place.franchiseId);
  const [foreign, siblings] = [await make.access(stranger, elsewhere, "staff"), await make.access(stranger, sibling, "staff")];
  const missing = "acc_01h45ytscbebyvny4gc8cr8ma2" as const;
  const answers = await Promise.all(
    [foreign, siblings, missing].map((accessId) =>
      archiveAccess(contextOf(owner, place, "owner"), { accessId }).catch((error: Error) => ({ ...error, message: error.message })),
    ),
  );
  expect(answers[0]).toMatchObject({ code: "not_found" });
  expect(answers).toEqual(Array.from({ length: 3 }, () => answers[0]));
  expect((await signedIn(stranger)).clubs).toHaveLength(2);
});

test("only the realtime channel of one's own club is opened; a foreign and a made-up one are refused alike", async () => {
  const person = await make.person();
  const [place, elsewhere] = [await make.place(), await make.place()];
  await make.access(person, place, "staff");
  const user = await signedIn(person);
  const ask = (channelName: string, socketId = "1234.5678") => authorizeLiveUpdates(user, { socketId, channelName });
  expect(ask(`private-club-${place.clubId}`).auth).toMatch(/^[^:]+:[0-9a-f]{64}$/);
  const conversation = newId("conversation");
  const room = ask(`presence-${place.clubId}-${conversation}`);
  expect(JSON.parse(room.channel_data ?? "")).toMatchObject({ user_id: user.userId, user_info: { name: user.name } });
  const refusals = [
    `presence-${elsewhere.clubId}-${conversation}`,
    `presence-${place.clubId}-everybody`,
    `presence-${place.clubId}`,
    `private-club-${elsewhere.clubId}`,
    "private-club-club_01h45ytscbebyvny4gc8cr8ma2",
    "private-club-*",
    "presence-club",
    "",
  ];
  for (const channelName of refusals) {
    expect(() => ask(channelName)).toThrow(
      expect.objectContaining({ code: "forbidden", message: "this channel is not yours to listen to" }),
    );
  }
  expect(() => ask(`private-club-${place.clubId}`, "1234.5678:private-other")).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("Google signs in a user it has verified, and nobody else", async () => {
  const person = await make.person();
  const google = { subject: `google-${person.userId}`, email: person.email.toUpperCase(), isEmailVerified: true, name: "Test Person" };
  expect(await signInWithGoogle({ ...google, isEmailVerified: false })).toBeNull();
  expect(await signInWithGoogle({ ...google, email: "nobody@people.example" })).toBeNull();
  expect(await signInWithGoogle(google)).toEqual({ userId: person.userId, sessionVersion: 1 });
  expect(await signInWithGoogle({ ...google, email: "moved@people.example" })).toEqual({ userId: person.userId, sessionVersion: 1 });
  expect(await signInWithGoogle({ ...google, subject: "another account with that address" })).toBeNull();
  await make.query(`update "User" set "archivedAt" = now() where id = $1`, [person.userId]);
  expect(await signInWithGoogle(google)).toBeNull();
});
