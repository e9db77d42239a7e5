import type { Page } from "@playwright/test";
import pg from "pg";

import { worldOf } from "#local/vendors/world.ts";
import { todayIn } from "#server/domain/calendar-date.ts";

import { expect, openLive } from "./fixtures.ts";
import { clubOf } from "./stack.ts";

const DAY_MS = 86_400_000;

export type Debtor = { readonly name: string; readonly balanceMinor: bigint; readonly daysPastDue: number };

/** Who owes in a club, the longest first: each test takes people nobody else takes. A place below 0 counts from the end. */
export const debtorAt = (slug: string, place: number): Debtor => {
  const debtors = worldOf(clubOf(slug))
    .filter(({ isMinor, standing }) => standing === "past_due" && !isMinor)
    .toSorted((left, right) => right.daysPastDue - left.daysPastDue || (left.id < right.id ? -1 : 1))
    .map(({ balanceMinor, daysPastDue, firstName, lastName }) => ({ name: `${firstName} ${lastName}`, balanceMinor, daysPastDue }));
  const debtor = debtors.at(place);
  if (debtor === undefined) {
    throw new Error(`only ${debtors.length} people owe in ${slug}`);
  }
  return debtor;
};

/** Opens one of the people who owe by the search and their row. */
export const openDebt = async (page: Page, slug: string, debtor: Debtor) => {
  await openLive(page, `/${slug}/workflows/past-due`);
  await page.getByRole("searchbox", { name: "Search people who owe" }).fill(debtor.name);
  await page.getByRole("button", { name: debtor.name }).click();
  const sheet = page.getByRole("dialog", { name: debtor.name });
  await expect(sheet.getByRole("region", { name: "What comes next" })).toBeVisible();
  return sheet;
};

/** A dialog over the sheet: fills what it asks for and presses its button. */
export const answer = async (
  page: Page,
  { button, fields, title }: { title: string; button: string; fields: Readonly<Record<string, string>> },
): Promise<void> => {
  const dialog = page.getByRole("dialog", { name: title });
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label).fill(value);
  }
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
};

/**
 * As if somebody had owed for so long: no vendor tells since when, so that Spotter counts from the day it first sees a debt, and a stack that was
 * started a moment ago has seen none before today. Put in as the owner of the tables.
 */
export const oweFor = async (slug: string, { name }: Debtor, days: number): Promise<void> => {
  const client = new pg.Client({ connectionString: process.env["OWNER_DATABASE_URL"] });
  await client.connect();
  try {
    // Days are those of the club: in its evening another day has begun in Greenwich.
    const since = todayIn(clubOf(slug).timeZone, new Date(Date.now() - days * DAY_MS));
    const { rowCount } = await client.query(
      `update "Member" set "pastDueSinceOn" = $1 where "clubId" = $2 and "firstName" || ' ' || "lastName" = $3`,
      [since, clubOf(slug).id, name],
    );
    if (rowCount !== 1) {
      throw new Error(`${rowCount ?? 0} members are called ${name}`);
    }
  } finally {
    await client.end();
  }
};
