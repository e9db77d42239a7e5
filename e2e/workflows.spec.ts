import type { Page } from "@playwright/test";

import { worldOf } from "#local/vendors/world.ts";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { clubOf, memberOf, type Member } from "./stack.ts";

const GREEN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whoever joined within the last month and owes nothing: the ones a campaign welcomes. */
const newMembersOf = (slug: string): readonly Member[] => {
  const since = new Date(Date.now() - GREEN_DAYS * DAY_MS).toISOString().slice(0, 10);
  return worldOf(clubOf(slug)).flatMap(({ balanceMinor, isMinor, joinedOn, standing }, index) =>
    standing === "good_standing" && !isMinor && balanceMinor === 0n && joinedOn !== null && joinedOn > since
      ? [memberOf(slug, index + 1)]
      : [],
  );
};

/** Somebody who wrote a moment ago may be answered at any hour, so that these tests hold by night as well. */
const writeFirst = async (members: readonly Member[]): Promise<void> => {
  await Promise.all(members.map((member) => member.text("Thanks!")));
};

const openCampaigns = async (page: Page, slug: string): Promise<void> => {
  await openLive(page, `/${slug}/workflows`);
  await page.getByRole("list", { name: "Workflows" }).getByRole("link", { name: "Daily campaigns", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Daily campaigns" })).toBeVisible();
};

/** Makes a preview and waits until it is whole. */
const preview = async (page: Page): Promise<void> => {
  await page
    .getByRole("button", { name: /^Preview/ })
    .first()
    .click();
  await expect(page.getByRole("button", { name: "Let it go live" })).toBeEnabled();
  await expect(page.getByText(/^As of /)).toBeVisible();
};

const personOf = (page: Page, { name }: Member) =>
  page.getByRole("region", { name: "People" }).getByRole("listitem").filter({ hasText: name });
const stateOf = (page: Page) => page.getByRole("status").filter({ hasText: /^State: / });

const goLiveAndRun = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Let it go live" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Go live" }).click();
  await expect(page.getByRole("heading", { name: "It is live" })).toBeVisible();
  await page.getByRole("button", { name: "run now: Daily campaigns" }).click();
  await expect(stateOf(page)).toHaveText("State: Waiting for yes");
};

/** How many of the club's texts each of them has. */
const heardBy = async (members: readonly Member[], words: RegExp): Promise<readonly string[]> =>
  (await Promise.all(members.map((member) => member.heard()))).flat().filter((text) => words.test(text));

test("an owner previews the campaigns, says yes to the first live run, watches it finish, and opens what a member got", async ({
  signInAs,
}) => {
  const slug = "ironwood-phoenix";
  const members = newMembersOf(slug);
  const [first] = members;
  if (first === undefined) {
    throw new Error("nobody joined lately");
  }
  const page = await signInAs("owner@ironwood.example");
  await writeFirst(members);
  await openCampaigns(page, slug);
  await preview(page);
  await expect(personOf(page, first)).toContainText("would be");
  await personOf(page, first).getByText("The text it would be").click();
  await expect(personOf(page, first)).toContainText("Reply STOP to opt out.");

  await goLiveAndRun(page);
  expect(await heardBy(members, /Reply STOP/)).toEqual([]);
  await page.getByRole("button", { name: `Yes, act for ${members.length} people` }).click();
  await expect(stateOf(page)).toHaveText("State: Finished");
  await expect.poll(async () => (await heardBy(members, /Reply STOP/)).length).toBe(members.length);
  await expect(personOf(page, first)).toContainText("sent");
  await page.getByRole("link", { name: `Conversation with ${first.name}` }).click();
  await expect(page.getByRole("region", { name: first.name }).getByText("Reply STOP to opt out.")).toBeVisible();
});

test("a dry run shows whom it would reach and leaves every phone silent", async ({ signInAs }) => {
  const slug = "ironwood-chicago";
  const members = newMembersOf(slug);
  const page = await signInAs("owner@ironwood.example");
  await openCampaigns(page, slug);
  await page.getByRole("button", { name: "run now: Daily campaigns" }).click();
  await expect(stateOf(page)).toHaveText("State: Finished");
  await expect(page.getByRole("main").getByText("Dry run", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "People" })).toContainText("would");
  expect(await heardBy(members, /Reply STOP/)).toEqual([]);
});

test("the emergency stop holds a running campaign, and a stopped run writes to nobody further", async ({ signInAs }) => {
  const slug = "fairway-san-diego";
  const members = newMembersOf(slug);
  const page = await signInAs("owner@fairway.example");
  await writeFirst(members);
  await openCampaigns(page, slug);
  await preview(page);
  await goLiveAndRun(page);
  await page.getByRole("button", { name: /^Stop Spotter/ }).click();
  const stop = page.getByRole("dialog");
  await stop.getByRole("textbox", { name: "Reason" }).fill("Trying the brake");
  await stop.getByRole("button", { name: "Stop Spotter" }).click();
  await expect(page.getByText("The emergency stop holds this run")).toBeVisible();
  await page.getByRole("button", { name: /^Yes, act for/ }).click();
  await expect(stateOf(page)).toHaveText("State: Acting");
  await page.getByRole("button", { name: "Stop this run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop the run" }).click();
  await expect(stateOf(page)).toHaveText("State: Stopped");
  await expect(page.getByRole("region", { name: "People" }).getByText("stopped", { exact: true }).first()).toBeVisible();
  await page.getByRole("alert").getByRole("button", { name: "Resume" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Resume/ })
    .click();
  await expect(page.getByRole("button", { name: /^Stop Spotter/ })).toBeVisible();
  expect(await heardBy(members, /Reply STOP/)).toEqual([]);
});

for (const { look, name } of [
  { name: "a desk", look: DESK },
  { name: "a phone", look: PHONE },
]) {
  test(`neither a workflow nor its run has a fault that an automatic check finds, light and dark, on ${name}`, async ({ signInAs }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    await openCampaigns(page, "ironwood-chicago");
    await preview(page);
    expect(await accessibilityFaults(page), "preview").toEqual([]);
    for (const tab of ["Settings", "Review"]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      await expect(page.getByRole("tabpanel", { name: tab, exact: true })).toBeVisible();
      expect(await accessibilityFaults(page), tab).toEqual([]);
    }
    await page.getByRole("tab", { name: "History" }).click();
    await page.getByRole("link", { name: "Preview", exact: true }).first().click();
    await expect(stateOf(page)).toHaveText("State: Finished");
    expect(await accessibilityFaults(page), "run").toEqual([]);
  });

  test(`neither the overview nor the rules of sending have such a fault on ${name}`, async ({ signInAs }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    for (const path of ["workflows", "workflows/sending", "workflows/texts"]) {
      await openLive(page, `/ironwood-chicago/${path}`);
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
  });
}
