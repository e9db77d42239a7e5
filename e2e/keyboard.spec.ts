import type { Locator, Page } from "@playwright/test";

import { expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { ASKED_OF_THE_MODEL, memberOf, modelAnswers } from "./stack.ts";

const SLUG = "ironwood-denver";
/** More steps than any page has between two things that matter. */
const MAX_STEPS = 60;

/** Goes on with Tab, as a person without a mouse does, until this has the focus. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`${MAX_STEPS} times Tab do not lead to ${target}.`);
};

test("somebody without a mouse finds a conversation, answers it and resolves it", async ({ signInAs }) => {
  const member = memberOf(SLUG, 30);
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, `/${SLUG}/inbox?view=all`);
  await member.text("wuzzle keys");
  const row = inboxOf(page).row(member.name);
  await expect(row).toBeVisible();

  await page.keyboard.press("j");
  await expect(inboxOf(page).list.getByRole("link").first()).toBeFocused();
  await tabTo(page, row);
  await page.keyboard.press("Enter");
  const thread = threadOf(page, member.name);
  await expect(thread.said(member.name)).toBeVisible();

  await page.keyboard.press("r");
  await expect(thread.field).toBeFocused();
  await page.keyboard.type("We have found your keys.");
  await page.keyboard.press("Enter");
  await expect(thread.pane.getByRole("article").filter({ hasText: "We have found your keys." })).toBeVisible();
  await expect.poll(member.heard).toContain("We have found your keys.");

  await tabTo(page, thread.action("Resolve"));
  await page.keyboard.press("Enter");
  await expect(thread.action("Reopen")).toBeVisible();
});

test("somebody without a mouse approves what Spotter asks", async ({ signInAs }) => {
  const member = memberOf(SLUG, 31);
  await modelAnswers({ confidence: 0.72 });
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, `/${SLUG}/approvals`);
  await member.text(ASKED_OF_THE_MODEL);
  const card = page.getByRole("article").filter({ hasText: member.name });
  await expect(card).toBeVisible();
  await tabTo(page, card.getByRole("button", { name: /^Approve/ }));
  await page.keyboard.press("Enter");
  await expect.poll(member.heard).toEqual([expect.stringContaining("your cello can wait")]);
});

test("somebody without a mouse reaches every page by the palette, and the focus comes back when it closes", async ({ signInAs }) => {
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, `/${SLUG}/inbox?view=all`);
  const search = inboxOf(page).list.getByRole("searchbox", { name: "Search conversations" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find and do" });
  await expect(palette.getByRole("combobox", { name: "Find and do" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await expect(search).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("health");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/health/);
  await expect(page.getByRole("heading", { name: "Health", level: 1 })).toBeVisible();
});
