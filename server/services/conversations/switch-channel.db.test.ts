import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeChannel, makeClub, makeInbound, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, expect, test } from "vitest";

import { getThread } from "./get-thread.ts";
import { switchChannel } from "./switch-channel.ts";

useDatabase();

let club: TestClub;
beforeEach(async () => {
  club = await makeClub();
});

/** Somebody who texts, and whose e-mail address the club knows as well. */
const makeReachable = async () => {
  const { conversation } = await makeInbound(club, { from: "+14155550177" });
  await makeChannel(club, "email");
  const address = `${conversation.contactId.slice(-8)}@people.example`;
  await database().owner.contactIdentity.create({
    data: {
      id: newId("contactIdentity"),
      ...scopeOf(club),
      contactId: conversation.contactId,
      channelKind: "email",
      address,
      addressKey: addressKey(address),
      createdAt: minutesAfter(0),
    },
  });
  return conversation;
};

test("the same person is written to over their other channel, in one conversation that is begun once, and nothing goes out", async () => {
  const conversation = await makeReachable();
  expect((await getThread(club.as.staff, { conversationId: conversation.id })).channels).toEqual(["sms", "email"]);
  const first = await switchChannel(club.as.staff, { conversationId: conversation.id, kind: "email" });
  const again = await switchChannel(club.as.staff, { conversationId: conversation.id, kind: "email" });
  expect(again).toEqual(first);
  expect(first.conversationId).not.toBe(conversation.id);
  const row = await database().owner.conversation.findUniqueOrThrow({ where: { id: first.conversationId } });
  expect(row).toMatchObject({ contactId: conversation.contactId, subject: `A message from ${club.name}`, clubId: club.id });
  expect(await switchChannel(club.as.staff, { conversationId: first.conversationId, kind: "sms" })).toEqual({
    conversationId: conversation.id,
  });
  expect(await database().owner.effect.count({ where: { clubId: club.id } })).toBe(0);
  const audit = await database().owner.auditLog.findMany({ where: { entityId: first.conversationId } });
  expect(audit.map(({ action }) => action)).toEqual(["conversation.continued", "conversation.continued"]);
});

test("a channel that does not lead to them, a conversation of another club and the machinery are refused", async () => {
  const conversation = await makeReachable();
  const other = await makeClub();
  const input = { conversationId: conversation.id, kind: "clubos" } as const;
  await expect(switchChannel(club.as.staff, input)).rejects.toMatchObject({ code: "precondition_failed" });
  const [foreign, missing] = await Promise.all([
    switchChannel(other.as.staff, input).catch(String),
    switchChannel(other.as.staff, { ...input, conversationId: newId("conversation") }).catch(String),
  ]);
  expect(foreign).toBe(missing);
  const machine = { ...club.as.staff, actor: { kind: "system", job: "test" } } as const;
  await expect(switchChannel(machine, input)).rejects.toMatchObject({ code: "forbidden" });
});
