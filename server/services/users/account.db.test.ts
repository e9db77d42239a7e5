import { makePeople, type Person, type Place } from "#server/auth/test-people.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { changeName } from "./change-name.ts";
import { changePassword } from "./change-password.ts";
import { findSignedIn, type SignedIn } from "./find-signed-in.ts";
import { getAccount } from "./get-account.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

let make: Awaited<ReturnType<typeof makePeople>>;
beforeAll(async () => {
  make = await makePeople();
});
afterAll(() => make.close());

const NEXT = "kettlebells before sunrise";
let serial = 0;
let person: Person;
let place: Place;
let seed: { userId: Person["userId"]; sessionVersion: number };
let user: SignedIn;

const signIn = (password: string) => signInWithPassword({ email: person.email, password }, { source: `203.0.113.${(serial += 1)}` });

beforeEach(async () => {
  [person, place] = [await make.person(), await make.place()];
  await make.access(person, place, "staff");
  const outcome = await signIn(person.password);
  const found = outcome.kind === "signed_in" ? await findSignedIn(outcome) : null;
  if (outcome.kind !== "signed_in" || found === null) {
    throw new Error("expected to be signed in");
  }
  [seed, user] = [outcome, found];
});

const audited = async () =>
  (await make.query(`select details from "AuditLog" where "franchiseId" = $1 and action = 'account.changed'`, [place.franchiseId])).map(
    ({ details }) => details,
  );

test("a new name is seen from the next call on, and is audited where the person works", async () => {
  await changeName(user, { name: "  Marlow Reed " }, "test");
  expect(await findSignedIn(seed)).toMatchObject({ name: "Marlow Reed" });
  expect(await audited()).toEqual([{ changed: "name" }]);
  await expect(changeName(user, { name: " " }, "test")).rejects.toThrow(/your name/);
});

test("a new password ends every session, and the old one opens nothing any more", async () => {
  expect(await getAccount(user)).toEqual({ name: person.name, email: person.email, hasPassword: true, pinSetAt: null });
  await changePassword(user, { current: person.password, next: NEXT }, "test");
  expect(await findSignedIn(seed)).toBeNull();
  expect([(await signIn(person.password)).kind, (await signIn(NEXT)).kind]).toEqual(["refused", "signed_in"]);
  expect(await audited()).toEqual([{ changed: "password" }]);
});

test("a wrong password changes nothing, and after five tries one waits", async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    await expect(changePassword(user, { current: "not this one", next: NEXT }, "test")).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(changePassword(user, { current: person.password, next: NEXT }, "test")).rejects.toMatchObject({ code: "limit_exceeded" });
  expect((await signIn(person.password)).kind).toBe("signed_in");
  await expect(changePassword(user, { current: person.password, next: "Password1!" }, "test")).rejects.toThrow(/first a stranger/);
});
