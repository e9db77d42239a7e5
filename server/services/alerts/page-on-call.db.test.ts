import type { Id } from "#server/domain/ids.ts";
import { acknowledgeAlert } from "#server/services/alerts/acknowledge-alert.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { resolveAlert } from "#server/services/alerts/resolve-alert.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { answer } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { ERROR_BEFORE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { giveUpOnCall, pageOnCall } from "./page-on-call.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let serial = 10;
let onCall: string;
let line: Line;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  onCall = `+1720555012${(serial += 1) % 10}`;
  await database().owner.club.update({ where: { id: line.club.id }, data: { managerPhone: onCall, emergencyPhone: "+13035550198" } });
});

const collapse = async (): Promise<Written> => {
  const asked = await write(line, { text: "a man collapsed and is not breathing" });
  await answer(line, asked);
  return asked;
};
const tell = ({ messageId }: Pick<Written, "messageId">, round = 1) => pageOnCall(line.system, { messageId, round });
const heard = () => vendor.accepted(onCall).map(({ text }) => text);
const card = async () => {
  const found = (await listAlerts(line.club.as.staff)).find(({ kind }) => kind === "emergency");
  return found ?? Promise.reject(new Error("no card"));
};

describe("an emergency", () => {
  test("wakes the function that tells the on-call phone, with the message it is about", async () => {
    const { messageId } = await collapse();
    const events = await database().owner.outboxEvent.findMany({ where: { clubId: line.club.id, name: "alerts/emergency.raised" } });
    expect(events).toMatchObject([{ payload: expect.objectContaining({ messageId }) }]);
  });

  test("is told to the manager's phone at once and again, each round once however often it is run", async () => {
    const asked = await collapse();
    const before = heard().length;
    await Promise.all([tell(asked), tell(asked), tell(asked)]);
    await tell(asked, 2);
    expect(heard().slice(before)).toEqual([
      expect.stringMatching(/^Ironwood Denver: this looks like an emergency.*\/inbox\?view=all&conversation=conv_\w+ .*\(1 of 5\)$/),
      expect.stringContaining("(2 of 5)"),
    ]);
    expect(heard().join(" ")).not.toContain(asked.phone);
    expect((await card()).detail).toContain("The on-call phone was texted 2 times.");
  });

  test.each<[string, (asked: Written) => Promise<unknown>]>([
    ["somebody presses that they have it", async () => acknowledgeAlert(line.club.as.staff, { alertId: (await card()).id })],
    ["somebody closes the card", async () => resolveAlert(line.club.as.staff, { alertId: (await card()).id })],
    ["somebody takes the conversation", ({ conversationId }) => takeOver(line.club.as.staff, { conversationId })],
  ])("is told no more once %s", async (_how, take) => {
    const asked = await collapse();
    expect(await tell(asked)).toEqual({ kind: "told" });
    const before = heard().length;
    await take(asked);
    expect(await tell(asked, 2)).toEqual({ kind: "taken" });
    expect(await giveUpOnCall(line.system, asked)).toEqual({ kind: "taken" });
    expect(heard()).toHaveLength(before);
  });

  test("is told although the emergency stop is on", async () => {
    const asked = await collapse();
    await setEmergencyStop(line.club.as.manager, { reason: "test" });
    const before = heard().length;
    await tell(asked);
    expect(heard()).toHaveLength(before + 1);
  });

  test("that nobody takes says so on its card", async () => {
    const asked = await collapse();
    await giveUpOnCall(line.system, asked);
    expect((await card()).detail).toContain("Nobody has taken it after 5 rounds.");
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      "no on-call phone",
      () => database().owner.club.update({ where: { id: line.club.id }, data: { managerPhone: null, emergencyPhone: null } }),
      "this club has no on-call phone",
    ],
    [
      "no connection that sends texts",
      () => database().owner.connection.updateMany({ where: { clubId: line.club.id }, data: { status: "disabled" } }),
      "no connection of this club can send a text",
    ],
  ])("in a club with %s says so, and the next round looks again", async (_what, lose, words) => {
    const asked = await collapse();
    await lose();
    expect(await tell(asked)).toEqual({ kind: "unreachable" });
    expect((await card()).detail).toContain(words);
  });

  test("whose text did not get out is not called told", async () => {
    const asked = await collapse();
    vendor.next(ERROR_BEFORE);
    await tell(asked);
    expect((await card()).detail).not.toContain("was texted");
  });

  test("is taken by one person, by nobody of another club, and by the same person twice without harm", async () => {
    await collapse();
    const alertId: Id<"alert"> = (await card()).id;
    const foreign = await makeClub();
    await expect(acknowledgeAlert(foreign.as.owner, { alertId })).rejects.toMatchObject({ code: "not_found" });
    await acknowledgeAlert(line.club.as.staff, { alertId });
    await acknowledgeAlert(line.club.as.staff, { alertId });
    await expect(acknowledgeAlert(line.club.as.manager, { alertId })).rejects.toMatchObject({ code: "conflict" });
    expect((await card()).acknowledgedBy).toBe(line.club.people.staff.name);
  });

  test("what the on-call phone writes back is answered by nobody but people", async () => {
    await tell(await collapse());
    const reply = await write(line, { from: onCall, text: "on my way, what time does the front desk close?" });
    const before = heard().length;
    await answer(line, reply);
    expect(heard()).toHaveLength(before);
  });
});
