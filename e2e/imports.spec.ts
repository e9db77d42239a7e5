import { readFile } from "node:fs/promises";

import { formatInTimeZone } from "#server/domain/local-time.ts";

import { accessibilityFaults, expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { clubOf, memberOf } from "./stack.ts";

const SLUG = "ironwood-denver";
const MINUTE_MS = 60_000;

test("a table of bookings is looked at, stored and shown beside the conversation, and refused rows come back", async ({ signInAs }) => {
  const member = memberOf(SLUG, 29);
  const { timeZone } = clubOf(SLUG);
  // Sooner than whatever the calendars of the demo know.
  const startsAt = new Date(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
  const endsAt = new Date(startsAt.getTime() + 60 * MINUTE_MS);
  const written = (at: Date): string => formatInTimeZone(at, timeZone, "MM/dd/yyyy h:mm a");
  const title = `Foam rolling ${startsAt.getTime()}`;
  const table = `Class,Start,End,Room,Status,Phone
${title},${written(startsAt)},${written(endsAt)},Studio 2,Confirmed,${member.phone}
${title},soon,,Studio 2,Confirmed,${member.phone}
${title},${written(startsAt)},${written(endsAt)},Studio 2,Confirmed,+13125550177
`;
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, `/${SLUG}/members/import`);
  await page.getByRole("group", { name: "What the table is about" }).getByText("Bookings").click();
  await expect(page.getByText("Not cancelled: a booking missing from the file stays.")).toBeVisible();
  expect(await accessibilityFaults(page), "upload").toEqual([]);
  const fileName = `bookings ${startsAt.getTime()}.csv`;
  await page.getByLabel("Choose a file").setInputFiles({ name: fileName, mimeType: "text/csv", buffer: Buffer.from(table) });

  await expect(page.getByLabel("What “Room” is")).toHaveValue("place");
  await page.getByRole("button", { name: "Show what will happen" }).click();
  const preview = page.getByRole("region", { name: "What will happen" });
  await expect(preview.getByRole("listitem").filter({ hasText: "Line 2" })).toContainText("New");
  await expect(preview.getByRole("listitem").filter({ hasText: "Line 4" })).toContainText("Joined to nobody");
  await expect(page.getByRole("region", { name: "Rows that are not taken" })).toContainText("“soon” is no date");
  expect(await accessibilityFaults(page), "preview").toEqual([]);
  await page.getByRole("button", { name: "Import 2 rows" }).click();

  const result = page.getByRole("region", { name: "Result" });
  await expect(result).toContainText("Done");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download these rows" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain(`"3","“soon” is no date`);
  await page.getByRole("button", { name: "Import another table" }).click();
  const past = page.getByRole("region", { name: "Tables of the past" }).getByRole("listitem").filter({ hasText: fileName });
  await expect(past).toContainText("2 new, 1 not taken");
  await expect(past).toContainText("Bookings");

  const question = `Is my ${title} on?`;
  await member.text(question);
  await openLive(page, `/${SLUG}/inbox?view=all`);
  await inboxOf(page).row(member.name).click();
  await expect(threadOf(page, member.name).said(member.name).filter({ hasText: question })).toBeVisible();
  const booked = page.getByRole("region", { name: "Next bookings" });
  await expect(booked).toContainText(`${title}, Studio 2`);
  await expect(booked).toContainText(formatInTimeZone(startsAt, timeZone, "h:mm a"));
});
