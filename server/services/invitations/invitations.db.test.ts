import { contextOf, makePeople, type Person, type Place } from "#server/auth/test-people.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";
import { signInWithGoogle } from "#server/services/users/sign-in-with-google.ts";
import { signInWithPassword } from "#server/services/users/sign-in-with-password.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { acceptInvitation, joinByInvitation } from "./accept-invitation.ts";
import { createInvitation } from "./create-invitation.ts";
import { getInvitation } from "./get-invitation.ts";
import { getTeam } from "./get-team.ts";
import { revokeInvitation } from "./revoke-invitation.ts";

let make: Awaited<ReturnType<typeof makePeople>>;

beforeAll(async () => {
  make = await makePeople();
});
afterAll(() => make.close());

const PASSWORD = "bench seven by the window";
const NOBODY = { requestId: null };
const DEAD = { code: "not_found", message: "this invitation is no longer valid, ask for a new link" };

let serial = 0;
const newEmail = (): string => `invited-${process.pid}-${Date.now().toString(36)}-${(serial += 1)}@people.example`;
const tokenOf = (url: string): string => url.split("/").at(-1) ?? "";

type Setting = { readonly place: Place; readonly owner: Person; readonly manager: Person };

const setUp = async (): Promise<Setting> => {
  const [owner, manager, place] = [await make.person(), await make.person(), await make.place()];
  await make.access(owner, { franchiseId: place.franchiseId, clubId: null }, "owner");
  await make.access(manager, place, "manager");
  return { owner, manager, place };
};

const invite = async ({ owner, place }: Setting, email = newEmail(), scope: "club" | "franchise" = "club") => {
  const created = await createInvitation(contextOf(owner, place, "owner"), { email, role: "staff", scope });
  return { ...created, email, token: tokenOf(created.url) };
};

const join = (token: string) => joinByInvitation({ token, name: "Wren Ashdown", password: PASSWORD }, NOBODY);

const signIn = async (email: string, password = PASSWORD): Promise<SignedIn> => {
  const outcome = await signInWithPassword({ email, password }, { source: `192.0.2.${(serial += 1)}` });
  const user = outcome.kind === "signed_in" ? await findSignedIn(outcome) : null;
  if (user === null) {
    throw new Error("expected to be signed in");
  }
  return user;
};

test("an invited person joins once by the link, and works in exactly that club", async () => {
  const setting = await setUp();
  const { token, email, url } = await invite(setting);
  expect(url).toBe(`http://127.0.0.1:3000/invitation/${token}`);
  expect(await getInvitation(token)).toMatchObject({ email, role: "staff", franchiseName: "Test Franchise", hasUser: false });
  expect(await join(token)).toEqual({ email });
  const user = await signIn(email);
  expect(user.clubs.map(({ id, role }) => ({ id, role }))).toEqual([{ id: setting.place.clubId, role: "staff" }]);
  await expect(join(token)).rejects.toMatchObject(DEAD);
  await expect(acceptInvitation(user, { token }, NOBODY)).rejects.toMatchObject(DEAD);
});

test("of two who use a link at the same moment one gets in", async () => {
  const { token, email } = await invite(await setUp());
  const results = await Promise.allSettled([join(token), join(token), join(token)]);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const [row] = await make.query(
    `select count(*)::int as count from "StaffAccess" a join "User" u on u.id = a."userId" where u.email = $1`,
    [email],
  );
  expect(row?.["count"]).toBe(1);
});

