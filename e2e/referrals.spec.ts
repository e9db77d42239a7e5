import { readFile } from "node:fs/promises";

import type { Download, Page } from "@playwright/test";

import { DEMO_PASSWORD } from "../prisma/demo.ts";
import { answer, debtorAt, openDebt, oweFor } from "./debts.ts";
import { expect, fillSignIn, openLive, test } from "./fixtures.ts";

/** Its workflows are set live by no other test, and whoever owes longest there is taken by none. */
const SLUG = "ironwood-denver";
const OWNER = "owner@ironwood.example";
const MANAGER = "manager@ironwood.example";
/** As many as the rule table asks for before a debt may be referred. */
const CALLS = 3;
const LEAST_DAYS = 14;

const stateOf = (page: Page) => page.getByRole("status").filter({ hasText: /^State: / });
const question = (page: Page) => page.getByRole("article").filter({ hasText: /to collections/ });

/** Somebody who has just signed in: a referral asks for that. */
const signInNow = async (page: Page, email: string): Promise<Page> => {
  await page.goto("/sign-in");
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
  return page;
};

const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

test("a debt is referred by two different people, one of whom is not enough, and leaves as a table and as a page", async ({
  openStranger,
}) => {
  const debtor = debtorAt(SLUG, 0);
  const owner = await signInNow(await openStranger(), OWNER);
  const sheet = await openDebt(owner, SLUG, debtor);
  for (let call = 1; call <= CALLS; call += 1) {
    await sheet.getByRole("button", { name: "Log a call" }).click();
    await answer(owner, { title: "Log a call", button: "Log the call", fields: { Note: `Call ${call}, nobody answered` } });
    await expect(sheet.getByRole("region", { name: "What happened" })).toContainText(`Call ${call}, nobody answered`);
  }

  // By now the people of the club have been read.
  await oweFor(SLUG, debtor, LEAST_DAYS);
  await openLive(owner, `/${SLUG}/workflows`);
  await owner.getByRole("list", { name: "Workflows" }).getByRole("link", { name: "Collections referral", exact: true }).click();
  await owner
    .getByRole("button", { name: /^Preview/ })
    .first()
    .click();
  await expect(owner.getByText(/^As of /)).toBeVisible();
  await owner.getByRole("button", { name: "Let it go live" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Go live" }).click();
  await owner.getByRole("button", { name: "run now: Collections referral" }).click();
  await expect(stateOf(owner)).toHaveText("State: Waiting for yes");
  await owner.getByRole("button", { name: /^Yes, act for / }).click();
  const own = owner.getByRole("region", { name: "Cases" }).getByRole("listitem").filter({ hasText: debtor.name }).first();
  await expect(own).toContainText("Waits for two people");
  await expect(owner.getByRole("button", { name: "Export CSV" })).toBeDisabled();
  const run = owner.url();

  await openLive(owner, `/${SLUG}/approvals`);
  await question(owner).getByRole("button", { name: "Approve", exact: true }).click();
  await openLive(owner, run);
  await expect(own).toContainText("Waits for two people");
  await expect(owner.getByRole("list", { name: `Votes on ${debtor.name}` }).getByRole("listitem")).toHaveCount(1);
  await expect(owner.getByRole("button", { name: "Export CSV" })).toBeDisabled();

  const manager = await signInNow(await openStranger(), MANAGER);
  await openLive(manager, `/${SLUG}/approvals`);
  await question(manager).getByRole("button", { name: "Approve", exact: true }).click();
  await expect(question(manager)).toBeHidden();
  await expect(own).toContainText("Referred");
  await expect(owner.getByRole("list", { name: `Votes on ${debtor.name}` }).getByRole("listitem")).toHaveCount(2);

  const save = async (format: "CSV" | "PDF"): Promise<Buffer> => {
    const saving = owner.waitForEvent("download");
    await owner.getByRole("button", { name: `Export ${format}` }).click();
    return bytesOf(await saving);
  };
  const [firstName = ""] = debtor.name.split(" ");
  expect((await save("CSV")).toString("utf8")).toContain(firstName);
  expect((await save("PDF")).subarray(0, 5).toString("latin1")).toBe("%PDF-");
  await expect(own).toContainText("Referred and exported");
});
