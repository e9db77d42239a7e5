import { asId } from "#server/domain/ids.ts";
import { DEFAULT_NOTIFICATION_SETTINGS } from "#server/domain/notification-settings.ts";
import { acknowledgeAlert } from "#server/services/alerts/acknowledge-alert.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { inTransaction } from "#server/services/context.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { deliverNotification } from "#server/services/notifications/deliver-notification.ts";
import { saveNotificationSettings } from "#server/services/notifications/save-notification-settings.ts";
import { tellPeople } from "#server/services/notifications/tell-people.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { answer } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "../effects/dispatch-effect.ts";
import { pageOnCall } from "./page-on-call.ts";
import { tellManager } from "./tell-manager.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let serial = 0;
let onCall: string;
let line: Line;
beforeEach(async () => {
  onCall = `+1720555014${(serial += 1) % 10}`;
  line = await makeLine({ name: "Ironwood Denver" });
  await setPhone(onCall);
});

const setPhone = (managerPhone: string | null) =>
  database().owner.club.update({ where: { id: line.club.id }, data: { managerPhone, emergencyPhone: null } });

const collapse = async (): Promise<Written> => {
  const asked = await write(line, { text: "a man collapsed and is not breathing" });
  await answer(line, asked);
  return asked;
};
const tell = ({ messageId }: Pick<Written, "messageId">, round = 1) => pageOnCall(line.system, { messageId, round });
const cards = async () => (await listAlerts(line.club.as.staff)).filter(({ kind }) => kind === "emergency");
const takenBy = async () => (await cards()).map(({ acknowledgedBy }) => acknowledgedBy);

describe("a plain word of the on-call phone", () => {
  test("takes the emergency it was told of: nobody is told again, the card says who, and the phone hears that it counted", async () => {
    const asked = await collapse();
    await tell(asked);
    const { result } = await write(line, { from: onCall, text: "Got it, on my way" });
    expect(await takenBy()).toEqual(["The on-call phone"]);
    expect(await tell(asked, 2)).toEqual({ kind: "taken" });
    for (const effectId of result.effectIds) {
      await dispatchEffect(line.system, { effectId });
    }
    expect(vendor.accepted(onCall).at(-1)?.text).toBe("Noted: you have it. You get no more texts about this emergency.");
  });

  test.each(["who is this?", "no", "on my way, what time does the desk close?", "thanks", "can't, call Dana"])(
    "“%s” takes nothing",
    async (text) => {
      await tell(await collapse());
      await write(line, { from: onCall, text });
      expect(await takenBy()).toEqual([null]);
    },
  );

  test("of any other phone, the member's among them, takes nothing", async () => {
    const asked = await collapse();
    await tell(asked);
    await write(line, { text: "ok" });
    await write(line, { from: asked.phone, text: "on my way" });
    expect(await takenBy()).toEqual([null]);
  });

  test("of a phone that is no longer on call takes nothing", async () => {
    await tell(await collapse());
    await setPhone("+17205550149");
    await write(line, { from: onCall, text: "got it" });
    expect(await takenBy()).toEqual([null]);
  });

  test("takes nothing before it was told, nor after something else was written to it", async () => {
    const asked = await collapse();
    const { conversationId } = await write(line, { from: onCall, text: "ok" });
    expect(await takenBy()).toEqual([null]);
    await tell(asked);
    await queueReply(line.club.as.manager, {
      conversationId,
      text: "Can you bring the keys tomorrow?",
      clientKey: "keys-tomorrow",
    });
    await write(line, { from: onCall, text: "ok" });
    expect(await takenBy()).toEqual([null]);
  });

  test("counts also where the team was told of something else by a text to the same phone meanwhile", async () => {
    await tell(await collapse());
    await saveNotificationSettings(line.club.as.manager, {
      settings: {
        ...DEFAULT_NOTIFICATION_SETTINGS,
        phone: onCall,
        quiet: null,
        ways: { ...DEFAULT_NOTIFICATION_SETTINGS.ways, needs_you: ["sms"] },
      },
    });
    await inTransaction(line.system, (tx) =>
      tellPeople(tx, line.system, { kind: "needs_you", title: "A conversation needs you", detail: "Why", path: "inbox" }),
    );
    const { clubId } = line.system;
    const due = await database().owner.notificationDelivery.findMany({ where: { clubId, way: "sms" }, select: { id: true } });
    for (const { id } of due) {
      await deliverNotification(line.system, { deliveryId: asId("notificationDelivery", id) });
    }
    expect(vendor.accepted(onCall).at(-1)?.text).toContain("A conversation needs you");
    await write(line, { from: onCall, text: "Got it" });
    expect(await takenBy()).toEqual(["The on-call phone"]);
  });

  test("counts also where a report to the manager came to the same phone meanwhile", async () => {
    await tell(await collapse());
    const report = {
      key: "test:1",
      title: "A report",
      subject: "Ironwood Denver: a report",
      text: "Nine reminders went out.",
      url: "https://x.test",
    };
    await inTransaction(line.system, (tx) => tellManager(tx, line.system, report));
    const { id } = await database().owner.effect.findFirstOrThrow({ where: { clubId: line.club.id, effectKey: "report:test:1" } });
    await dispatchEffect(line.system, { effectId: asId("effect", id) });
    expect(vendor.accepted(onCall).at(-1)?.text).toContain("Nine reminders went out.");
    await write(line, { from: onCall, text: "Got it" });
    expect(await takenBy()).toEqual(["The on-call phone"]);
  });

  test("of two emergencies takes the one it was told of last, and the other goes on being told", async () => {
    const first = await collapse();
    const second = await collapse();
    await tell(first);
    await tell(second);
    await write(line, { from: onCall, text: "yes" });
    expect(await tell(second, 2)).toEqual({ kind: "taken" });
    expect(await tell(first, 2)).toEqual({ kind: "told" });
    await write(line, { from: onCall, text: "yes" });
    expect(await takenBy()).toEqual(["The on-call phone", "The on-call phone"]);
  });

  test("takes away nothing from a person who has it", async () => {
    await tell(await collapse());
    for (const { id } of await cards()) {
      await acknowledgeAlert(line.club.as.staff, { alertId: id });
    }
    await write(line, { from: onCall, text: "ok" });
    expect(await takenBy()).toEqual([line.club.people.staff.name]);
  });
});
