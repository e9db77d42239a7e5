import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from "#server/domain/notification-settings.ts";
import { METRICS } from "#server/domain/metrics/definitions.ts";
import { baseText, changeOf, formatFigure } from "#server/domain/metrics/figure-words.ts";
import { SUMMARY_FIGURES } from "#server/domain/weekly-summary.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { listNotifications } from "#server/services/notifications/list-notifications.ts";
import { saveNotificationSettings } from "#server/services/notifications/save-notification-settings.ts";
import { getReport } from "#server/services/reports/get-report.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { arriveAt, makeLine, vendorText, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, expect, test } from "vitest";

import { writeSummary } from "./write-summary.ts";

useDatabase();
useScriptedOpenPhone();

/** Monday at eight in Denver, and a minute earlier. */
const EIGHT = new Date("2026-11-23T15:00:00.000Z");
const EARLIER = new Date("2026-11-23T14:59:00.000Z");
const LAST_WEEK = new Date("2026-11-18T18:00:00.000Z");

let line: Line;
beforeEach(async () => {
  line = await makeLine();
});

const at = (ctx: ServiceContext, fixedNow: Date): ServiceContext => ({ ...ctx, fixedNow });
const want = (ctx: ServiceContext, ways: NotificationSettings["ways"]["weekly_summary"] = ["in_app"]) =>
  saveNotificationSettings(ctx, {
    settings: { ...DEFAULT_NOTIFICATION_SETTINGS, ways: { ...DEFAULT_NOTIFICATION_SETTINGS.ways, weekly_summary: ways } },
  });
const write = (now = EIGHT) => writeSummary(at(line.system, now));
const told = async (ctx: ServiceContext) => (await listNotifications(ctx, {})).items.filter(({ kind }) => kind === "weekly_summary");

test("whoever wants it gets the week before on Monday at eight, once, however often and by however many it is written", async () => {
  await want(line.club.as.manager);
  expect(await write(EARLIER)).toEqual({ isNew: false });
  const written = await Promise.all([write(), write(), write()]);
  expect(written.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await told(line.club.as.manager)).toMatchObject([
    { title: "The week from 2026-11-16 to 2026-11-22", path: "dashboard?period=dates&from=2026-11-16&to=2026-11-22" },
  ]);
  expect(await told(line.club.as.owner)).toEqual([]);
  const audited = { clubId: line.club.id, action: "summary.written" };
  expect(await database().owner.auditLog.count({ where: audited })).toBe(1);
});

test("nothing is counted where nobody wants it, and staff get none although they chose it", async () => {
  expect(await write()).toEqual({ isNew: false });
  await want(line.club.as.staff);
  expect(await write()).toEqual({ isNew: false });
  await want(line.club.as.manager);
  await write();
  expect(await told(line.club.as.staff)).toEqual([]);
});

test("each figure is the one that the dashboard shows of these days", async () => {
  await want(line.club.as.owner);
  for (const text of ["Is the pool open?", "What are your hours?", "Can I bring a guest?"]) {
    await arriveAt(line, LAST_WEEK, vendorText({ text, sentAt: LAST_WEEK }));
  }
  await write();
  const lines = (await told(line.club.as.owner))[0]?.detail.split("\n") ?? [];
  const period = { kind: "dates", from: "2026-11-16", to: "2026-11-22" } as const;
  for (const { group, metric } of SUMMARY_FIGURES) {
    const { figures } = await getReport(at(line.club.as.owner, EIGHT), { group, period });
    const figure = figures[metric];
    const { label, unit, ...rest } = METRICS[metric];
    if (figure === undefined) {
      throw new Error(`the dashboard does not know ${metric}`);
    }
    const expected = figure.now.value === null ? "not known" : formatFigure(figure.now.value, { unit, currency: "USD" });
    const shown = lines.find((one) => one.startsWith(`${label}: `));
    expect(shown).toContain(`${label}: ${expected}`);
    expect(shown).toContain(figure.now.value === null ? "" : baseText(unit, figure.now));
    expect(shown).toContain(changeOf({ ...rest, unit }, figure.now, figure.before)?.text ?? "");
  }
  expect(lines).toHaveLength(SUMMARY_FIGURES.length);
  expect(lines[0]).toMatch(/^Conversations: 3 /);
});

test("it is the machinery's to write, and of one club alone", async () => {
  await want(line.club.as.owner);
  const other = await makeLine();
  await want(other.club.as.owner);
  await expect(writeSummary(at(line.club.as.owner, EIGHT))).rejects.toMatchObject({ code: "forbidden" });
  await write();
  expect(await told(other.club.as.owner)).toEqual([]);
});
