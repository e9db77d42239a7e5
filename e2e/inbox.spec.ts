import { countLoads, expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { ASKED_OF_THE_MODEL, memberOf, modelAnswers, modelThinks } from "./stack.ts";

const MANAGER = "manager@ironwood.example";
const INBOX = "/ironwood-denver/inbox?view=all";

test("a question appears in the open browser, Spotter's answer says that an AI writes and reaches the phone, and the reasons are one click away", async ({
  signInAs,
}) => {
  const member = memberOf("ironwood-denver", 1);
  await modelAnswers({ confidence: 0.94 });
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);
  const loads = countLoads(page);

  await member.text(ASKED_OF_THE_MODEL);
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.said(member.name)).toContainText(ASKED_OF_THE_MODEL);
  await expect(thread.bySpotter).toContainText("AI assistant");
  await expect(thread.bySpotter).toContainText("cello can wait");
  await expect(thread.bySpotter).toContainText("Delivered");
  await expect.poll(member.heard).toEqual([expect.stringMatching(/AI assistant.*cello can wait/)]);

  await thread.why.click();
  await expect(thread.pane.getByRole("meter", { name: /Confidence/ })).toHaveAttribute("aria-valuetext", /0\.94/);
  await expect(thread.pane.getByRole("definition").filter({ hasText: /^f\d+\.c\d+$/ })).toBeVisible();
  await expect(thread.pane.getByRole("definition").filter({ hasText: "Question" })).toBeVisible();
  expect(loads()).toBe(0);
});

test("a complaint needs a person, and the member is told so in one honest line", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 3);
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);

  await member.text("The treadmill is broken again and nobody cares. This is unacceptable.");
  const row = inboxOf(page).row(member.name);
  await expect(row).toContainText("Needs you");
  await expect.poll(member.heard).toEqual([expect.stringContaining("I'm passing this to a person at Ironwood Denver")]);

  await row.click();
  const thread = threadOf(page, member.name);
  await expect(thread.pane).toContainText("Spotter asked for a person");
  await expect(thread.why.filter({ hasText: "complaints always go to a person" }).first()).toBeVisible();
});

test("a draft Spotter is not sure of waits until the manager has edited and approved it", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 6);
  await modelAnswers({ confidence: 0.72 });
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);

  await member.text(ASKED_OF_THE_MODEL);
  const row = inboxOf(page).row(member.name);
  await expect(row).toContainText("Draft to approve");
  await row.click();
  const thread = threadOf(page, member.name);
  await expect(thread.draft).toContainText("Nothing of it has gone out");
  expect(await member.heard()).toEqual([]);

  const edited = "Yes, it can stand in the office. Just ask at the desk.";
  await thread.draft.getByRole("button", { name: "Edit" }).click();
  await thread.draft.getByRole("textbox", { name: "Edited draft" }).fill(edited);
  await thread.draft.getByRole("button", { name: "Approve and send" }).click();
  await expect(thread.draft).toBeHidden();
  await expect.poll(member.heard).toEqual([edited]);
  await expect(thread.pane.getByRole("article").filter({ hasText: edited })).toContainText("Delivered");
});

test("a reply of the manager takes the conversation over, Spotter keeps quiet, and after handing back it answers what waited", async ({
  signInAs,
}) => {
  const member = memberOf("ironwood-denver", 9);
  const question = "Do you sell gift cards?";
  await modelThinks(question, { confidence: 0.95 });
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);

  await member.text("blorp zizzle fnord");
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.pane).toContainText("Sending takes it over");
  const reply = "Hello, Marlow here. How can I help?";
  await thread.field.fill(reply);
  await thread.field.press("Enter");
  await expect(thread.said("Marlow Finch")).toContainText("Delivered");
  await expect.poll(member.heard).toEqual([reply]);
  await expect(thread.action("Hand back")).toBeVisible();

  await member.text(question);
  await expect(thread.said(member.name).filter({ hasText: question })).toContainText("a person is handling this conversation");
  expect(await member.heard()).toEqual([reply]);

  await thread.action("Hand back").click();
  await expect(thread.pane).toContainText("Marlow Finch handed back to Spotter");
  await expect.poll(member.heard).toEqual([reply, expect.stringMatching(/AI assistant.*Gift cards are sold/)]);
});

test("unread messages are counted until the conversation is opened, and a resolved one opens again when the member writes", async ({
  signInAs,
}) => {
  const member = memberOf("ironwood-denver", 12);
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);
  const inbox = inboxOf(page);

  await member.text("hello");
  await expect(inbox.row(member.name)).toContainText("1 unread");
  await member.text("anybody there");
  await expect(inbox.row(member.name)).toContainText("2 unread");
  await inbox.row(member.name).click();
  await expect(inbox.row(member.name)).not.toContainText("unread");

  const thread = threadOf(page, member.name);
  await thread.action("Take over").click();
  await expect(thread.action("Hand back")).toBeVisible();
  await thread.action("Resolve").click();
  await expect(thread.action("Reopen")).toBeVisible();
  await expect(inbox.row(member.name)).toBeHidden();
  await inbox.view("Resolved").click();
  await expect(inbox.row(member.name)).toContainText("Resolved");

  await member.text("one more thing");
  await expect(inbox.row(member.name)).toBeHidden();
  await inbox.view("All").click();
  await expect(inbox.row(member.name)).toContainText("one more thing");
});
