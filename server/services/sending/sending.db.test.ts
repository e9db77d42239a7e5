import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { addressKey } from "#server/platform/keys.ts";
import { allowTexts, consentToAll, publishSending } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeChannel, makeContact, makeConversation, makeMember, makeMessage } from "#server/testing/factories.ts";
import { makeLine, publishPolicy, type Line } from "#server/testing/scripted-line.ts";
import { holdCounter, waitingForLocks } from "#server/testing/scripted-locks.ts";
import { ERROR_AFTER, REJECT, THROTTLE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { getSendingSettings } from "./get-sending-settings.ts";
import { publishSendingSettings } from "./publish-sending-settings.ts";
import { judgeMessages } from "./send-facts.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** A Monday, 10:00 in Denver, where the line's club and its people are. */
const NOON = new Date("2026-11-23T17:00:00Z");
const NIGHT = new Date("2026-11-24T05:30:00Z");
const TEXT = "Hi Robin, your bill is open. Pay here: https://pay.example/1. Reply STOP to opt out.";

let line: Line;
let serial = 0;

beforeEach(async () => {
  line = await makeLine();
});

const owner = () => database().owner;
const effectRow = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const at = (ctx: ServiceContext, fixedNow: Date): ServiceContext => ({ ...ctx, fixedNow });
const denver = (): string => `+1303555${(100 + (serial += 1)).toString().padStart(4, "0")}`;

type Person = {
  readonly line: Line;
  readonly phone: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly channelId: string;
};

const person = async (of: Line = line, phone = denver(), { hasConsent = true } = {}): Promise<Person> => {
  const channel = await channelOf(of);
  const { contact } = await makeContact(of.club, { from: phone });
  const { conversation } = await makeConversation(of.club, { contactId: contact.id });
  await makeMember(of.club, contact.id, { phone });
  await owner().contact.update({ where: { id: contact.id }, data: { state: "CO", postalCode: "80202" } });
  if (hasConsent) {
    await consentToAll(of.club, contact.id);
  }
  return { line: of, phone, contactId: contact.id, conversationId: conversation.id, channelId: channel.id };
};

/** The club's one text channel, on the line's own connection. */
const channelOf = async (of: Line) => {
  const channel = await makeChannel(of.club, "sms");
  await owner().channel.update({ where: { id: channel.id }, data: { connectionId: of.connectionId } });
  return channel;
};

type Wish = {
  readonly purpose?: "service" | "billing" | "marketing" | "collections";
  readonly text?: string;
  readonly plannedBy?: "workflow" | "staff";
};

const plan = (to: Person, { purpose = "billing", text = TEXT, plannedBy = "workflow" }: Wish = {}): Promise<Id<"effect">> =>
  inTransaction(at(to.line.system, NOON), (tx) =>
    planEffect(tx, to.line.system, {
      effectKey: `test:${(serial += 1)}`,
      kind: "message.send",
      plannedBy,
      needsApproval: null,
      connectionId: to.line.connectionId,
      channelId: to.channelId as Id<"channel">,
      conversationId: to.conversationId as Id<"conversation">,
      contactId: to.contactId as Id<"contact">,
      addressKey: addressKey(to.phone),
      channelKind: "sms",
      purpose,
      arguments: { to: to.phone, recipientExternalId: null, text },
    }),
  );

const dispatch = (to: Person, effectId: Id<"effect">, now = NOON) => dispatchEffect(at(to.line.system, now), { effectId });

describe("at the moment of the dispatch", () => {
  test("a bill within hours goes out, with the evidence beside it and a place in the budget", async () => {
    const robin = await person();
    const id = await plan(robin);
    expect(await dispatch(robin, id)).toEqual({ status: "confirmed", reason: null });
    expect((await effectRow(id)).sendEvidence).toMatchObject({
      purpose: "billing",
      regions: ["CO"],
      localTimes: ["2026-11-23 10:00 America/Denver"],
      consent: { state: "proven", source: "form", proof: "form 12" },
      settingsVersion: 0,
    });
    expect(await owner().contactTouch.findMany({ where: { effectId: id } })).toMatchObject([
      { isProactive: true, voidedAt: null, at: NOON, purpose: "billing" },
    ]);
  });

  test("at night it waits for nine at the recipient and says why; then it goes", async () => {
    const robin = await person();
    const id = await plan(robin);
    expect(await dispatch(robin, id, NIGHT)).toEqual({ status: "planned", reason: "quiet_hours" });
    const morning = new Date("2026-11-24T16:00:00Z");
    expect(await effectRow(id)).toMatchObject({ status: "planned", notBefore: morning, failureKind: "quiet_hours", attempt: 0 });
    expect(await owner().auditLog.findFirst({ where: { entityId: id, action: "effect.deferred" } })).toMatchObject({
      details: { reason: "quiet_hours", until: morning.toISOString() },
    });
    expect(await dispatch(robin, id, new Date(morning.getTime() - 1))).toMatchObject({ status: "planned" });
    expect(vendor.sendCount(robin.phone)).toBe(0);
    expect(await dispatch(robin, id, morning)).toEqual({ status: "confirmed", reason: null });
    expect(await effectRow(id)).toMatchObject({ failureKind: null });
  });

  test("the club's own quiet hours narrow it further", async () => {
    const robin = await person();
    await publishPolicy(line.club, { quietHours: { startMinute: 9 * 60, endMinute: 14 * 60 } });
    const id = await plan(robin);
    expect(await dispatch(robin, id)).toEqual({ status: "planned", reason: "quiet_hours" });
    expect((await effectRow(id)).notBefore).toEqual(new Date("2026-11-23T21:00:00Z"));
  });

  test.each([
    ["no_consent", { hasConsent: false }, {}],
    ["state_not_ticked", {}, { purpose: "marketing" as const }],
    ["no_opt_out_line", {}, { text: "Please pay your bill." }],
  ])("%s drops it, and nothing reaches the vendor", async (reason, who, wish) => {
    const robin = await person(line, denver(), who);
    const id = await plan(robin, wish);
    expect(await dispatch(robin, id)).toEqual({ status: "dropped", reason });
    expect(await effectRow(id)).toMatchObject({ status: "dropped", failureKind: reason, sendEvidence: null });
    expect(vendor.sendCount(robin.phone)).toBe(0);
  });

  test("what the person said, owes and promised is read at that moment", async () => {
    const robin = await person();
    const young = await person();
    const gone = await person();
    await owner().member.updateMany({ where: { contactId: young.contactId }, data: { dateOfBirth: "2008-11-24" } });
    await owner().member.updateMany({ where: { contactId: gone.contactId }, data: { status: "in_collections" } });
    await owner().paymentPromise.create({
      data: {
        id: newId("paymentPromise"),
        franchiseId: line.club.franchiseId,
        clubId: line.club.id,
        contactId: robin.contactId,
        currency: "USD",
        promisedOn: "2026-11-26",
        dueWhenMadeMinor: 4_999n,
        madeBy: "test",
        status: "open",
        createdAt: NOON,
      },
    });
    expect(await dispatch(young, await plan(young))).toEqual({ status: "dropped", reason: "to_minor" });
    expect(await dispatch(young, await plan(young), new Date("2026-11-24T17:00:00Z"))).toMatchObject({ status: "confirmed" });
    expect(await dispatch(gone, await plan(gone))).toEqual({ status: "dropped", reason: "referred" });
    const id = await plan(robin);
    expect(await dispatch(robin, id)).toEqual({ status: "planned", reason: "promised" });
    expect((await effectRow(id)).notBefore).toEqual(new Date("2026-11-26T16:00:00Z"));
  });

  test("the contract's clause stands in for a member who said nothing, for bills and not for offers", async () => {
    await allowTexts(line.club, ["CO"]);
    const robin = await person(line, denver(), { hasConsent: false });
    expect(await dispatch(robin, await plan(robin))).toMatchObject({ status: "confirmed" });
    expect(await dispatch(robin, await plan(robin, { purpose: "marketing" }))).toEqual({ status: "dropped", reason: "no_consent" });
  });

  test("a number that two records share is told no amount", async () => {
    const robin = await person();
    const { contact } = await makeContact(line.club);
    await makeMember(line.club, contact.id, { phone: robin.phone });
    const told = await plan(robin, { text: `You owe $40. ${TEXT}` });
    expect(await dispatch(robin, told)).toEqual({ status: "dropped", reason: "shared_address_amount" });
    expect(await dispatch(robin, await plan(robin))).toMatchObject({ status: "confirmed" });
  });

  test("whoever wrote a moment ago is answered at any hour, without a consent", async () => {
    const robin = await person(line, denver(), { hasConsent: false });
    await makeMessage(line.club, robin.conversationId, { receivedAt: new Date(NIGHT.getTime() - 10 * 60_000) });
    expect(await dispatch(robin, await plan(robin, { purpose: "service" }), NIGHT)).toMatchObject({ status: "confirmed" });
    expect(await dispatch(robin, await plan(robin, { purpose: "billing" }), NIGHT)).toEqual({ status: "dropped", reason: "no_consent" });
  });

  test("a person's own reply is asked nothing and counts for no budget", async () => {
    const robin = await person(line, denver(), { hasConsent: false });
    const id = await plan(robin, { purpose: "service", plannedBy: "staff", text: "See you at six!" });
    expect(await dispatch(robin, id, NIGHT)).toMatchObject({ status: "confirmed" });
    expect(await owner().contactTouch.findMany({ where: { effectId: id } })).toMatchObject([{ isProactive: false }]);
  });
});

describe("the budget of a person", () => {
  test("two clubs of a franchise that text one number at once: one goes, the other sees it", async () => {
    const sister = await makeLine({ franchiseId: line.club.franchiseId });
    const phone = denver();
    const [here, there] = [await person(line, phone), await person(sister, phone)];
    const [first, second] = [await plan(here), await plan(there)];
    const held = await holdCounter(line.club.id);
    const sending = dispatch(here, first);
    await waitingForLocks(1);
    const following = dispatch(there, second);
    await waitingForLocks(2);
    await held.release();
    expect(await sending).toMatchObject({ status: "confirmed" });
    expect(await following).toEqual({ status: "planned", reason: "billing_gap" });
    expect((await effectRow(second)).notBefore).toEqual(new Date(NOON.getTime() + 72 * 3_600_000));
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("many workers at once: nobody gets more than three in a day, and everybody gets three", async () => {
    const sister = await makeLine({ franchiseId: line.club.franchiseId });
    const phones = Array.from({ length: 2 }, denver);
    const plans: { readonly to: Person; readonly id: Id<"effect"> }[] = [];
    for (const phone of phones) {
      for (const of of [line, sister]) {
        const to = await person(of, phone);
        for (let count = 0; count < 2; count += 1) {
          plans.push({ to, id: await plan(to, { purpose: "service", text: "Your class moved to six." }) });
        }
      }
    }
    const results = await Promise.all(plans.map(({ to, id }) => dispatch(to, id)));
    expect(phones.map((phone) => vendor.sendCount(phone))).toEqual(phones.map(() => 3));
    expect(results.filter(({ reason }) => reason === "person_day")).toHaveLength(phones.length);
  });

  test.each([
    ["refused", REJECT, "failed"],
    ["not taken", THROTTLE, "planned"],
  ])("a text that the vendor has %s takes nothing off it", async (_name, step, status) => {
    const robin = await person();
    vendor.next(step);
    const id = await plan(robin);
    expect(await dispatch(robin, id)).toMatchObject({ status });
    expect(await owner().contactTouch.findFirst({ where: { effectId: id } })).toMatchObject({ voidedAt: NOON });
    expect(await dispatch(robin, await plan(robin))).toMatchObject({ status: "confirmed" });
  });

  test("a text that nobody knows the end of does, and one that was taken up again counts from then", async () => {
    const robin = await person();
    vendor.next(ERROR_AFTER);
    expect(await dispatch(robin, await plan(robin))).toMatchObject({ status: "unknown" });
    expect(await dispatch(robin, await plan(robin))).toEqual({ status: "planned", reason: "billing_gap" });
    const dana = await person();
    vendor.next(THROTTLE);
    const id = await plan(dana);
    await dispatch(dana, id);
    const later = new Date(NOON.getTime() + 60_000);
    expect(await dispatch(dana, id, later)).toMatchObject({ status: "confirmed" });
    expect(await owner().contactTouch.findFirst({ where: { effectId: id } })).toMatchObject({ voidedAt: null, at: later });
  });

  test("advertising waits while more urgent messages are about to go", async () => {
    await publishSending(line.club, { marketingStates: ["CO"], proactivePerDay: 1 });
    const robin = await person();
    const [offer, bill] = [await plan(robin, { purpose: "marketing" }), await plan(robin)];
    expect(await dispatch(robin, offer)).toEqual({ status: "planned", reason: "makes_way" });
    expect(await dispatch(robin, bill)).toMatchObject({ status: "confirmed" });
  });
});

test("the brand's budget of texts is never passed, whatever runs at once", async () => {
  await publishSending(line.club, { brandTextsPerDay: 4 });
  const people = await Promise.all(Array.from({ length: 10 }, () => person()));
  const plans = await Promise.all(people.map(async (to) => ({ to, id: await plan(to) })));
  const results = await Promise.all(plans.map(({ to, id }) => dispatch(to, id)));
  expect(results.filter(({ status }) => status === "confirmed")).toHaveLength(4);
  expect(results.filter(({ reason }) => reason === "brand_day")).toHaveLength(6);
});

test("many messages are judged at once as each would be alone, and nothing is stored", async () => {
  const people = [await person(), await person(line, denver(), { hasConsent: false }), await person()];
  await dispatch(people[2] ?? (await person()), await plan(people[2] ?? (await person())));
  const judged = await inTransaction(at(line.system, NOON), (tx) =>
    judgeMessages(tx, line.system, {
      messages: people.map(({ contactId, phone }) => ({
        contactId,
        channelKind: "sms",
        addressKey: addressKey(phone),
        purpose: "billing",
        text: TEXT,
      })),
    }),
  );
  expect(judged.map(({ verdict }) => (verdict.kind === "send" ? "send" : verdict.reason))).toEqual(["send", "no_consent", "billing_gap"]);
});

describe("what a franchise answers for", () => {
  const wish = {
    marketingStates: ["CO"],
    contractConsent: { purposes: ["billing" as const], wording: "I agree to be texted about bills." },
  };

  test("is published by whoever owns all of it, read by everybody, and asked at the next message", async () => {
    const robin = await person(line, denver(), { hasConsent: false });
    expect(await getSendingSettings(line.club.as.staff)).toMatchObject({ version: 0, mayPublish: false, history: [] });
    const input = { baseVersion: 0, settings: wish, note: "cleared by counsel in October" };
    expect(await publishSendingSettings(line.club.as.owner, input)).toEqual({ version: 1 });
    expect(await getSendingSettings(line.club.as.owner)).toMatchObject({
      version: 1,
      mayPublish: true,
      settings: { ...wish, brandTextsPerDay: 2_000 },
      history: [{ version: 1, note: "cleared by counsel in October", publishedBy: line.club.people.owner.name }],
    });
    const id = await plan(robin);
    expect(await dispatch(robin, id)).toMatchObject({ status: "confirmed" });
    expect((await effectRow(id)).sendEvidence).toMatchObject({ settingsVersion: 1, consent: { state: "contract" } });
    expect(await owner().auditLog.findFirst({ where: { action: "sending.published", clubId: line.club.id } })).toMatchObject({
      details: { version: 1, statesTicked: "CO", statesUnticked: "", hasContractConsent: true },
    });
  });

  test("neither staff, nor a manager, nor the owner of another franchise changes it, and a late author is told", async () => {
    const input = { baseVersion: 0, settings: wish, note: "cleared by counsel in October" };
    await expect(publishSendingSettings(line.club.as.staff, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(publishSendingSettings(line.club.as.manager, input)).rejects.toMatchObject({ code: "forbidden" });
    const foreign = await makeLine();
    const intruder: ServiceContext = { ...foreign.club.as.owner, franchiseId: line.club.franchiseId, clubId: line.club.id };
    await expect(publishSendingSettings(intruder, input)).rejects.toMatchObject({ code: "forbidden" });
    await publishSendingSettings(line.club.as.owner, input);
    await expect(publishSendingSettings(line.club.as.owner, input)).rejects.toMatchObject({ code: "conflict" });
    expect(await getSendingSettings(foreign.club.as.owner)).toMatchObject({ version: 0 });
  });
});
