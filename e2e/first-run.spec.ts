import type { Page } from "@playwright/test";

import { accessibilityFaults, expect, PHONE, test } from "./fixtures.ts";
import { foundClub } from "./found-club.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { name });

test("a new owner goes from sign-up to shadow mode, and the test chat answers from an article they wrote", async ({ openStranger }) => {
  const page = await openStranger();
  await foundClub(page, "Harbor Fitness");
  await expect(page.getByText("Spotter is in shadow", { exact: false })).toBeVisible();

  await page.getByRole("link", { name: /^Connect a vendor/ }).click();
  await page.getByRole("button", { name: "Use the demo sandbox" }).click();

  await expect(heading(page, "When can members come in?")).toBeVisible();
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(heading(page, "When is somebody at the front desk?")).toBeVisible();
  await page.getByRole("button", { name: "Skip" }).click();
  await expect(heading(page, "On which holidays are you closed, or open for fewer hours?")).toBeVisible();
  await page.getByRole("button", { name: "Skip" }).click();
  await expect(heading(page, "What does it cost?")).toBeVisible();
  await page.getByLabel("Day pass").fill("17.50");
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("The day pass is $17.50.");
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(heading(page, "May members bring a guest?")).toBeVisible();

  // Left in the middle and found again: what was done stays.
  await page.goto("/");
  await expect(page.getByText("2 of 10 answered", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: /^Try Spotter/ }).click();
  await page.getByRole("button", { name: "How much is a day pass?" }).click();
  await expect(page.getByRole("log", { name: "Test conversation" })).toContainText("$17.50");
  await page.getByRole("link", { name: "Go on" }).click();

  await page.getByRole("button", { name: "Put this list away" }).click();
  await expect(page).toHaveURL(/\/inbox/);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Agent" }).click();
  await expect(page.getByRole("radio", { name: "Shadow" }).first()).toBeChecked();
});

test("the second club of a franchise begins at the club, and is nobody else's", async ({ openStranger }) => {
  const page = await openStranger();
  await foundClub(page, "Quarry Gym");
  await page.goto("/start");
  await expect(heading(page, "Another club of Quarry Gym Group")).toBeVisible();
  await page.getByLabel("Name of the club").fill("Quarry Gym South");
  await page.getByRole("button", { name: "Create the club" }).click();
  await expect(heading(page, "Set up Quarry Gym South")).toBeVisible();

  const stranger = await openStranger();
  await foundClub(stranger, "Elsewhere");
  const answer = await stranger.goto(new URL(page.url()).pathname);
  expect(answer?.status()).toBe(404);
});

test("no step has a fault that an automatic check finds, light and dark, on a phone", async ({ openStranger }) => {
  const page = await openStranger({ viewport: PHONE, isMobile: true, hasTouch: true });
  await foundClub(page, "Ridge Club");
  expect(await accessibilityFaults(page), "list").toEqual([]);
  for (const step of ["questions", "try"]) {
    await page.goto(`${new URL(page.url()).pathname}?step=${step}`);
    await expect(page.getByRole("link", { name: "All steps" }).first()).toBeVisible();
    expect(await accessibilityFaults(page), step).toEqual([]);
  }
});

test("the page to sign up has no fault that an automatic check finds, light and dark", async ({ openStranger }) => {
  const page = await openStranger();
  await page.goto("/sign-up");
  await expect(heading(page, "Sign up")).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
});
