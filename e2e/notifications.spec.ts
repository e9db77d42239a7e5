import type { Page } from "@playwright/test";

import { accessibilityFaults, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

const bellOf = (page: Page) => page.getByRole("button", { name: /^Notifications, / });
const listOf = (page: Page) => page.getByRole("dialog", { name: "Notifications" });

test("whoever is handed a conversation hears of it at once behind the bell, is led to it, and has then read it", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 57);
  const colleague = await signInAs("desk@ironwood.example");
  await openLive(colleague, "/ironwood-denver/members");
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, "/ironwood-denver/inbox?view=all");
  await member.text("wuzzle bell");
  await inboxOf(page).row(member.name).click();
  await threadOf(page, member.name).action("Assign").click();
  await page
    .getByRole("menu", { name: "Assign" })
    .getByRole("menuitem", { name: /Staff$/ })
    .first()
    .click();
  await expect(bellOf(colleague)).toHaveAccessibleName(/, [1-9]\d* unread/);
  await bellOf(colleague).click();
  const item = listOf(colleague)
    .getByRole("link", { name: /^Unread: A conversation was handed to you/ })
    .first();
  await item.click();
  await expect(threadOf(colleague, member.name).said(member.name).filter({ hasText: "wuzzle bell" })).toBeVisible();
  await bellOf(colleague).click();
  await expect(
    listOf(colleague)
      .getByRole("link", { name: /^A conversation was handed to you/ })
      .first(),
  ).toBeVisible();
});

test("what somebody chooses stays chosen, also from a phone, and a wrong number is refused where it stands", async ({ signInAs }) => {
  const page = await signInAs("chicago@ironwood.example", { viewport: PHONE });
  await openLive(page, "/ironwood-chicago/settings/notifications");
  const draftByText = page.getByRole("checkbox", { name: "Answer to look over: Text" });
  await expect(draftByText).not.toBeChecked();
  await draftByText.check();
  await page.getByLabel("Mobile number").fill("12");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("This does not look like a phone number")).toBeVisible();
  await page.getByLabel("Mobile number").fill("(720) 555-0143");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. It holds from the next news on")).toBeVisible();
  await page.reload();
  await expect(draftByText).toBeChecked();
  await expect(page.getByLabel("Mobile number")).toHaveValue("(720) 555-0143");
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a manager says who is next when nobody takes it, and is told at once where a step would reach nobody", async ({ signInAs }) => {
  const page = await signInAs("phoenix@ironwood.example");
  await openLive(page, "/ironwood-phoenix/settings/escalation");
  const rule = page.getByRole("listitem", { name: "Rule 1" });
  await rule.getByRole("button", { name: "Add a step" }).click();
  const steps = rule.getByLabel(/^Who is told in step/);
  const last = await steps.count();
  await rule.getByLabel(`Who is told in step ${last}`).selectOption({ label: "the team’s channel" });
  await expect(rule.getByText("No team channel is connected, so this step reaches nobody.")).toBeVisible();
  await rule.getByLabel(`Who is told in step ${last}`).selectOption({ label: "the on-call phone" });
  await page.getByRole("button", { name: "Save the rules" }).click();
  await expect(page.getByText("Saved. The rules hold from the next conversation on")).toBeVisible();
  await page.reload();
  await expect(rule.getByLabel(`Who is told in step ${last}`)).toHaveValue("on_call");
  expect(await accessibilityFaults(page)).toEqual([]);
});
