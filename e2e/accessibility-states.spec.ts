import type { BrowserContext, Page } from "@playwright/test";

import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { foundClub } from "./found-club.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf } from "./stack.ts";

const SLUG = "ironwood-denver";
const OWNER = "owner@ironwood.example";
const CALLS = /\/api\/trpc\//;

/** What the server says when it refuses: no page asks again by itself. */
const REFUSED = { error: { json: { message: "this does not work today", code: -32_603, data: { code: "FORBIDDEN", httpStatus: 403 } } } };

/** From here on every call of the page fails. */
const failCalls = (page: Page): Promise<unknown> =>
  page.route(CALLS, (route) => {
    const batched = new URL(route.request().url()).pathname.split(",");
    return route.fulfill({ status: 403, contentType: "application/json", body: JSON.stringify(batched.map(() => REFUSED)) });
  });

/** From here on no call of the page is answered, until what this returns is called. */
const holdCalls = async (page: Page): Promise<() => void> => {
  const held = Promise.withResolvers<void>();
  await page.route(CALLS, async (route) => {
    await held.promise;
    await route.abort();
  });
  return held.resolve;
};

/** In both widths and themes, without loading the page again. */
const faultsOf = async (page: Page, where: { readonly within?: string } = {}): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    faults.push(...(await accessibilityFaults(page, where)).map((fault) => `${viewport.width} px, ${fault}`));
  }
  return faults;
};

const pressTab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const pressKey = (key: string) => (page: Page) => page.keyboard.press(key);

/** What asks the server only when somebody opens it, so that it can be caught before and without an answer. */
const ASKED_LATER = [
  { path: "inbox?view=all", open: (page: Page) => inboxOf(page).row(memberOf(SLUG, 38).name).first().click() },
  { path: "approvals", open: pressTab("Decided") },
  { path: "agent", open: pressTab("Versions") },
  { path: "agent/test", open: pressTab("Kept tests") },
] as const;

/** Somebody has written, so that there is a conversation to open. */
const writeFirst = async (page: Page, path: string): Promise<void> => {
  if (path.startsWith("inbox")) {
    const member = memberOf(SLUG, 38);
    await member.text("wuzzle bimbam");
    await openLive(page, `/${SLUG}/${path}`);
    await expect(inboxOf(page).row(member.name).first()).toBeVisible();
  } else {
    await openLive(page, `/${SLUG}/${path}`);
  }
};

for (const { open, path } of ASKED_LATER) {
  test(`no part of ${path.split("?")[0]} that is still on its way has a fault that an automatic check finds, in any width or theme`, async ({
    signInAs,
  }) => {
    const page = await signInAs(OWNER);
    await writeFirst(page, path);
    const release = await holdCalls(page);
    await open(page);
    await expect(page.getByRole("status", { name: /^(Loading|Reading)/ }).first()).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    release();
    await page.unrouteAll({ behavior: "wait" });
  });

  test(`no part of ${path.split("?")[0]} that could not be read has such a fault`, async ({ signInAs }) => {
    const page = await signInAs(OWNER);
    await writeFirst(page, path);
    await failCalls(page);
    await open(page);
    await expect(page.getByRole("main").getByRole("button", { name: "Try again" }).first()).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await page.unrouteAll({ behavior: "wait" });
  });
}

/** What opens above a page, by what opens it. */
const OVERLAYS = [
  {
    path: "inbox?view=all",
    overlays: [
      { name: "palette", open: pressKey("Control+k") },
      { name: "shortcuts", open: pressKey("?") },
      { name: "filters", open: press("Filters") },
      { name: "alerts", open: press(/^Notifications, /) },
      { name: "clubs", open: press(/, switch club$/) },
      { name: "one's own menu", open: press(/, your menu$/) },
      { name: "stop", open: press(/^Stop Spotter/) },
    ],
  },
  {
    path: "members",
    overlays: [
      { name: "filter", open: press(/^Filter/) },
      { name: "columns", open: press(/^Columns/) },
      { name: "saved filters", open: press(/^Saved/) },
    ],
  },
  { path: "team", overlays: [{ name: "invite", open: press("Invite somebody") }] },
  {
    path: "agent",
    overlays: [{ name: "preset", open: (page: Page) => page.getByRole("radio", { name: "Low" }).first().click({ force: true }) }],
  },
  { path: "settings/franchise", overlays: [{ name: "club", open: press(/^Change /) }] },
] as const;

/** What lies below was checked by itself. */
const ABOVE = { within: '[role="dialog"], [role="menu"]' };

for (const { overlays, path } of OVERLAYS) {
  test(`nothing that opens above ${path.split("?")[0]} has such a fault`, async ({ signInAs }) => {
    const page = await signInAs(OWNER);
    await openLive(page, `/${SLUG}/${path}`);
    for (const { name, open } of overlays) {
      await open(page);
      const overlay = page.getByRole("dialog").or(page.getByRole("menu")).first();
      await expect(overlay).toBeVisible();
      expect(await faultsOf(page, ABOVE), name).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(overlay).toBeHidden();
    }
  });
}

test("nothing that opens above a conversation has such a fault", async ({ signInAs }) => {
  const member = memberOf(SLUG, 36);
  const page = await signInAs(OWNER);
  await member.text("wuzzle bimbam");
  await openLive(page, `/${SLUG}/inbox?view=all`);
  await page
    .getByRole("link", { name: new RegExp(`^${member.name}`) })
    .first()
    .click();
  const { action, pane } = threadOf(page, member.name);
  for (const open of [
    () => action("Assign").click(),
    () => action("Snooze").click(),
    () => pane.getByRole("button", { name: "Saved replies" }).click(),
  ]) {
    await open();
    const menu = page.getByRole("menu");
    await expect(menu).toBeVisible();
    expect(await faultsOf(page, ABOVE)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
  }
});

/** A club on its first day. */
const EMPTY = [
  ["inbox", "approvals", "dashboard"],
  ["workflows", "workflows/past-due", "members"],
  ["activity", "knowledge?tab=gaps", "agent/learning"],
  ["agent/test?tab=tests", "connections", "health"],
  ["team", "usage", "settings/franchise"],
] as const;

type EmptyClub = { readonly slug: string; readonly storageState: Awaited<ReturnType<BrowserContext["storageState"]>> };

/** Founded once: strangers of one address may not found one after the other. */
let founded: EmptyClub | null = null;

const emptyClub = async (openStranger: () => Promise<Page>): Promise<EmptyClub> => {
  if (founded === null) {
    const page = await openStranger();
    await foundClub(page, "Empty Hall");
    founded = { slug: new URL(page.url()).pathname.split("/")[1] ?? "", storageState: await page.context().storageState() };
  }
  return founded;
};

test.describe("an empty club", () => {
  for (const [group, paths] of EMPTY.entries()) {
    test(`has no such fault on its pages, group ${group + 1}`, async ({ openStranger }) => {
      const { slug, storageState } = await emptyClub(openStranger);
      const page = await openStranger({ storageState });
      for (const path of paths) {
        await openLive(page, `/${slug}/${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
        expect(await faultsOf(page), path).toEqual([]);
        await page.setViewportSize(DESK);
      }
    });
  }
});
