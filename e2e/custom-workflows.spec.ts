import type { Page } from "@playwright/test";

import { worldOf } from "#local/vendors/world.ts";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { clubOf, memberOf, type Member } from "./stack.ts";

const NAME = "Thanks to the guests";
const SLUG = "ironwood-chicago";

/** The ones the task below is about: nobody whom another test of this club counts. */
const guestsOf = (slug: string): readonly Member[] =>
  worldOf(clubOf(slug)).flatMap(({ isMinor, standing }, index) =>
    standing === "pay_per_visit" && !isMinor ? [memberOf(slug, index + 1)] : [],
  );

const stateOf = (page: Page) => page.getByRole("status").filter({ hasText: /^State: / });
const personOf = (page: Page, { name }: Member) =>
  page.getByRole("region", { name: "People" }).getByRole("listitem").filter({ hasText: name });

/** Writes the task, allows it to text, and waits for its dry run. */
const writeTask = async (page: Page, { slug, task }: { readonly slug: string; readonly task: string }): Promise<void> => {
  await openLive(page, `/${slug}/workflows`);
  await page.getByRole("link", { name: "New task" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(NAME);
  await page.getByRole("textbox", { name: "What is to be done" }).fill(task);
  await page.getByRole("checkbox", { name: /^Count pay-per-visit members/ }).check();
  await page.getByRole("checkbox", { name: /^Text one person/ }).check();
  await page.getByRole("radio", { name: "Notes about their membership" }).check();
  await page.getByRole("button", { name: "Save and see the dry run" }).click();
  await expect(page.getByRole("heading", { name: NAME })).toBeVisible();
  await expect(page.getByText(/^As of /)).toBeVisible();
};

test("an owner writes a task, sees its dry run, lets it go live, says yes to its first run, and sees what became of each person", async ({
  signInAs,
}) => {
  const members = guestsOf(SLUG);
  const [first] = members;
  if (first === undefined) {
    throw new Error("nobody pays per visit");
  }
  const page = await signInAs("owner@ironwood.example");
  // Somebody who wrote a moment ago may be answered at any hour, so that this holds by night as well.
  await Promise.all(members.map((member) => member.text("Thanks!")));
  await writeTask(page, {
    slug: SLUG,
    task: "Every Monday text each pay-per-visit member “Hi {name}, {club} says thank you for coming by.”",
  });
  const did = page.getByRole("list", { name: "What it used" });
  await expect(did).toContainText("Count the pay-per-visit members");
  await expect(did.getByText("Planned", { exact: true }).first()).toBeVisible();
  await expect(personOf(page, first)).toContainText("would be done");
  await personOf(page, first).getByText("The text it would be").click();
  await expect(personOf(page, first)).toContainText("Reply STOP to opt out.");

  await page.getByRole("button", { name: "Let it go live" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Go live" }).click();
  await expect(page.getByRole("heading", { name: "It is live" })).toBeVisible();
  await page.getByRole("button", { name: `run now: ${NAME}` }).click();
  await expect(stateOf(page)).toHaveText("State: Waiting for yes");
  expect((await first.heard()).filter((text) => text.includes("thank you for coming by"))).toEqual([]);
  await page.getByRole("button", { name: /^Yes, act for/ }).click();
  await expect(stateOf(page)).toHaveText("State: Finished");
  await expect(personOf(page, first)).toContainText("sent");
  await expect.poll(async () => (await first.heard()).filter((text) => text.includes("thank you for coming by")).length).toBe(1);
  await page.getByRole("link", { name: "All runs of it" }).click();
  await page.getByRole("tab", { name: "Preview", exact: true }).click();
  await page.getByRole("button", { name: "Back to dry run" }).click();
  await expect(page.getByRole("heading", { name: "It is a dry run" })).toBeVisible();
});

test("a task that cannot be understood says so and plans nothing", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  await writeTask(page, { slug: SLUG, task: "Make the place a bit nicer for everybody, please." });
  await expect(page.getByText("I could not make out what this task wants done.")).toBeVisible();
  await expect(page.getByText("It used no tool.")).toBeVisible();
});

test("a built-in workflow is copied with its task, its tools and its times, and stays as it is", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  await openLive(page, `/${SLUG}/workflows`);
  await page.getByRole("list", { name: "Workflows" }).getByRole("link", { name: "Escalation", exact: true }).click();
  await page.getByRole("link", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Copy of Escalation");
  await expect(page.getByRole("textbox", { name: "What is to be done" })).toHaveValue(/owe more than 200/);
  await expect(page.getByRole("checkbox", { name: /^Write a note about a member/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Text one person/ })).not.toBeChecked();
  await page.getByRole("button", { name: "Save and see the dry run" }).click();
  await expect(page.getByText(/^As of /)).toBeVisible();
  await openLive(page, `/${SLUG}/workflows`);
  const list = page.getByRole("list", { name: "Workflows" });
  await expect(list.getByRole("link", { name: "Escalation", exact: true })).toBeVisible();
  await expect(list.getByRole("link", { name: "Copy of Escalation" })).toBeVisible();
});

for (const { look, name } of [
  { name: "a desk", look: DESK },
  { name: "a phone", look: PHONE },
]) {
  test(`the editor of a task has no fault that an automatic check finds, light and dark, on ${name}`, async ({ signInAs }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    await openLive(page, `/${SLUG}/workflows/new?from=past_due`);
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(/^Copy of/);
    expect(await accessibilityFaults(page), "editor").toEqual([]);
  });
}
