import type { Page } from "@playwright/test";

import { expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

const INBOX = "/ironwood-denver/inbox?view=all";

/** The member writes something Spotter leaves to people, and the conversation is open on this page. */
const openWith = async (page: Page, place: number, words: string) => {
  const member = memberOf("ironwood-denver", place);
  await openLive(page, INBOX);
  await member.text(words);
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.said(member.name).filter({ hasText: words })).toBeVisible();
  return { member, thread };
};

test("a snoozed conversation leaves every view but its own, and a new message of the member brings it back at once", async ({
  signInAs,
}) => {
  const page = await signInAs("manager@ironwood.example");
  const { member, thread } = await openWith(page, 41, "wuzzle bim one");
  const inbox = inboxOf(page);
  await page.getByRole("heading", { name: member.name }).click();
  await page.keyboard.press("s");
  await page
    .getByRole("menu", { name: "Snooze" })
    .getByRole("menuitem", { name: /^Tomorrow morning/ })
    .click();
  await expect(thread.pane).toContainText(/put this off until/);
  await expect(inbox.row(member.name)).toBeHidden();
  await inbox.view("Snoozed").click();
  await expect(inbox.row(member.name)).toContainText("Snoozed");
  await member.text("wuzzle bim two");
  await expect(inbox.row(member.name)).toBeHidden();
  await inbox.view("All").click();
  await expect(inbox.row(member.name)).toBeVisible();
});

test("a conversation is given to a colleague, who finds it among theirs, with the note that was left for them", async ({ signInAs }) => {
  const page = await signInAs("manager@ironwood.example");
  const { member, thread } = await openWith(page, 42, "wuzzle bam");
  await thread.action("Assign").click();
  const desk = page
    .getByRole("menu", { name: "Assign" })
    .getByRole("menuitem", { name: /Staff$/ })
    .first();
  await desk.click();
  await expect(thread.pane).toContainText(/gave this to/);
  await thread.pane.getByText("Note", { exact: true }).click();
  await thread.pane.getByRole("textbox", { name: "Note" }).fill("Called twice, no answer");
  await thread.action("Save note").click();
  await expect(thread.pane.getByRole("article", { name: /^Note by/ })).toContainText("Called twice, no answer");
  const colleague = await signInAs("desk@ironwood.example");
  await openLive(colleague, "/ironwood-denver/inbox?view=mine");
  await inboxOf(colleague).row(member.name).click();
  await expect(threadOf(colleague, member.name).pane.getByRole("article", { name: /^Note by/ })).toContainText("Called twice, no answer");
  expect(await member.heard()).toEqual([]);
});

test("a word said long ago finds its conversation, also a resolved one, and the palette finds it too", async ({ signInAs }) => {
  const page = await signInAs("manager@ironwood.example");
  const { member, thread } = await openWith(page, 43, "my periwinkle umbrella is gone");
  await thread.action("Resolve").click();
  await expect(thread.action("Reopen")).toBeVisible();
  const inbox = inboxOf(page);
  await inbox.list.getByRole("searchbox", { name: "Search conversations" }).fill("umbrella periw");
  await expect(inbox.row(member.name)).toContainText("periwinkle umbrella");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find and do" });
  await palette.getByRole("combobox", { name: "Find and do" }).fill("periwinkle");
  await expect(palette.getByRole("option", { name: new RegExp(member.name) })).toBeVisible();
  await palette.getByRole("combobox", { name: "Find and do" }).fill("know");
  await palette.getByRole("option", { name: /^Knowledge/ }).click();
  await expect(page).toHaveURL(/\/knowledge/);
});

test("a reply taken back within its seconds stands in the composer again and never reaches the member; the next one does", async ({
  signInAs,
}) => {
  const page = await signInAs("manager@ironwood.example");
  const { member, thread } = await openWith(page, 44, "wuzzle bom");
  await thread.field.fill("We are closed on Sunday");
  await thread.action("Send").click();
  await thread.action("Undo").click();
  await expect(thread.field).toHaveValue("We are closed on Sunday");
  await expect(thread.pane.getByRole("article").filter({ hasText: "We are closed on Sunday" })).toBeHidden();
  await thread.field.fill("We are open on Sunday");
  await thread.action("Send").click();
  await expect(thread.action("Undo")).toBeVisible();
  // The window is gone before the time is over: the server sends it all the same.
  await page.goto("about:blank");
  await expect.poll(member.heard).toEqual(["We are open on Sunday"]);
});

test("two people in one conversation see each other, and who of them writes", async ({ signInAs }) => {
  const page = await signInAs("manager@ironwood.example");
  const { member, thread } = await openWith(page, 45, "wuzzle bum");
  const colleague = await signInAs("desk@ironwood.example");
  await openLive(colleague, INBOX);
  await inboxOf(colleague).row(member.name).click();
  await expect(thread.pane.getByText(/has this open too$/)).toBeVisible();
  const theirs = threadOf(colleague, member.name);
  await expect(theirs.pane.getByText(/has this open too$/)).toBeVisible();
  await theirs.field.fill("I am on it");
  await expect(thread.pane.getByText(/is writing here$/)).toBeVisible();
  await theirs.field.fill("");
  await colleague.goto("about:blank");
  await expect(thread.pane.getByText(/has this open too$/)).toBeHidden();
});
