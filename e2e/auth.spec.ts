import { DEMO_PASSWORD } from "../prisma/demo.ts";

import { expect, fillSignIn, test } from "./fixtures.ts";

test("a wrong password is refused without saying what was wrong, the right one leads to the page that was asked for, and signing out closes it again", async ({
  openStranger,
}) => {
  const page = await openStranger();
  await page.goto("/ironwood-denver/approvals");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await fillSignIn(page, { email: "desk@ironwood.example", password: "not-the-password" });
  await expect(page.getByRole("alert").filter({ hasText: "E-mail and password do not match" })).toBeVisible();
  await fillSignIn(page, { email: "desk@ironwood.example", password: DEMO_PASSWORD });
  await expect(page).toHaveURL(/\/ironwood-denver\/approvals$/);

  await page.getByRole("button", { name: /Tansy Brook, your menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/ironwood-denver/inbox");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("the club switcher offers an owner the clubs of the own franchise and changes between them", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  await page.goto("/ironwood-denver/inbox");
  await page.getByRole("button", { name: "Ironwood Denver, switch club" }).click();
  const clubs = page.getByRole("menu").getByRole("menuitem");
  await expect(clubs).toHaveText(["Ironwood Chicago", "Ironwood Denver", "Ironwood Phoenix"]);
  await clubs.filter({ hasText: "Ironwood Chicago" }).click();
  await expect(page).toHaveURL(/\/ironwood-chicago\/inbox/);
  await expect(page.getByRole("button", { name: "Ironwood Chicago, switch club" })).toBeVisible();
});

test("an invitation link lets exactly one new person in, with the role it was made for", async ({ signInAs, openStranger }) => {
  const owner = await signInAs("owner@fairway.example");
  await owner.goto("/fairway-brooklyn/team");
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await owner.getByLabel("E-mail").fill("petra.novak@fairway.example");
  await owner.getByRole("group", { name: "Role" }).getByText("Manager").click();
  await owner.getByRole("button", { name: "Make the link" }).click();
  const link = await owner.getByRole("textbox", { name: "Invitation link" }).inputValue();
  await owner.getByRole("button", { name: "Done" }).click();
  await expect(owner.getByText("petra.novak@fairway.example")).toBeVisible();

  const newcomer = await openStranger();
  await newcomer.goto(link);
  await newcomer.getByLabel("Your name").fill("Petra Novak");
  await newcomer.getByLabel("Password", { exact: true }).fill("four-words-in-a-row");
  await newcomer.getByRole("button", { name: "Join" }).click();
  await expect(newcomer).toHaveURL(/\/fairway-brooklyn\/inbox/);
  await newcomer.goto("/fairway-brooklyn/team");
  await expect(newcomer.getByRole("listitem").filter({ hasText: "Petra Novak (you)" })).toContainText("Manager");

  const second = await openStranger();
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});
