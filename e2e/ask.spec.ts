import { worldOf } from "#local/vendors/world.ts";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { clubOf, memberOf } from "./stack.ts";

const SLUG = "ironwood-denver";

/** Somebody who owes, whose name nobody else of the club has. */
const debtorOf = (slug: string) => {
  const world = worldOf(clubOf(slug));
  const index = world.findIndex(({ balanceMinor }) => balanceMinor > 0n);
  return memberOf(slug, index + 1);
};

test("a manager asks who owes, sees what was looked up, and pauses collections for one member by their own yes", async ({ signInAs }) => {
  const member = debtorOf(SLUG);
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/ask`);
  await page.getByLabel("Ask about the club").fill("Who owes at least 0.01?");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const first = page.getByRole("article", { name: "Who owes at least 0.01?" });
  await expect(first.getByText("Count the members who owe at least 0.01")).toBeVisible();
  await expect(first.getByRole("list", { name: "Some of them" }).getByRole("listitem").first()).toContainText("owes: $");
  await expect(first.getByText(/^Spotter: I found|I found \d+/)).toBeVisible();

  const request = `pause collections for ${member.name} until 2099-12-31`;
  await page.getByLabel("Ask about the club").fill(request);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const act = page.getByRole("article", { name: request });
  await expect(act.getByText("Waits for your yes", { exact: true })).toBeVisible();
  await act.getByRole("button", { name: "Do it" }).click();
  await expect(act.getByText("Done", { exact: true })).toBeVisible();
  await expect(act.getByRole("button", { name: "Do it" })).toBeHidden();

  for (const look of [DESK, PHONE]) {
    await page.setViewportSize(look);
    expect(await accessibilityFaults(page)).toEqual([]);
  }
});

test("a clerk is not offered to ask about the whole club", async ({ signInAs }) => {
  const page = await signInAs("desk@ironwood.example");
  await page.goto(`/${SLUG}/ask`);
  await expect(page.getByText("For managers and owners")).toBeVisible();
  await expect(page.getByLabel("Ask about the club")).toBeHidden();
});
