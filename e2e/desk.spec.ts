import type { Page } from "@playwright/test";

import { DEMO_PASSWORD } from "../prisma/demo.ts";
import { accessibilityFaults, callFrom, expect, fillSignIn, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

const CLUB = "ironwood-denver";
const STAFF = { email: "desk@ironwood.example", name: "Tansy Brook", pin: "274915" };
const MANAGER = { email: "manager@ironwood.example", name: "Marlow Finch", pin: "518203" };
const WRONG = "274916";

/** Signs in by hand: a PIN and a desk ask for a sign-in of the last minutes. */
const signIn = async (page: Page, email: string): Promise<void> => {
  await page.goto("/sign-in");
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
};

const setPin = async (page: Page, pin: string): Promise<void> => {
  await page.goto(`/${CLUB}/settings/me`);
  const panel = page.getByRole("region", { name: "Your PIN" });
  await panel.getByLabel(/PIN/).fill(pin);
  await panel.getByRole("button", { name: /^(Set|Change) the PIN$/ }).click();
  await expect(page.getByText("Your PIN is set")).toBeVisible();
};

const isLocked = (page: Page) => expect(page.getByRole("heading", { name: "Who is at the desk?" })).toBeVisible();

const typePin = async (page: Page, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> => {
  await page.getByRole("radio", { name }).check();
  await page.getByLabel("PIN", { exact: true }).fill(pin);
  await page.getByRole("button", { name: "Open the desk" }).click();
};

const handOver = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Hand over" }).click();
  await isLocked(page);
};

const makeDesk = async (page: Page, name: string): Promise<void> => {
  await page.goto(`/${CLUB}/settings/desk`);
  await page.getByRole("button", { name: "Make this browser a desk" }).click();
  await page.getByLabel("Name of the desk").fill(name);
  await page.getByRole("button", { name: "Make it a desk" }).click();
  await isLocked(page);
};

test("a shared computer acts for nobody until somebody types their PIN, and then in their name, doors apart", async ({ openStranger }) => {
  const [guest, lockedOut] = [memberOf(CLUB, 45), memberOf(CLUB, 46)];
  const [own, counter] = [await openStranger(), await openStranger()];
  await signIn(own, STAFF.email);
  await setPin(own, STAFF.pin);
  await signIn(counter, MANAGER.email);
  await setPin(counter, MANAGER.pin);
  await makeDesk(counter, "Front counter");

  expect(await accessibilityFaults(counter), "the names").toEqual([]);

  // The session of whoever made it a desk is gone from it, and nobody signs in here.
  for (const path of [`/${CLUB}/inbox`, "/sign-in", "/"]) {
    await counter.goto(path);
    await isLocked(counter);
  }
  expect((await callFrom(counter, "/api/pusher/auth", { socket_id: "1.1", channel_name: "private-club" })).status).toBe(403);

  await typePin(counter, { ...STAFF, pin: WRONG });
  await expect(counter.getByRole("alert").filter({ hasText: "not the PIN" })).toBeVisible();
  await typePin(counter, STAFF);
  await expect(counter.getByRole("button", { name: "Hand over" })).toBeVisible();
  await openLive(counter, `/${CLUB}/inbox?view=all`);
  await guest.text("blorp zizzle fnord");
  await inboxOf(counter).row(guest.name).click();
  const thread = threadOf(counter, guest.name);
  await thread.action("Take over").click();
  await thread.field.fill("We have your bottle here at the counter.");
  await thread.action("Send").click();
  await expect(thread.said(STAFF.name)).toContainText("We have your bottle here at the counter.");
  await expect(thread.pane).toContainText(`${STAFF.name} took over`);
  await expect.poll(() => guest.heard()).toContainEqual("We have your bottle here at the counter.");
  await handOver(counter);

  // A manager, who may open doors on a device of their own, may not here.
  await lockedOut.text("I'm locked out, the front door won't open");
  await typePin(counter, MANAGER);
  await expect(counter.getByRole("button", { name: "Hand over" })).toBeVisible();
  await openLive(counter, `/${CLUB}/approvals`);
  const card = counter.getByRole("article").filter({ hasText: lockedOut.name });
  await expect(card).toContainText("Not at the desk: sign in on your own device");
  await expect(card.getByRole("button", { name: "Approve", exact: true })).toBeDisabled();
  await counter.goto(`/${CLUB}/settings/desk`);
  await expect(counter.getByText("Sign in on your own device for this.")).toBeVisible();
  await handOver(counter);
});

test("wrong PINs are limited at a desk, and one that is turned off elsewhere is a stranger's at once", async ({ openStranger }) => {
  const [own, counter] = [await openStranger(), await openStranger()];
  await signIn(own, MANAGER.email);
  await setPin(own, MANAGER.pin);
  await signIn(counter, MANAGER.email);
  const name = `Side door ${crypto.randomUUID().slice(0, 6)}`;
  await makeDesk(counter, name);
  for (let turn = 0; turn < 5; turn += 1) {
    await typePin(counter, { ...MANAGER, pin: WRONG });
    await expect(counter.getByRole("alert").filter({ hasText: "not the PIN" })).toBeVisible();
    await counter.reload();
  }
  await typePin(counter, MANAGER);
  await expect(counter.getByRole("alert").filter({ hasText: "Too many tries" })).toBeVisible();

  await own.goto(`/${CLUB}/settings/desk`);
  await own.getByRole("button", { name: `Turn ${name} off` }).click();
  await own.getByRole("button", { name: "Turn it off" }).click();
  await expect(own.getByText(`${name} is off`)).toBeVisible();
  await counter.goto(`/${CLUB}/inbox`);
  await expect(counter.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
});
