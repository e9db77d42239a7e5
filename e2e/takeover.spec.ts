import { expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf, modelThinks } from "./stack.ts";

test("a reply from the vendor's own app takes the conversation over live, Spotter keeps quiet, and hand back lets it answer", async ({
  signInAs,
}) => {
  const member = memberOf("ironwood-denver", 14);
  const question = "Do you have towels?";
  await modelThinks(question, { confidence: 0.95 });
  const page = await signInAs("manager@ironwood.example");
  await openLive(page, "/ironwood-denver/inbox?view=all");

  await member.text("blorp zizzle fnord");
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.action("Take over")).toBeVisible();

  const elsewhere = "Hi, it's the front desk, what do you need?";
  await member.isWrittenToElsewhere(elsewhere);
  await expect(thread.pane.getByRole("article").filter({ hasText: elsewhere })).toBeVisible();
  await expect(thread.pane).toContainText("Replied outside Spotter");
  await expect(thread.action("Hand back")).toBeVisible();

  await member.text(question);
  await expect(thread.said(member.name).filter({ hasText: question })).toContainText("a person is handling this conversation");
  expect(await member.heard()).toEqual([elsewhere]);

  await thread.action("Hand back").click();
  await expect(thread.action("Take over")).toBeVisible();
  await expect.poll(member.heard).toEqual([elsewhere, expect.stringMatching(/AI assistant.*Towels are \$2/)]);
});