test("only the hash of the link is stored", async () => {
  const { token, id } = await invite(await setUp());
  const rows = await make.query(`select * from "Invitation" where id = $1`, [id]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test("a link that is wrong, revoked, replaced or expired gives one and the same answer", async () => {
  const setting = await setUp();
  const [revoked, replaced, expired] = [await invite(setting), await invite(setting), await invite(setting)];
  await revokeInvitation(contextOf(setting.owner, setting.place, "owner"), { invitationId: revoked.id });
  const replacing = await invite(setting, replaced.email);
  await make.query(`update "Invitation" set "expiresAt" = now() where id = $1`, [expired.id]);
  for (const token of [revoked.token, replaced.token, expired.token, "A".repeat(43), "", "' or true --"]) {
    await expect(getInvitation(token)).rejects.toMatchObject(DEAD);
    await expect(join(token)).rejects.toMatchObject(DEAD);
  }
  expect(await join(replacing.token)).toEqual({ email: replaced.email });
});

test("who has a sign-in already accepts under the invited address, and not under another", async () => {
  const setting = await setUp();
  const [known, stranger] = [await make.person(), await make.person()];
  const { token } = await invite(setting, known.email);
  expect(await getInvitation(token)).toMatchObject({ hasUser: true });
  await expect(join(token)).rejects.toMatchObject({ code: "conflict" });
  const asStranger = await signIn(stranger.email, stranger.password);
  await expect(acceptInvitation(asStranger, { token }, NOBODY)).rejects.toMatchObject({ code: "forbidden" });
  await acceptInvitation(await signIn(known.email, known.password), { token }, NOBODY);
  expect((await signIn(known.email, known.password)).clubs).toHaveLength(1);
});

test("an invitation raises a role and never lowers it", async () => {
  const setting = await setUp();
  const person = await make.person();
  await make.access(person, setting.place, "staff");
  const ctx = contextOf(setting.owner, setting.place, "owner");
  await expect(createInvitation(ctx, { email: person.email, role: "staff", scope: "club" })).rejects.toMatchObject({ code: "conflict" });
  const { url } = await createInvitation(ctx, { email: person.email, role: "manager", scope: "club" });
  await acceptInvitation(await signIn(person.email, person.password), { token: tokenOf(url) }, NOBODY);
  expect((await signIn(person.email, person.password)).clubs[0]?.role).toBe("manager");
});

test("an owner invites to the whole franchise, also into clubs to come", async () => {
  const setting = await setUp();
  const { token, email } = await invite(setting, newEmail(), "franchise");
  await join(token);
  const sibling = await make.place(setting.place.franchiseId);
  const clubIds = (await signIn(email)).clubs.map((club) => club.id);
  expect(new Set(clubIds)).toEqual(new Set([setting.place.clubId, sibling.clubId]));
});

test("a manager invites staff of the own club and nobody else; staff invite nobody", async () => {
  const { manager, place } = await setUp();
  const asManager = contextOf(manager, place, "manager");
  await expect(createInvitation(asManager, { email: newEmail(), role: "staff", scope: "club" })).resolves.toMatchObject({
    url: expect.any(String),
  });
  for (const [role, scope] of [
    ["manager", "club"],
    ["staff", "franchise"],
    ["owner", "franchise"],
  ] as const) {
    await expect(createInvitation(asManager, { email: newEmail(), role, scope })).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(
    createInvitation(contextOf(manager, place, "staff"), { email: newEmail(), role: "staff", scope: "club" }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("an owner of one club only is not a thing", async () => {
  const { owner, place } = await setUp();
  await expect(createInvitation(contextOf(owner, place, "owner"), { email: newEmail(), role: "owner", scope: "club" })).rejects.toThrow(
    /owns the franchise/,
  );
});

test("an invitation of another club or franchise reads like one that does not exist", async () => {
  const [setting, elsewhere] = [await setUp(), await setUp()];
  const sibling = await make.place(setting.place.franchiseId);
  const [foreign, siblings] = [await invite(elsewhere), await invite({ ...setting, place: sibling })];
  const ctx = contextOf(setting.owner, setting.place, "owner");
  const refusals = await Promise.all(
    [foreign.id, siblings.id, "inv_01h45ytscbebyvny4gc8cr8ma2" as const].map((invitationId) =>
      revokeInvitation(ctx, { invitationId }).catch((error: Error) => ({ ...error, message: error.message })),
    ),
  );
  expect(refusals[0]).toMatchObject({ code: "not_found" });
  expect(refusals).toEqual(Array.from({ length: 3 }, () => refusals[0]));
  expect(await join(foreign.token)).toEqual({ email: foreign.email });
});

test("pressing the button many times at once accepts once", async () => {
  const setting = await setUp();
  const person = await make.person();
  const { token, id } = await invite(setting, person.email);
  const user = await signIn(person.email, person.password);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => acceptInvitation(user, { token }, NOBODY)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const audit = await make.query(`select id from "AuditLog" where "entityId" = $1 and action = 'invitation.accepted'`, [id]);
  expect(audit).toHaveLength(1);
});

test("the team shows this club's people and open invitations, and no other club's", async () => {
  const setting = await setUp();
  const sibling = await make.place(setting.place.franchiseId);
  const neighbour = await make.person();
  await make.access(neighbour, sibling, "staff");
  const stranger = await setUp();
  const [open, spent] = [await invite(setting), await invite(setting)];
  await join(spent.token);
  const team = await getTeam(contextOf(setting.manager, setting.place, "manager"));
  expect(team.people.map(({ email, role, scope, isYou }) => ({ email, role, scope, isYou }))).toEqual([
    { email: setting.owner.email, role: "owner", scope: "franchise", isYou: false },
    { email: setting.manager.email, role: "manager", scope: "club", isYou: true },
    { email: spent.email, role: "staff", scope: "club", isYou: false },
  ]);
  expect(team.invitations.map((invitation) => invitation.id)).toEqual([open.id]);
  expect(JSON.stringify(team)).not.toContain(stranger.owner.email);
  expect((await getTeam(contextOf(setting.manager, setting.place, "staff"))).invitations).toEqual([]);
});

test("creating, accepting and revoking each leave one audit row", async () => {
  const setting = await setUp();
  const [accepted, revoked] = [await invite(setting), await invite(setting, newEmail(), "franchise")];
  await join(accepted.token);
  await revokeInvitation(contextOf(setting.owner, setting.place, "owner"), { invitationId: revoked.id });
  const rows = await make.query(`select action, "entityId" from "AuditLog" where "franchiseId" = $1 order by "createdAt", id`, [
    setting.place.franchiseId,
  ]);
  expect(rows).toEqual([
    { action: "invitation.created", entityId: accepted.id },
    { action: "invitation.created", entityId: revoked.id },
    { action: "invitation.accepted", entityId: accepted.id },
    { action: "invitation.revoked", entityId: revoked.id },
  ]);
});

test("Google makes a user of whoever was invited under a verified address", async () => {
  const setting = await setUp();
  const { email, token } = await invite(setting);
  const profile = { subject: `google-${email}`, email, name: "Wren Ashdown", isEmailVerified: true };
  expect(await signInWithGoogle({ ...profile, isEmailVerified: false })).toBeNull();
  const session = await signInWithGoogle(profile);
  expect(session).not.toBeNull();
  expect((session === null ? null : await findSignedIn(session))?.clubs).toHaveLength(1);
  await expect(join(token)).rejects.toMatchObject(DEAD);
});
