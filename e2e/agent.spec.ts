import type { Page } from "@playwright/test";

import { accessibilityFaults, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf } from "./inbox-page.ts";
import { memberOf, modelThinks } from "./stack.ts";

const OWNER = "owner@ironwood.example";
const CLUB = "ironwood-chicago";
const REPLY = "Good question. Which day were you thinking of?";

/** The topic's own part of the page. */
const topicOf = (page: Page, name: string) => {
  const group = page.getByRole("group", { name, exact: true });
  return {
    slider: group.getByRole("slider", { name: `${name}: threshold` }),
    verdict: group.getByText(/Would have answered/),
  };
};

/** Drags the thumb to the left end of its track. */
const dragToTheLeft = async (page: Page, slider: ReturnType<typeof topicOf>["slider"]): Promise<void> => {
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) {
    throw new Error("the slider is not on the screen");
  }
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 100, y, { steps: 5 });
  await page.mouse.move(x - 900, y, { steps: 5 });
  await page.mouse.up();
};

test("an owner drags a threshold, sees what last week would have looked like, publishes, the next message goes out alone, and goes back", async ({
  signInAs,
}) => {
  const [first, second] = [memberOf(CLUB, 2), memberOf(CLUB, 4)];
  const question = "Do you rent out rowing boats?";
  await modelThinks(question, { category: "question", riskFlags: [], confidence: 0.72, answerable: true, reply: REPLY, promises: [] });
  const page = await signInAs(OWNER);
  await openLive(page, `/${CLUB}/inbox?view=all`);
  await first.text(question);
  await expect(inboxOf(page).row(first.name)).toContainText("Draft to approve");

  await openLive(page, `/${CLUB}/agent`);
  const topic = topicOf(page, "Question");
  await expect(topic.slider).toHaveAttribute("aria-valuetext", "0.85");
  await expect(topic.verdict).toHaveText(/Would have answered (\d+) of (\d+) alone/);
  const before = await topic.verdict.textContent();
  await dragToTheLeft(page, topic.slider);
  await expect(topic.slider).toHaveAttribute("aria-valuetext", "0.60");
  await expect(topic.verdict).not.toHaveText(before ?? "");
  const bar = page.getByRole("region", { name: "Your changes" });
  await expect(bar).toContainText("1 change");

  await bar.getByRole("button", { name: "See what last week would have looked like" }).click();
  const review = page.getByRole("dialog");
  await expect(review.getByRole("listitem").first()).toContainText("Question: threshold");
  await expect(review.getByRole("status")).toContainText(
    /would have answered \d+ of \d+ alone instead of \d+: 1 more, 0 held; 0 of the new ones were later corrected/,
  );
  await review.getByText("1 message would be decided otherwise").click();
  await expect(review.getByRole("link", { name: first.name })).toBeVisible();
  await review.getByRole("textbox", { name: "Note" }).fill("Questions are safe");
  await review.getByRole("button", { name: "Publish" }).click();
  await expect(review).toBeHidden();
  await expect(bar).toBeHidden();
  await expect(topic.slider).toHaveAttribute("aria-valuetext", "0.60");

  await second.text(question);
  await expect.poll(second.heard).toEqual([expect.stringContaining(REPLY)]);
  expect(await first.heard()).toEqual([]);

  await page.getByRole("tab", { name: "Versions" }).click();
  const versions = page.getByRole("region", { name: "Versions: This club" }).getByRole("listitem");
  await expect(versions.filter({ hasText: "Questions are safe" })).toContainText("In force");
  await versions
    .filter({ hasText: "Version 1" })
    .last()
    .getByRole("button", { name: /Go back to this/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Go back", exact: true }).click();
  await expect(versions.first()).toContainText("Back to version 1");
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(topic.slider).toHaveAttribute("aria-valuetext", "0.85");
});

test("a manager reads the settings and changes none; what is not valid cannot be published; no part has a fault that a check finds", async ({
  signInAs,
}) => {
  const manager = await signInAs("manager@ironwood.example");
  await openLive(manager, "/ironwood-denver/agent");
  await expect(manager.getByText("an owner changes them")).toBeVisible();
  await expect(manager.getByLabel("Name", { exact: true })).toBeDisabled();
  await expect(topicOf(manager, "Question").slider).toBeDisabled();
  await expect(manager.getByRole("tab", { name: "Franchise" })).toHaveCount(0);

  const page = await signInAs(OWNER, { viewport: PHONE });
  await openLive(page, "/ironwood-denver/agent");
  expect(await accessibilityFaults(page), "settings").toEqual([]);
  await page.getByLabel("Disclosure", { exact: true }).fill("Hi, this is Sam.");
  await expect(page.getByText("The disclosure must say that an AI writes")).toBeVisible();
  const bar = page.getByRole("region", { name: "Your changes" });
  await expect(bar).toContainText("Not valid yet: Disclosure");
  await expect(bar.getByRole("button", { name: "Publish" })).toBeDisabled();
  await bar.getByRole("button", { name: "Discard" }).click();
  await expect(bar).toBeHidden();
  for (const tab of ["Versions", "Franchise"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
    expect(await accessibilityFaults(page), tab).toEqual([]);
  }
});
