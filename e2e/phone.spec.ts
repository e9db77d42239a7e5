import { expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

test("on a phone the list, the conversation and the way back take the whole screen in turn, above the bottom bar", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 25);
  const page = await signInAs("manager@ironwood.example", { viewport: PHONE, hasTouch: true, isMobile: true });
  await openLive(page, "/ironwood-denver/inbox?view=all");
  const bar = page.getByRole("navigation", { name: "Pages" });
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(PHONE.height);

  await member.text("blorp zizzle fnord");
  const inbox = inboxOf(page);
  await inbox.row(member.name).tap();
  const thread = threadOf(page, member.name);
  await expect(thread.said(member.name)).toBeVisible();
  await expect(inbox.list).toBeHidden();
  await thread.field.fill("A person answers, from the bus.");
  await thread.action("Send").tap();
  await expect(thread.said("Marlow Finch")).toContainText("Delivered");
  await expect.poll(member.heard).toContain("A person answers, from the bus.");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);

  await page.getByRole("button", { name: "Back to the list" }).tap();
  await expect(inbox.row(member.name)).toContainText("A person answers");
  await bar.getByRole("link", { name: "Approvals" }).tap();
  await expect(page.getByRole("heading", { name: "Approvals" })).toBeVisible();
});
