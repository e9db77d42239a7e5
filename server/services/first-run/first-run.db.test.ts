import { newId } from "#server/platform/ids.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { addClub } from "#server/services/clubs/add-club.ts";
import { foundFranchise } from "#server/services/clubs/found-franchise.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { answerQuestion } from "#server/services/knowledge/answer-question.ts";
import { getArticle } from "#server/services/knowledge/get-article.ts";
import { getPolicySettings } from "#server/services/policies/get-policy-settings.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";
import { signInWithPassword } from "#server/services/users/sign-in-with-password.ts";
import { signUp } from "#server/services/users/sign-up.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { describe, expect, test } from "vitest";

import { getFirstRun } from "./get-first-run.ts";
import { settleStep } from "./settle-step.ts";

useDatabase();

const PASSWORD = "four plates on friday";
const NOW = { requestId: "test" };
let serial = 0;
const newEmail = (): string => `founder-${(serial += 1)}@people.example`;
const newSource = (): string => `198.51.100.${(serial += 1)}`;

const CLUB = {
  name: "Harbor Fitness",
  kind: "gym",
  timeZone: "America/Chicago",
  currency: "USD",
  phone: "(312) 555-0142",
  emergencyPhone: "",
  managerPhone: "",
  address: "12 Pier Street, Chicago",
} as const;

const signIn = async (email: string): Promise<SignedIn> => {
  const outcome = await signInWithPassword({ email, password: PASSWORD }, { source: newSource() });
  const user = outcome.kind === "signed_in" ? await findSignedIn(outcome) : null;
  if (user === null) {
    throw new Error("expected to be signed in");
  }
  return user;
};

const newOwner = async (): Promise<SignedIn> => {
  const { email } = await signUp({ name: "Wren Ashdown", email: newEmail(), password: PASSWORD }, { source: newSource() });
  return signIn(email);
};

/** A stranger who has founded a franchise with one club. */
const founder = async () => {
  const user = await newOwner();
  const placed = await foundFranchise(user, { name: "Harbor Group", club: CLUB }, NOW);
  const again = await signIn(user.email);
  const [club] = again.clubs;
  if (club === undefined) {
    throw new Error("the club is not there");
  }
  const ctx: ServiceContext = {
    franchiseId: club.franchiseId,
    clubId: club.id,
    actor: { kind: "staff", userId: user.userId, name: user.name, role: club.role, signedInAt: new Date() },
    requestId: "test",
  };
  return { user: again, club, ctx, placed };
};

describe("signing up", () => {
  test("makes a user of nobody's club, once an address, and by the rules of every password", async () => {
    const email = newEmail();
    const input = { name: "Wren Ashdown", email: ` ${email.toUpperCase()} `, password: PASSWORD };
    expect(await signUp(input, { source: newSource() })).toEqual({ email });
    expect((await signIn(email)).clubs).toEqual([]);
    await expect(signUp(input, { source: newSource() })).rejects.toMatchObject({ code: "conflict" });
    await expect(signUp({ ...input, email: newEmail(), password: "Password1!" }, { source: newSource() })).rejects.toThrow(
      /first a stranger/,
    );
    await expect(signUp({ ...input, email: "no address" }, { source: newSource() })).rejects.toThrow(/e-mail address/);
  });

  test("is limited for each place it comes from", async () => {
    const source = newSource();
    const tries = [1, 2, 3, 4, 5].map(() => signUp({ name: "Wren", email: newEmail(), password: PASSWORD }, { source }));
    await Promise.all(tries);
    await expect(signUp({ name: "Wren", email: newEmail(), password: PASSWORD }, { source })).rejects.toMatchObject({
      code: "limit_exceeded",
    });
    await expect(signUp({ name: "Wren", email: newEmail(), password: PASSWORD }, { source: newSource() })).resolves.toBeDefined();
  });
});

