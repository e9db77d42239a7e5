import { DEMO_PASSWORD } from "../prisma/demo.ts";

import AxeBuilder from "@axe-core/playwright";
import { expect as baseExpect, test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";

import { APP_URL, healVendors } from "./stack.ts";

/** The burst window of a few seconds, the model and the vendor, on a small machine that does other things as well. */
const ANSWERED_WITHIN_MS = 20_000;

export const expect = baseExpect.configure({ timeout: ANSWERED_WITHIN_MS });

export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

type SessionState = Awaited<ReturnType<BrowserContext["storageState"]>>;

type Look = Pick<BrowserContextOptions, "viewport" | "hasTouch" | "isMobile" | "storageState">;

type Fixtures = {
  /** A browser window of one person, apart from every other. */
  readonly signInAs: (email: string, look?: Look) => Promise<Page>;
  /** A window of somebody who has never been here. */
  readonly openStranger: (look?: Look) => Promise<Page>;
};
type WorkerFixtures = { readonly sessions: Map<string, SessionState> };

export const test = base.extend<Fixtures & { readonly calmVendors: void }, WorkerFixtures>({
  // Playwright reads the fixture's needs from this pattern; an empty one says that it has none.
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function uses from its pattern
  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],

  signInAs: async ({ browser, sessions }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email, look = {}) => {
      const known = sessions.get(email);
      const context = await browser.newContext({ viewport: DESK, ...look, ...(known === undefined ? {} : { storageState: known }) });
      contexts.push(context);
      const page = await context.newPage();
      if (known === undefined) {
        await page.goto("/sign-in");
        await fillSignIn(page, { email, password: DEMO_PASSWORD });
        await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
        sessions.set(email, await context.storageState());
      }
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  openStranger: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (look = {}) => {
      const context = await browser.newContext({ viewport: DESK, ...look });
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  calmVendors: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function uses from its pattern
    async ({}, use) => {
      await use();
      await healVendors();
    },
    { auto: true },
  ],
});

type Credentials = { readonly email: string; readonly password: string };

export const fillSignIn = async (page: Page, { email, password }: Credentials): Promise<void> => {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
};

/** Opens a page of a club and waits until it hears of news by itself. */
export const openLive = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
};

/** How often the whole document was loaded since the call. */
export const countLoads = (page: Page): (() => number) => {
  let count = 0;
  page.on("load", () => {
    count += 1;
  });
  return () => count;
};

type Called = { readonly status: number; readonly body: unknown };

/** Calls the app as a page of it would, with the cookies and the origin of this window. */
export const callFrom = async (page: Page, path: string, form?: Readonly<Record<string, string>>): Promise<Called> => {
  const response =
    form === undefined
      ? await page.request.get(path)
      : await page.request.post(path, { form: { ...form }, headers: { origin: APP_URL, "sec-fetch-site": "same-origin" } });
  return { status: response.status(), body: await response.json() };
};

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Still called an experiment by axe, and level A: whoever speaks to the page says what stands on the button. */
const MORE_RULES = { "label-content-name-mismatch": { enabled: true } };

/**
 * What an automatic check finds wrong, as `rule: element`, in both themes: in the second one only the colours can
 * differ. The focus guards of a dialog are hidden by design.
 * @param within a selector: only there, for what opens above a page that was checked by itself
 */
export const accessibilityFaults = async (page: Page, { within }: { readonly within?: string } = {}): Promise<readonly string[]> => {
  const check = () => {
    const builder = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
    return within === undefined ? builder : builder.include(within);
  };
  // Without motion no colour is caught halfway to another.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await check().options({ rules: MORE_RULES }).withTags(RULES).analyze();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await check().withRules(["color-contrast"]).analyze();
  return [...named("light", light.violations), ...named("dark", dark.violations)];
};

type Violation = { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] };

const named = (theme: string, violations: readonly Violation[]): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${theme}, ${id}: ${target.join(" ")}`));
