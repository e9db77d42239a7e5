import { answer, debtorAt, openDebt } from "./debts.ts";
import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";

const SLUG = "ironwood-denver";
const PAGE = `/${SLUG}/workflows/past-due`;
const DAY_MS = 86_400_000;

test("an owner finds who owes, records a promise, and reads that the ladder is paused and until when", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  const debtor = debtorAt(SLUG, -1);
  const sheet = await openDebt(page, SLUG, debtor);
  await sheet.getByRole("button", { name: "Record a promise" }).click();
  const friday = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  await answer(page, { title: "Record a promise", button: "Record the promise", fields: { "Pays by": friday } });
  await expect(sheet.getByText(/^The ladder is paused: this person promised to pay\. It goes on by itself on /)).toBeVisible();
  await expect(sheet.getByRole("region", { name: "What happened" })).toContainText("Promised to pay all of it");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.getByLabel("What comes next").selectOption({ label: "Everything next" });
  await expect(page.getByRole("row").filter({ hasText: debtor.name })).toContainText("Promised");
  await expect(page).toHaveURL(/search=/);
});

test("an owner exempts somebody from locking, and lifts it again", async ({ signInAs }) => {
  const page = await signInAs("owner@ironwood.example");
  const sheet = await openDebt(page, SLUG, debtorAt(SLUG, -2));
  await sheet.getByRole("button", { name: "Exempt from locking" }).click();
  await answer(page, { title: "Exempt from locking", button: "Exempt", fields: { Reason: "A founding member" } });
  const pauses = sheet.getByRole("region", { name: "Promises and pauses" });
  await expect(pauses).toContainText("Exempt, until somebody lifts it");
  await expect(sheet.getByText(/^The ladder is paused: somebody made an exception for this person/)).toBeVisible();
  await pauses.getByRole("button", { name: /^Lift\s?: Exempt$/ }).click();
  await answer(page, { title: "Lift this pause", button: "Lift it", fields: { Reason: "No longer" } });
  await expect(pauses).toBeHidden();
});

for (const { look, name } of [
  { name: "a desk", look: DESK },
  { name: "a phone", look: PHONE },
]) {
  test(`neither the list of debts, one of them, nor the reports have a fault that an automatic check finds, on ${name}`, async ({
    signInAs,
  }) => {
    const page = await signInAs("owner@ironwood.example", { viewport: look });
    await openLive(page, PAGE);
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    expect(await accessibilityFaults(page), "list").toEqual([]);
    const sheet = await openDebt(page, SLUG, debtorAt(SLUG, -3));
    expect(await accessibilityFaults(page), "sheet").toEqual([]);
    await sheet.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "Pause the ladder" })).toBeVisible();
    expect(await accessibilityFaults(page), "dialog").toEqual([]);
    await openLive(page, `/${SLUG}/workflows/reports`);
    await expect(page.getByRole("form", { name: "Reports to people" })).toBeVisible();
    expect(await accessibilityFaults(page), "reports").toEqual([]);
  });
}
