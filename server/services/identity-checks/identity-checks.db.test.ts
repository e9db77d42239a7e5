import { codeOf } from "#server/services/identity-checks/check-code.ts";
import { scriptedMind } from "#server/agent/testing.ts";
import { vouch } from "#server/services/identity-checks/vouch.ts";
import { listLikelyMembers } from "#server/services/identity-checks/list-likely-members.ts";
import { CODE_MASK } from "#server/domain/identity-check.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { loadSituation } from "#server/services/agent-runs/load-situation.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { openCheck } from "#server/services/identity-checks/offer-check.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, MADE_AT, makeClub, makeContact, scopeOf, type ClubKey } from "#server/testing/factories.ts";
import { runToEnd } from "#server/testing/scripted-agent.ts";
import { arrive, makeLine, publishPolicy, vendorText, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();
const owner = () => database().owner;

let line: Line;
let onFile: string;
let danaId: Id<"member">;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await publishPolicy(line.club, { stages: { question: "auto", payment_inquiry: "auto" } });
  onFile = anyPhone();
  danaId = await makeMember(line.club, { phone: onFile });
});

const makeMember = async (club: ClubKey, over: { phone: string; firstName?: string; dateOfBirth?: string }): Promise<Id<"member">> => {
  const { contact } = await makeContact(club, { name: "Dana Ruiz" });
  const id = newId("member");
  await owner().member.create({
    data: {
      id,
      ...scopeOf(club),
      contactId: contact.id,
      externalId: id,
      lastName: "Ruiz",
      status: "active",
      currency: "USD",
      balanceMinor: 4_200n,
      phoneKey: addressKey(over.phone),
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      firstName: "Dana",
      dateOfBirth: "1990-03-04",
      ...over,
    },
  });
  return id;
};

const CLAIM = "Dana Ruiz, 1990-03-04";
const heard = (phone: string) => vendor.accepted(phone).map(({ text }) => text);
/** A text that is stored, and whatever it releases handed to the vendor, as the webhook does. */
const say = async (from: string, text: string): Promise<Written> => {
  const written = await write(line, { from, text });
  for (const effectId of written.result.effectIds) {
    await dispatchEffect(line.system, { effectId });
  }
  return written;
};
/** An unknown number that was asked who it is. */
const asked = async (): Promise<Written> => {
  const written = await say(anyPhone(), "what do I owe?");
  const { contactId, conversationId } = written;
  await inTransaction(line.system, (tx) => openCheck(tx, line.system, { conversationId, contactId }));
  return written;
};
const newestCode = (): string => /code is (\d{6})/.exec(heard(onFile).at(-1) ?? "")?.[1] ?? "";
const wrongCode = (): string => String((Number(newestCode()) + 1) % 1_000_000).padStart(6, "0");
const situationOf = async ({ conversationId, messageId }: Written, now?: Date) =>
  loadSituation({ ...line.system, ...(now === undefined ? {} : { fixedNow: now }) }, { conversationId, messageId });

