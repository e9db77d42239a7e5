import type { Page } from "@playwright/test";

import { templateSpec } from "#server/domain/workflows/templates.ts";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";

const SLUG = "fairway-brooklyn";
const OWNER = "owner@fairway.example";
/** Of the same exchange as the club and of nobody it knows: 555-0199 is the last of the invented numbers, beyond its people. */
const TEST_PHONE = "(718) 555-0199";

const stateOf = (page: Page) => page.getByRole("status").filter({ hasText: /^State: / });

const writeCampaign = async (page: Page, name: string): Promise<void> => {
  await openLive(page, `/${SLUG}/workflows/campaigns/new`);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Active members" }).click();
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByRole("combobox", { name: "Condition" }).last().selectOption("visits");
  await page.getByRole("spinbutton", { name: "Visits in all, visits" }).fill("0");
  await page
    .getByRole("textbox", { name: "Text", exact: true })
    .fill("Hi {{first_name}}, {{club_name}} has a new league. Shall I tell you more?");
  await page.getByRole("button", { name: "Try a second text" }).click();
  await page
    .getByRole("textbox", { name: "Second text" })
    .fill("{{club_name}} starts a new league, {{first_name}}. Would you like to hear more?");
  await page.getByRole("spinbutton", { name: "Held out" }).fill("20");
};

test("an owner chooses people, writes two texts, tries one on a phone, previews, lets it run, and reads what it came to", async ({
  signInAs,
}) => {
  const page = await signInAs(OWNER);
  await writeCampaign(page, "League night");
  const side = page.getByRole("complementary", { name: "Who gets what" });
  await expect(side.getByRole("status")).toContainText(/people belong to it/);
  // Advertising is cleared in no state of the demo, so each one is left out, and the page says why before anything is made.
  await expect(side.getByRole("list", { name: "Left out" })).toBeVisible();
  await expect(side.getByText("has a new league. Shall I tell you more?")).toBeVisible();
  await expect(side.getByText("Reply STOP to opt out.").first()).toBeVisible();
  await side.getByRole("button", { name: "Next person" }).click();
  await expect(side.getByText(/^\(2 of /)).toBeVisible();

  await side.getByRole("textbox", { name: "Send a test to" }).fill(TEST_PHONE);
  await side.getByRole("button", { name: "Send second text as a test" }).click();
  await expect(page.getByText("The test is on its way")).toBeVisible();

  await page.getByRole("button", { name: "Make the campaign" }).click();
  await expect(page.getByRole("heading", { name: "League night" })).toBeVisible();
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(page.getByText(/^As of /)).toBeVisible();
  await expect(page.getByRole("button", { name: "Let it go live" })).toBeEnabled();
  await page.getByRole("button", { name: "Let it go live" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Go live" }).click();
  await expect(page.getByRole("heading", { name: "It is live" })).toBeVisible();
  await page.getByRole("button", { name: "run now: League night" }).click();
  await expect(stateOf(page)).toHaveText("State: Finished");

  await openLive(page, `/${SLUG}/workflows/campaigns`);
  await expect(page.getByRole("row").filter({ hasText: "League night" })).toContainText("Off");
  await page.getByRole("link", { name: "League night" }).click();
  await page.getByRole("tab", { name: "Results" }).click();
  await expect(page.getByText("Nothing to compare yet")).toBeVisible();
});

test("a test goes to no member, and a text with a fault cannot be kept", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await writeCampaign(page, "Never made");
  const side = page.getByRole("complementary", { name: "Who gets what" });
  await side.getByRole("textbox", { name: "Send a test to" }).fill("(718) 555-0101");
  await side.getByRole("button", { name: "Send first text as a test" }).click();
  await expect(page.getByText("This number belongs to somebody the club knows")).toBeVisible();
  await page.getByRole("textbox", { name: "First text" }).fill("Hi {{first_name}}, you owe {{amount}} to somebody.");
  await expect(page.getByText("It names amount, which is no field of this text.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make the campaign" })).toBeDisabled();
});

test("an owner adds a step over e-mail to a follow-up and finds it kept", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await openLive(page, `/${SLUG}/workflows/sequences`);
  await page.getByRole("link", { name: "Missed bookings" }).click();
  await page.getByRole("button", { name: "Add a step" }).click();
  const step = page.getByRole("listitem", { name: "Step 3" });
  await step.getByRole("combobox", { name: "Over" }).selectOption("email");
  await step.getByRole("textbox", { name: "Words" }).fill("Hi {{first_name}}, {{club_name}} keeps a place for you.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved: preview it again before it goes live")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("listitem", { name: "Step 3" }).getByRole("combobox", { name: "Over" })).toHaveValue("email");
});

test("an owner changes the order of the steps of a follow-up with the keyboard and finds it kept", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  const last = templateSpec("new_lead_last").name;
  const stepAt = (place: number) => page.getByRole("listitem", { name: `Step ${place}`, exact: true });
  await openLive(page, `/${SLUG}/workflows/sequences`);
  await page.getByRole("link", { name: "New leads" }).click();
  await expect(stepAt(3)).toContainText(last);
  const waits = await stepAt(2).getByRole("spinbutton", { name: "Wait" }).inputValue();
  await page.getByRole("button", { name: "Move step 3 up" }).press("Enter");
  await expect(stepAt(2)).toContainText(last);
  // The place keeps its wait, and the keyboard its place.
  await expect(stepAt(2).getByRole("spinbutton", { name: "Wait" })).toHaveValue(waits);
  await expect(page.getByRole("button", { name: "Move step 2 up" })).toBeFocused();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved: preview it again before it goes live")).toBeVisible();
  await page.reload();
  await expect(stepAt(2)).toContainText(last);
});

test("an owner changes a text of the library, compares it with what it was, and restores that", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await openLive(page, `/${SLUG}/workflows/texts`);
  await page.getByRole("searchbox", { name: "Search texts" }).fill("Birthday");
  await page.getByRole("button", { name: "Edit Birthday greeting" }).click();
  const dialog = page.getByRole("dialog");
  const words = dialog.getByRole("textbox", { name: "Your words" });
  await words.fill("Happy birthday from all of {{club_name}}, {{first_name}}.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Edit Birthday greeting" }).click();
  await words.fill("Many happy returns from {{club_name}}, {{first_name}}.");
  await dialog.getByRole("tab", { name: "Versions" }).click();
  await dialog.getByRole("button", { name: "Compare with the editor" }).first().click();
  await expect(dialog.getByRole("insertion").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Restore" }).first().click();
  await expect(words).toHaveValue("Happy birthday from all of {{club_name}}, {{first_name}}.");
});

for (const { look, name } of [
  { name: "a desk", look: DESK },
  { name: "a phone", look: PHONE },
]) {
  test(`neither campaigns nor follow-ups have a fault that an automatic check finds, light and dark, on ${name}`, async ({ signInAs }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    for (const path of ["campaigns", "campaigns/new", "sequences", "sequences/new_lead", "texts"]) {
      await openLive(page, `/ironwood-chicago/workflows/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
  });
}
