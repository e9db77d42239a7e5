import { ASKED_OF_THE_MODEL, clubOf, memberOf, modelFails, modelThinks, openPhoneFails } from "./stack.ts";
import { expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { callWebhook } from "./webhook.ts";

const MANAGER = "manager@ironwood.example";
const INBOX = "/ironwood-denver/inbox?view=all";
/** As often as a model is asked for one thought: three times, and once the one that stands in. */
const MODEL_TRIES = 4;
/** Sends of unknown outcome are looked up at the vendor several times a minute. */
const RECONCILED_WITHIN_MS = 45_000;

test("an overloaded model hands the conversation to a person and says why", async ({ signInAs }) => {
  const member = memberOf("ironwood-denver", 20);
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);
  await modelFails("529", MODEL_TRIES);

  await member.text(ASKED_OF_THE_MODEL);
  await expect(inboxOf(page).row(member.name)).toContainText("Needs you");
  await inboxOf(page).row(member.name).click();
  await expect(threadOf(page, member.name).why.filter({ hasText: "the model could not be reached" }).first()).toBeVisible();
  await expect.poll(member.heard).toEqual([expect.stringContaining("I'm passing this to a person")]);
});

test("a reply whose outcome the vendor hides is shown as unconfirmed, then found at the vendor, and is on the phone once", async ({
  signInAs,
}) => {
  const member = memberOf("ironwood-denver", 22);
  const page = await signInAs(MANAGER);
  await openLive(page, INBOX);
  await member.text("blorp zizzle fnord");
  await expect.poll(member.heard).toHaveLength(1);
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  await expect(thread.bySpotter).toContainText("Delivered");

  await openPhoneFails({ kind: "error_after", club: "ironwood-denver", operation: "send", count: 1 });
  await openPhoneFails({ kind: "lost_webhook", club: "ironwood-denver", operation: "webhook", count: 1 });
  const words = "We are looking into it right now.";
  await thread.field.fill(words);
  await thread.action("Send").click();
  const reply = thread.said("Marlow Finch").filter({ hasText: words });
  await expect(reply).toContainText("Not confirmed");
  await expect(reply).toContainText("It may have arrived");

  await expect(reply).toContainText(/Sent|Delivered/, { timeout: RECONCILED_WITHIN_MS });
  await expect(reply).not.toContainText("Not confirmed");
  expect(await member.heard()).toEqual([expect.anything(), words]);
});

test("a webhook that is forged, damaged or too large is refused, and what cannot be read is shown on a card", async ({ signInAs }) => {
  const club = clubOf("ironwood-phoenix");
  const page = await signInAs("phoenix@ironwood.example");
  await openLive(page, `/${club.slug}/inbox`);

  const forged = await callWebhook(club, { body: "{}", key: `whsec_${Buffer.from("somebody else's key").toString("base64")}` });
  expect(forged).toBe(401);
  const huge = await callWebhook(club, { body: JSON.stringify({ text: "x".repeat(300 * 1024) }) });
  expect(huge).toBe(413);
  const damaged = await callWebhook(club, { body: '{"type":"message.received","data":' });
  expect(damaged).toBe(422);

  await page.getByRole("button", { name: /^Notifications, .*, \d+ open in the club$/ }).click();
  const bell = page.getByRole("dialog", { name: "Notifications" });
  await bell.getByRole("tab", { name: "Open in the club" }).click();
  await expect(bell).toContainText("A vendor sent something Spotter does not understand");
});

test("the emergency stop holds every automatic message until it is cleared", async ({ signInAs }) => {
  const [first, second] = [memberOf("fairway-san-diego", 1), memberOf("fairway-san-diego", 2)];
  const question = "Is parking free?";
  await modelThinks(question, { confidence: 0.95 });
  const page = await signInAs("owner@fairway.example");
  await openLive(page, "/fairway-san-diego/inbox?view=all");

  await page.getByRole("button", { name: "Stop Spotter" }).click();
  const dialog = page.getByRole("dialog", { name: /Stop Spotter for Fairway San Diego/ });
  await dialog.getByLabel("Reason").fill("Wrong prices were sent");
  await dialog.getByRole("button", { name: "Stop Spotter" }).click();
  const strip = page.getByRole("alert").filter({ hasText: "Spotter is stopped for Fairway San Diego" });
  await expect(strip).toContainText("Wrong prices were sent");

  await first.text(question);
  await expect(inboxOf(page).row(first.name)).toContainText("Draft to approve");
  expect(await first.heard()).toEqual([]);

  await strip.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume Spotter" }).click();
  await expect(strip).toBeHidden();
  await second.text(question);
  await expect.poll(second.heard).toEqual([expect.stringContaining("Parking is free")]);
  expect(await first.heard()).toEqual([]);
});