describe("founding", () => {
  test("makes a franchise, its owner and a club in shadow, each with its audit row", async () => {
    const { club, ctx, user } = await founder();
    expect(club).toMatchObject({ name: "Harbor Fitness", franchiseName: "Harbor Group", role: "owner", timeZone: "America/Chicago" });
    expect(new Set(Object.values(club.stages))).toEqual(new Set(["shadow"]));
    expect(await database().owner.club.findUnique({ where: { id: club.id } })).toMatchObject({
      phone: "+13125550142",
      emergencyPhone: null,
    });
    expect(await database().owner.auditLog.findMany({ where: { franchiseId: ctx.franchiseId }, orderBy: { id: "asc" } })).toMatchObject([
      { action: "franchise.created", actorId: user.userId, clubId: null },
      { action: "club.created", actorId: user.userId, clubId: club.id },
    ]);
    expect(await listAlerts(ctx)).toEqual([]);
  });

  test("happens once a user, also twice at the same moment", async () => {
    const user = await newOwner();
    const tries = await Promise.allSettled([1, 2, 3].map(() => foundFranchise(user, { name: "Twice", club: CLUB }, NOW)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await database().owner.staffAccess.count({ where: { userId: user.userId } })).toBe(1);
  });

  test("of two clubs with one name each has an address of its own", async () => {
    const name = "Twin Peaks Gym";
    const [first, second] = [await newOwner(), await newOwner()];
    const one = await foundFranchise(first, { name, club: { ...CLUB, name } }, NOW);
    const two = await foundFranchise(second, { name, club: { ...CLUB, name } }, NOW);
    expect([one.slug, two.slug]).toEqual(["twin-peaks-gym", "twin-peaks-gym-2"]);
  });

  test("cannot put a franchise or a club into somebody else's", async () => {
    const foreign = await makeClub();
    const session = await database().as("APP");
    const tries = [
      `insert into "Franchise" (id, slug, name, "createdAt") values ('${newId("franchise")}', 'planted', 'Planted', now())`,
      `insert into "Club" (id, "franchiseId", slug, name, kind, "timeZone", currency, "createdAt")
       values ('${newId("club")}', '${foreign.franchiseId}', 'planted', 'Planted', 'gym', 'America/Denver', 'USD', now())`,
    ];
    for (const sql of tries) {
      await session.query("begin");
      await session.query("select set_config('app.franchise', $1, true)", [newId("franchise")]);
      await expect(session.query(sql)).rejects.toMatchObject({ code: "42501" });
      await session.query("rollback");
    }
    await session.end();
  });
});

describe("one more club", () => {
  test("is added by an owner of the franchise, in shadow and with a first run of its own", async () => {
    const { club, ctx, user } = await founder();
    const second = await addClub(ctx, { ...CLUB, name: "Harbor Fitness Two" });
    expect((await signIn(user.email)).clubs.map(({ name }) => name)).toEqual([club.name, "Harbor Fitness Two"]);
    expect(await getFirstRun({ ...ctx, clubId: second.clubId })).toMatchObject({ connect: "open", tried: "open" });
    expect(await database().owner.auditLog.count({ where: { clubId: second.clubId, action: "club.created" } })).toBe(1);
  });

  test("is refused to everybody else", async () => {
    const club = await makeClub();
    await expect(addClub(club.as.manager, CLUB)).rejects.toMatchObject({ code: "forbidden" });
    // An owner by name whose access is to one club only.
    const limited = { ...club.as.owner, actor: { ...club.as.manager.actor, role: "owner" } } as ServiceContext;
    await expect(addClub(limited, CLUB)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a question", () => {
  test("becomes one published article with its facts, once", async () => {
    const { ctx } = await founder();
    const answer = { membership: "39", "day-pass": "$15" };
    const { articleId } = await answerQuestion(ctx, { question: "prices", answer });
    expect(await getArticle(ctx, { articleId })).toMatchObject({
      title: "Prices",
      status: "published",
      body: "The monthly membership is $39. The day pass is $15.",
    });
    await expect(answerQuestion(ctx, { question: "prices", answer })).rejects.toMatchObject({ code: "conflict" });
    expect(await database().owner.knowledgeArticle.count({ where: { clubId: ctx.clubId } })).toBe(1);
    expect(await database().owner.auditLog.findMany({ where: { entityId: articleId }, orderBy: { id: "asc" } })).toMatchObject([
      { action: "article.created" },
      { action: "article.published" },
    ]);
    expect(await getFirstRun(ctx)).toMatchObject({ questions: { prices: "done", parking: "open" }, articles: { prices: articleId } });
  });

  test("may be skipped and answered later, and an answer is never skipped away", async () => {
    const { ctx } = await founder();
    await settleStep(ctx, { state: "skipped", step: "parking" });
    expect(await getFirstRun(ctx)).toMatchObject({ questions: { parking: "skipped" } });
    await answerQuestion(ctx, { question: "parking", answer: { where: "Park behind the building" } });
    await settleStep(ctx, { state: "skipped", step: "parking" });
    expect(await getFirstRun(ctx)).toMatchObject({ questions: { parking: "done" } });
  });

  test("with an empty answer is refused", async () => {
    const { ctx } = await founder();
    await expect(answerQuestion(ctx, { question: "parking", answer: { where: " " } })).rejects.toMatchObject({ code: "invalid" });
  });

  test("is answered by an owner, in a club that is being set up", async () => {
    const { club } = await founder();
    const old = await makeClub();
    const input = { question: "parking", answer: { where: "Behind the building" } } as const;
    await expect(answerQuestion(old.as.manager, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(answerQuestion(old.as.owner, input)).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(answerQuestion({ ...old.as.owner, clubId: club.id }, input)).rejects.toMatchObject({ code: "precondition_failed" });
  });
});

test("the list is there until it is put away, and an older club has none", async () => {
  const { ctx } = await founder();
  await settleStep(ctx, { state: "done", step: "try" });
  expect(await getFirstRun(ctx)).toMatchObject({ tried: "done" });
  await settleStep(ctx, { state: "done", step: "finished" });
  expect(await getFirstRun(ctx)).toBeNull();
  await expect(settleStep(ctx, { state: "skipped", step: "connect" })).rejects.toMatchObject({ code: "precondition_failed" });
  expect(await getFirstRun((await makeClub()).as.owner)).toBeNull();
  await expect(getFirstRun((await makeClub()).as.manager)).rejects.toMatchObject({ code: "forbidden" });
});

test("hours count as told once the rules of the club have them", async () => {
  const { ctx } = await founder();
  const { club } = await getPolicySettings(ctx);
  expect(club.document.stages?.question).toBe("shadow");
  expect(await getFirstRun(ctx)).toMatchObject({ questions: { opening_hours: "open" } });
});
