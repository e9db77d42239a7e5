import { expect, test } from "./fixtures.ts";
import { APP_URL, clubOf } from "./stack.ts";

const CLUB = clubOf("ironwood-chicago");
const OWNER = "owner@ironwood.example";
const MANAGER = "chicago@ironwood.example";
const CONNECTION = `/${CLUB.slug}/connections/${CLUB.connections.openPhone}`;

test("an owner pauses a connection, is told that a wrong key is wrong, replaces it, and lets it work again", async ({ signInAs }) => {
  const page = await signInAs(OWNER);
  await page.goto(`/${CLUB.slug}/connections`);
  await page.getByRole("region", { name: "Connections" }).getByRole("link", { name: "OpenPhone", exact: true }).click();
  await expect(page.getByRole("heading", { name: "OpenPhone", level: 1 })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Webhook address" })).toHaveValue(
    `${APP_URL}/api/webhooks/openphone/${CLUB.connections.openPhone}`,
  );

  await page.getByRole("button", { name: "Pause" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("the number moves");
  await dialog.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused: the number moves.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Health" })).toContainText("Paused");

  await page.getByRole("button", { name: "Replace" }).click();
  await page.getByLabel("API key").fill("a key nobody knows");
  await page.getByRole("button", { name: "Test and replace" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The vendor does not accept these credentials." })).toBeVisible();
  await page.getByLabel("API key").fill(CLUB.openPhone.apiKey);
  await page.getByRole("button", { name: "Test and replace" }).click();
  await expect(page.getByText("The new values work and are stored")).toBeVisible();
  await expect(page.getByRole("region", { name: "Credentials and settings" })).toContainText("changed");

  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "It works" })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("region", { name: "Health" })).toContainText("Working");
  await page.reload();
  expect(await page.content()).not.toContain(CLUB.openPhone.apiKey);
});

test("a manager sees how a connection is doing, and can change nothing", async ({ signInAs }) => {
  const page = await signInAs(MANAGER);
  await page.goto(CONNECTION);
  await expect(page.getByRole("region", { name: "Health" })).toContainText("Last success");
  for (const name of ["Test", "Pause", "Resume", "Replace", "Remove connection"]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  const call = await page.request.post("/api/trpc/connections.pause", {
    data: { json: { clubId: CLUB.id, connectionId: CLUB.connections.openPhone, reason: "because" } },
    headers: { origin: APP_URL, "sec-fetch-site": "same-origin" },
  });
  expect(call.status()).toBe(403);
  await page.goto(`/${CLUB.slug}/connections/new`);
  await expect(page.getByText("Only an owner connects vendors")).toBeVisible();
});
