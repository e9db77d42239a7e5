import { allowTexts } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeContact, makeMember } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { MORNING, openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { addressKey } from "#server/platform/keys.ts";

import { checkTextNow } from "./check-text.ts";
import { listTextVersions } from "./list-text-versions.ts";
import { saveTemplate } from "./save-template.ts";
import { listTestNumbers, sendTestText } from "./send-test-text.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const BODY = "Hi {{first_name}}, {{club_name}} has a new class. Shall I tell you more?";
const PHONE = "+13035550177";

let line: Line;
const owner = () => database().owner;
const boss = () => ({ ...line.club.as.owner, fixedNow: MORNING });
const manager = () => ({ ...line.club.as.manager, fixedNow: MORNING });
const staff = () => ({ ...line.club.as.staff, fixedNow: MORNING });
let presses = 0;
const press = () => ({ body: BODY, to: "(303) 555-0177", clientKey: `press-${(presses += 1)}-long` });

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
});

describe("a test of a text", () => {
  test("goes through the ledger to the phone, marked, filled, and once however often the call is repeated", async () => {
    const once = press();
    expect(await sendTestText(manager(), once)).toMatchObject({ status: "confirmed" });
    await sendTestText(manager(), once);
    const [sent] = vendor.accepted(PHONE);
    expect(vendor.sendCount(PHONE)).toBe(1);
    expect(sent?.text).toMatch(/^\[Test\] Hi \w+, .+ has a new class\. Shall I tell you more\?\nReply STOP to opt out\.$/);
    const effect = await owner().effect.findFirstOrThrow({ where: { clubId: line.club.id } });
    expect(effect).toMatchObject({ plannedBy: "staff", purpose: "service", status: "confirmed" });
    expect(await owner().auditLog.findFirst({ where: { action: "template.tested", entityId: effect.id } })).not.toBeNull();
    expect(await owner().contact.findFirstOrThrow({ where: { id: effect.contactId ?? "" } })).toMatchObject({ isAgentOff: true });
  });

  test("never goes to a member, nor to anybody who has written to the club", async () => {
    const sentBefore = vendor.sendCount(PHONE);
    const { contact } = await makeContact(line.club, { from: PHONE, name: "Ana Park" });
    await expect(sendTestText(manager(), press())).rejects.toMatchObject({ code: "invalid" });
    await owner().contactIdentity.deleteMany({ where: { contactId: contact.id } });
    await makeMember(line.club, contact.id, { phone: PHONE, phoneKey: addressKey(PHONE) });
    await expect(sendTestText(manager(), press())).rejects.toMatchObject({ code: "invalid" });
    expect(vendor.sendCount(PHONE)).toBe(sentBefore);
  });

  test("goes to the club's own phones, which are offered", async () => {
    await owner().club.update({ where: { id: line.club.id }, data: { managerPhone: PHONE } });
    expect(await listTestNumbers(manager())).toEqual([{ label: "Manager’s phone", phone: PHONE }]);
    expect(await sendTestText(manager(), press())).toMatchObject({ status: "confirmed" });
  });

  test("ends for the hour after twenty, and is refused for no number, an unknown field and whoever runs no workflows", async () => {
    await expect(sendTestText(staff(), press())).rejects.toMatchObject({ code: "forbidden" });
    await expect(listTestNumbers(staff())).rejects.toMatchObject({ code: "forbidden" });
    await expect(sendTestText(manager(), { ...press(), to: "front desk" })).rejects.toMatchObject({ code: "invalid" });
    await expect(sendTestText(manager(), { ...press(), body: "Hi {{nobody}}, this is the club." })).rejects.toMatchObject({
      code: "invalid",
    });
    for (let count = 0; count < 20; count += 1) {
      await sendTestText(manager(), press());
    }
    await expect(sendTestText(manager(), press())).rejects.toMatchObject({ code: "limit_exceeded" });
  });
});

describe("the texts of a club", () => {
  test("keep every version with who made it; another club sees none of them", async () => {
    await saveTemplate(boss(), { key: "prospect_welcome", body: "Hello {{first_name}}, {{club_name}} here. Coming by?" });
    await saveTemplate(boss(), { key: "prospect_welcome", body: BODY });
    const versions = await listTextVersions(staff(), { key: "prospect_welcome" });
    expect(versions.map(({ body, source, version }) => [version, source, body])).toEqual([
      [2, "own", BODY],
      [1, "own", "Hello {{first_name}}, {{club_name}} here. Coming by?"],
    ]);
    expect(versions[0]?.createdBy).not.toBeNull();
    expect(await listTextVersions((await makeLine()).club.as.manager, { key: "prospect_welcome" })).toEqual([]);
  });

  test("are read by the guards while they are written: a price nobody stated is named, plain words are not", async () => {
    expect(await checkTextNow(staff(), { body: BODY })).toEqual([]);
    expect(await checkTextNow(staff(), { body: "Hi {{first_name}}, join {{club_name}} for $9.99 a month." })).toEqual([
      expect.stringContaining("$9.99"),
    ]);
  });
});
