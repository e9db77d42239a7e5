import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, makeMessage, scopeOf } from "#server/testing/factories.ts";
import { vendorText } from "#server/testing/scripted-line.ts";
import { expect, test } from "vitest";

import { ingestMessages } from "./ingest-messages.ts";

useDatabase();

const ADDRESS = "robin@members.example";
const OURS = "<eff_1.mark@club.example>";

test("an answer to a mail that we began with stays in the conversation we began; somebody else's answer to it does not", async () => {
  const { owner } = database();
  const club = await makeClub();
  const { conversation } = await makeConversation(club, { kind: "email", from: ADDRESS });
  await owner.contactIdentity.updateMany({ where: { contactId: conversation.contactId }, data: { addressKey: addressKey(ADDRESS) } });
  const channel = await owner.channel.findUniqueOrThrow({ where: { id: conversation.channelId } });
  await makeMessage(club, conversation.id, { direction: "outbound", externalId: OURS, connectionId: channel.connectionId });
  const arrive = (from: string, externalId: string) =>
    ingestMessages(systemContext(scopeOf(club), { job: "test" }), {
      connectionId: channel.connectionId as Id<"connection">,
      messages: [vendorText({ externalId, from, threadKey: OURS, channelExternalId: channel.externalId })],
      origin: { kind: "webhook", deliveryId: externalId, eventKind: "message" },
    });
  await arrive(ADDRESS, "<reply@members.example>");
  await arrive("sam@members.example", "<other@members.example>");
  const placeOf = async (externalId: string) =>
    (await owner.message.findFirstOrThrow({ where: { clubId: club.id, externalId } })).conversationId;
  expect(await placeOf("<reply@members.example>")).toBe(conversation.id);
  expect(await placeOf("<other@members.example>")).not.toBe(conversation.id);
});