describe("an unknown number that asks for account facts", () => {
  test("is asked who it is by the agent, and a person who answers in its place is not needed", async () => {
    const written = await write(line, { text: "what do i owe on my account" });
    const mind = scriptedMind(() => Promise.reject(new Error("the model was asked")));
    const balance = { category: "payment_inquiry", subIntent: "balance", confidence: 0.95 } as const;
    const { effectId } = await runToEnd(line, written, {
      mind: { ...mind, read: async (input) => ({ ...(await mind.read(input)), ...balance }) },
    });
    await dispatchEffect(line.system, { effectId: effectId ?? newId("effect") });
    expect(heard(written.phone)).toEqual([expect.stringContaining("your first and last name and your date of birth")]);
    expect(await owner().decision.findFirst({ where: { messageId: written.messageId } })).toMatchObject({
      outcome: "respond",
      reasons: ["identity_check"],
    });
  });

  test("gets a code to the address on file, and with it counts as that member for a day in this conversation", async () => {
    const first = await asked();
    expect((await situationOf(first))?.contact).toMatchObject({ binding: "unknown", facts: null });
    await say(first.phone, CLAIM);
    expect(heard(first.phone).at(-1)).toContain("If we have you on file, a code is on its way");
    expect(heard(onFile)).toEqual([expect.stringMatching(/^Ironwood Denver: your check code is \d{6}\. /)]);
    await say(first.phone, `it's ${newestCode()}`);
    expect(heard(first.phone).at(-1)).toContain("that matches");
    expect((await situationOf(first))?.contact).toMatchObject({ binding: "bound", firstName: "Dana", facts: { status: "active" } });
    const events = await owner().outboxEvent.findMany({
      where: { clubId: line.club.id, name: "inbox/message.received" },
      orderBy: { clubSequence: "asc" },
    });
    expect(events.at(-1)?.payload).toMatchObject({ messageId: first.messageId });
    const later = new Date(Date.now() + 25 * 3_600_000);
    expect((await situationOf(first, later))?.contact).toMatchObject({ binding: "unknown", facts: null });
  });

  test("leaves the code in no row of the club, and the vendor's echo brings none back", async () => {
    const first = await asked();
    await say(first.phone, CLAIM);
    const code = newestCode();
    await arrive(
      line,
      vendorText({
        direction: "outbound",
        from: onFile,
        text: heard(onFile).at(-1) ?? "",
        externalId: vendor.accepted(onFile).at(-1)?.id ?? "",
      }),
    );
    await say(first.phone, code);
    const tables = [
      await owner().message.findMany({ where: { clubId: line.club.id } }),
      await owner().effect.findMany({ where: { clubId: line.club.id } }),
      await owner().conversation.findMany({ where: { clubId: line.club.id } }),
      await owner().outboxEvent.findMany({ where: { clubId: line.club.id } }),
      await owner().aiAction.findMany({ where: { clubId: line.club.id } }),
      await owner().auditLog.findMany({ where: { clubId: line.club.id } }),
      await owner().contactVerification.findMany({ where: { clubId: line.club.id } }),
    ];
    const kept = JSON.stringify(tables, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    expect(code).toMatch(/^\d{6}$/);
    expect(kept).not.toContain(code);
    expect(kept).toContain(CODE_MASK);
    const toMember = await owner().message.findMany({ where: { clubId: line.club.id, body: { contains: "check code" } } });
    expect(toMember).toMatchObject([{ externalId: expect.any(String), author: "system" }]);
  });

  test("hears the same, as often, whether somebody like that exists, several do, or nobody", async () => {
    await makeMember(line.club, { phone: anyPhone(), firstName: "Ann" });
    await makeMember(line.club, { phone: anyPhone(), firstName: "Ann" });
    const talk = async (claim: string): Promise<readonly string[]> => {
      const first = await asked();
      await say(first.phone, claim);
      for (const guess of ["000000", "111111", "222222", "333333", "444444", "555555"]) {
        await say(first.phone, guess);
      }
      return heard(first.phone);
    };
    const [real, nobody, several, own] = [
      await talk(CLAIM),
      await talk("Nora Nobody, 1990-03-04"),
      await talk("Ann Ruiz, 1990-03-04"),
      await talk("Dana Ruiz, 1991-03-04"),
    ];
    expect(real).toHaveLength(6);
    expect([nobody, several, own]).toEqual([real, real, real]);
  });

  test("after five wrong codes is passed to a person, and the right one comes too late", async () => {
    const first = await asked();
    await say(first.phone, CLAIM);
    const [right, wrong] = [newestCode(), wrongCode()];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await say(first.phone, wrong);
    }
    expect(heard(first.phone).at(-1)).toContain("passing this to a person at Ironwood Denver");
    expect(await owner().ticket.count({ where: { conversationId: first.conversationId, title: "Find out who this is" } })).toBe(1);
    const before = heard(first.phone).length;
    await say(first.phone, right);
    expect(heard(first.phone)).toHaveLength(before);
    expect((await situationOf(first))?.contact.binding).toBe("unknown");
    expect((await situationOf(first))?.mayOfferCheck).toBe(false);
  });

  test("cannot try more than five times by writing all at once", async () => {
    const first = await asked();
    await say(first.phone, CLAIM);
    const wrong = wrongCode();
    await Promise.all(Array.from({ length: 12 }, () => write(line, { from: first.phone, text: wrong })));
    const checks = await owner().contactVerification.findMany({
      where: { conversationId: first.conversationId, claimedAt: { not: null } },
    });
    expect(checks).toMatchObject([{ attemptCount: 5, closedAt: expect.any(Date), verifiedAt: null }]);
  });

  test("proves itself once: a code sent in again, or in another conversation, opens nothing", async () => {
    const [first, second] = [await asked(), await asked()];
    await say(first.phone, CLAIM);
    const code = newestCode();
    await say(second.phone, "Nora Nobody, 1990-03-04");
    await say(second.phone, code);
    expect((await situationOf(second))?.contact.binding).toBe("unknown");
    await Promise.all([write(line, { from: first.phone, text: code }), write(line, { from: first.phone, text: code })]);
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "identity.proven" } })).toBe(1);
    const before = heard(first.phone).length;
    await say(first.phone, code);
    expect(heard(first.phone)).toHaveLength(before);
  });

  test("with a code that has run out is asked again, and the text keeps none", async () => {
    const first = await asked();
    await say(first.phone, CLAIM);
    await owner().contactVerification.updateMany({
      where: { clubId: line.club.id, claimedAt: { not: null } },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await say(first.phone, newestCode());
    expect(heard(first.phone).at(-1)).toContain("has run out");
    expect((await situationOf(first))?.contact.binding).toBe("unknown");
  });

  test("cannot flood a member with codes: three a day, and the sender sees no difference", async () => {
    for (let stranger = 0; stranger < 4; stranger += 1) {
      const first = await asked();
      await say(first.phone, CLAIM);
      expect(heard(first.phone).at(-1)).toContain("a code is on its way");
    }
    expect(heard(onFile)).toHaveLength(3);
  });

  test("that the member's family shares gets no code to that very number", async () => {
    const shared = anyPhone();
    await owner().member.update({ where: { id: danaId }, data: { phone: shared, phoneKey: addressKey(shared) } });
    await makeMember(line.club, { phone: shared, firstName: "Ben" });
    const first = await say(shared, "what do I owe?");
    await inTransaction(line.system, (tx) => openCheck(tx, line.system, first));
    await say(shared, CLAIM);
    expect(heard(shared)).toEqual([expect.stringContaining("If we have you on file")]);
  });

  test("of another club proves nothing here", async () => {
    const foreign = await makeClub({ franchiseId: line.club.franchiseId });
    await makeMember(foreign, { phone: anyPhone(), firstName: "Fay" });
    const first = await asked();
    await say(first.phone, "Fay Ruiz, 1990-03-04");
    expect(
      await owner().effect.count({ where: { effectKey: { startsWith: "check-code:" }, clubId: { in: [line.club.id, foreign.id] } } }),
    ).toBe(0);
  });

  test("two checks never share a code for certain", () => {
    const ids = Array.from({ length: 200 }, () => newId("contactVerification"));
    expect(new Set(ids.map(codeOf)).size).toBeGreaterThan(190);
  });
});

