import { expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf, modelThinks } from "./stack.ts";

/** Polled every 10 s while nothing happens, and the staff site answers slowly. */
const POLLED_WITHIN_MS = 25_000;

test("a message of the staff site appears by polling and is answered there", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 15);
  const question = "Do gift cards expire?";
  await modelThinks(question, { confidence: 0.95 });
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, "/ironwood-denver/inbox?view=all");

  await member.textClubOs(question);
  const row = inboxOf(page).row(member.name);
  await expect(row).toContainText("ClubOS", { timeout: POLLED_WITHIN_MS });
  await row.click();
  const thread = threadOf(page, member.name);
  await expect(thread.said(member.name)).toContainText(question);
  await expect(thread.bySpotter).toContainText("never expire");
  await expect.poll(member.heardByClubOs, { timeout: POLLED_WITHIN_MS }).toEqual([expect.stringMatching(/AI assistant.*never expire/)]);
  expect(await member.heard()).toEqual([]);
});

test("STOP is confirmed once, closes the composer, and nothing is sent any more", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 18);
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, "/ironwood-denver/inbox?view=all");

  await member.text("STOP");
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.pane).toContainText(`${member.name} opted out`);
  await expect(thread.field).toBeDisabled();
  await expect(thread.pane).toContainText("Nothing may be sent until they opt in again");
  await expect.poll(member.heard).toEqual([expect.stringContaining("you are unsubscribed")]);

  await member.text("Do you have wifi?");
  await expect(thread.why.filter({ hasText: "this person must not be written to" })).toBeVisible();
  expect(await member.heard()).toHaveLength(1);
});
