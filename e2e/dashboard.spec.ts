import { readFile } from "node:fs/promises";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

const DASHBOARD = "/ironwood-denver/dashboard";
const MANAGER = "manager@ironwood.example";
const OWNER = "owner@ironwood.example";

test("a manager changes the period and follows a number to a conversation behind it", async ({ signInAs }) => {
  const page = await signInAs(MANAGER);
  const member = memberOf("ironwood-denver", 34);
  await member.text("Do you lend out lifting belts?");
  await openLive(page, "/ironwood-denver/inbox?view=all");
  await expect(inboxOf(page).row(member.name)).toBeVisible();
  await openLive(page, DASHBOARD);
  const glance = page.getByRole("list", { name: "Figures at a glance" });
  await expect(glance.getByRole("link", { name: /^Conversations/ })).toBeVisible();

  const line = page.getByRole("status").filter({ hasText: "against" });
  const usual = await line.textContent();
  await page.getByRole("radio", { name: "90 days" }).check({ force: true });
  await expect(page).toHaveURL(/period=90/);
  await expect(line).not.toHaveText(usual ?? "");

  await glance.getByRole("link", { name: /^Conversations/ }).click();
  await expect(page).toHaveURL(/dashboard\/conversations\?period=90/);
  const behind = page.getByRole("region", { name: "Behind this number" });
  await expect(page.getByRole("status").filter({ hasText: /entr(y|ies)$/ })).toBeVisible();
  await behind.getByRole("link").first().click();
  await expect(page).toHaveURL(/inbox\?.*conversation=conv_/);
});

test("a period in which nobody wrote says so, and so does the list behind a number", async ({ signInAs }) => {
  const page = await signInAs(MANAGER);
  await openLive(page, `${DASHBOARD}?period=dates&from=2020-01-01&to=2020-01-07`);
  await expect(page.getByText("Nobody wrote in this period")).toBeVisible();
  await page.goto(`${DASHBOARD}/held?period=dates&from=2020-01-01&to=2020-01-07`);
  await expect(page.getByText("Nothing in this period")).toBeVisible();
});

test("the figures can be taken along as a table, but not from the desk", async ({ signInAs }) => {
  const page = await signInAs(MANAGER);
  await openLive(page, `${DASHBOARD}?period=7`);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("ironwood-denver-figures.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(/^metric,value,of,/);
  expect(text).toContain("Conversations in which somebody wrote to the club in the period.");

  const desk = await signInAs("desk@ironwood.example");
  await openLive(desk, DASHBOARD);
  await expect(desk.getByText("For managers and owners", { exact: true })).toBeVisible();
  await expect(desk.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Dashboard" })).toHaveCount(0);
  expect((await desk.request.get("/api/reports/ironwood-denver")).status()).toBe(403);
  expect((await desk.request.get("/api/reports/fairway-brooklyn")).status()).toBe(404);
});

test("an owner puts the clubs side by side, sorts them and goes into one", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await openLive(page, "/ironwood-denver/portfolio");
  const clubs = page.getByRole("region", { name: "Figures of each club" }).getByRole("rowheader");
  await expect(clubs.first()).toBeVisible();
  const byName = await clubs.allTextContents();
  expect(byName.length).toBeGreaterThan(1);

  const name = page.getByRole("columnheader", { name: "Club" });
  await expect(name).toHaveAttribute("aria-sort", "ascending");
  await name.getByRole("button").click();
  await expect(name).toHaveAttribute("aria-sort", "descending");
  await expect(clubs).toHaveText(byName.toReversed());
  await page.getByRole("columnheader", { name: "Conversations" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=conversations/);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await waiting).suggestedFilename()).toBe("all-clubs-figures.csv");
  await clubs.first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Dashboard", level: 1 })).toBeVisible();
});

test("usage tells what is left of the day's budget", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await openLive(page, "/ironwood-denver/usage");
  await expect(page.getByRole("meter", { name: "Cost used" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Usage of each club" }).getByRole("rowheader", { name: "Together" })).toBeVisible();
});

for (const { name, viewport } of [
  { name: "a desk", viewport: DESK },
  { name: "a phone", viewport: PHONE },
]) {
  test(`the pages of figures have no accessibility faults on ${name}`, async ({ signInAs }) => {
    const page = await signInAs(OWNER, { viewport });
    for (const path of [DASHBOARD, `${DASHBOARD}/conversations`, "/ironwood-denver/portfolio", "/ironwood-denver/usage"]) {
      await openLive(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
  });
}