describe("staff who know the voice", () => {
  test("say who it is with one tap: for good where nobody else has the number", async () => {
    const first = await asked();
    const likely = await listLikelyMembers(line.club.as.staff, { conversationId: first.conversationId, search: "dana ruiz" });
    expect(likely).toMatchObject([{ id: danaId, name: "Dana Ruiz" }]);
    await vouch(line.club.as.staff, { conversationId: first.conversationId, memberId: danaId });
    const inAYear = new Date(Date.now() + 365 * 24 * 3_600_000);
    expect((await situationOf(first, inAYear))?.contact).toMatchObject({ binding: "bound", firstName: "Dana" });
  });

  test("of a shared number it holds for a day", async () => {
    const shared = anyPhone();
    const benId = await makeMember(line.club, { phone: shared, firstName: "Ben" });
    await makeMember(line.club, { phone: shared, firstName: "Eve" });
    const first = await say(shared, "what do I owe?");
    await vouch(line.club.as.staff, { conversationId: first.conversationId, memberId: benId });
    expect((await situationOf(first))?.contact).toMatchObject({ binding: "bound", firstName: "Ben" });
    expect((await situationOf(first, new Date(Date.now() + 25 * 3_600_000)))?.contact.binding).toBe("shared");
  });

  test("cannot name a member of another club, nor a conversation of one, nor rename a number that is somebody's", async () => {
    const first = await asked();
    const foreign = await makeClub();
    const foreignMember = await makeMember(foreign, { phone: anyPhone() });
    await expect(vouch(line.club.as.staff, { conversationId: first.conversationId, memberId: foreignMember })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(vouch(foreign.as.owner, { conversationId: first.conversationId, memberId: foreignMember })).rejects.toMatchObject({
      code: "not_found",
    });
    const own = await say(onFile, "hello");
    await expect(vouch(line.club.as.staff, { conversationId: own.conversationId, memberId: danaId })).rejects.toMatchObject({
      code: "precondition_failed",
    });
  });
});
