import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { memberOf } from "./stack.ts";

const SLUG = "ironwood-chicago";

test("somebody narrows the list, keeps the filter under a name, and comes back to it", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/members`);
  await page.getByRole("tab", { name: /^Past due\b(?!, training)/ }).click();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("spinbutton", { name: /^Owes at least/ }).fill("20");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Remove the filter Owes $20.00" })).toBeVisible();
  await page.getByRole("button", { name: "Balance" }).click();
  await expect(page).toHaveURL(/sort=balance/);
  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("textbox", { name: "Save what is on the page as" }).fill("Owes over twenty");
  await page.getByRole("button", { name: "Save filter" }).click();
  await expect(page.getByRole("link", { name: "Owes over twenty" })).toBeVisible();

  await openLive(page, `/${SLUG}/members`);
  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("link", { name: "Owes over twenty" }).click();
  await expect(page).toHaveURL(/segment=past_due.*owes=2000|owes=2000.*segment=past_due/);
  await expect(page.getByRole("button", { name: "Remove the filter Owes $20.00" })).toBeVisible();
});

test("a list leaves the house only through whoever may take it, as a table with everybody on it", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/members`);
  const leaves = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all" }).click();
  expect((await leaves).suggestedFilename()).toMatch(/^people-members-\d{4}-\d{2}-\d{2}\.csv$/);

  const desk = await signInAs("desk@ironwood.example");
  await openLive(desk, "/ironwood-denver/members");
  await expect(desk.getByRole("link", { name: /./ }).first()).toBeVisible();
  await expect(desk.getByRole("button", { name: "Export all" })).toHaveCount(0);
});

test("staff open a person, record a consent, withdraw it, and the timeline tells of both", async ({ signInAs }) => {
  const member = memberOf(SLUG, 7);
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/members`);
  await page.getByRole("searchbox", { name: "Search people" }).fill(member.name);
  // The search goes into the address a moment later; a click before that would be overtaken by it.
  await expect(page).toHaveURL(/search=/);
  await page.getByRole("link", { name: member.name, exact: true }).first().click();
  await expect(page.getByRole("heading", { name: member.name, level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Record a consent" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "What was said" }).fill("At the desk: text me about classes");
  await page.getByRole("dialog").getByRole("button", { name: "Record it" }).click();
  const counts = page.getByRole("list", { name: "Consents that count" });
  const agreed = counts.getByRole("listitem").filter({ hasText: "Agreed to service messages by text" });
  await expect(agreed).toContainText("At the desk: text me about classes");

  await agreed.getByRole("button", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "What was said" }).fill("No more texts, please");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw it" }).click();
  await expect(counts.getByRole("listitem").filter({ hasText: "Refused service messages by text" })).toContainText("No more texts, please");

  const story = page.getByRole("region", { name: "Timeline" });
  await page.getByRole("button", { name: "Consents", exact: true }).click();
  await expect(story.getByText("Agreed to service messages by text")).toBeVisible();
  await expect(story.getByText("Refused service messages by text")).toBeVisible();
});

test("the chain of the ledger is checked, and a row leads to the run behind it", async ({ signInAs }) => {
  const member = memberOf(SLUG, 9);
  await member.text("what are your opening hours on saturday?");
  await expect.poll(async () => (await member.heard()).length).toBeGreaterThan(0);
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/activity`);
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect(page.getByText(/^Whole: all [\d,]+ rows follow from each other/)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the ledger" }).fill(member.name);
  await expect(page).toHaveURL(/[?&]search=/);
  await page
    .getByRole("link", { name: /^Open the run of row/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Run", level: 1 })).toBeVisible();
  await expect(page.getByRole("list", { name: "Reasons, in order" })).toBeVisible();
});

for (const { look, name } of [
  { name: "a desk", look: DESK },
  { name: "a phone", look: PHONE },
]) {
  test(`neither people, a person, the ledger nor the approvals have a fault that an automatic check finds on ${name}`, async ({
    signInAs,
  }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    for (const path of ["members", "members?segment=prospects", "activity", "approvals", "approvals?tab=decided"]) {
      await openLive(page, `/${SLUG}/${path}`);
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
    await openLive(page, `/${SLUG}/members`);
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
    expect(await accessibilityFaults(page), "a person").toEqual([]);
  });
}
