import type { Page } from "@playwright/test";

import { expect } from "./fixtures.ts";

const PASSWORD = "four plates on friday";

/** A stranger founds a franchise; the window shows the list of things to set up. */
export const foundClub = async (page: Page, club: string): Promise<void> => {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Wren Ashdown");
  await page.getByLabel("E-mail").fill(`founder-${crypto.randomUUID()}@people.example`);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Your first club" })).toBeVisible();
  await page.getByLabel("Name of your business").fill(`${club} Group`);
  await page.getByLabel("Name of the club").fill(club);
  await page.getByRole("button", { name: "Create the club" }).click();
  await expect(page.getByRole("heading", { name: `Set up ${club}` })).toBeVisible();
};
