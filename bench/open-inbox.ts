import { chromium, type Browser, type Page } from "@playwright/test";

import { findBrowser } from "#local/start/find-browser.ts";

import { DEMO_PASSWORD } from "../prisma/demo.ts";

const WITHIN_MS = 30_000;

export type OpenInbox = {
  /** Instant (ms) at which each of the texts was first painted in the list; those never seen are missing. */
  readonly paintedAtMs: () => Promise<ReadonlyMap<string, number>>;
  readonly close: () => Promise<void>;
};

type OpenOptions = { readonly appUrl: string; readonly email: string; readonly clubSlug: string; readonly texts: readonly string[] };

/** Signs in in a real browser, leaves the inbox open and watches for the texts to be painted. */
export const openInbox = async ({ appUrl, email, clubSlug, texts }: OpenOptions): Promise<OpenInbox> => {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await signIn(browser, { appUrl, email });
    await page.goto(`${appUrl}/${clubSlug}/inbox?view=all`);
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WITHIN_MS });
    await page.evaluate(watchForTexts, texts);
    return {
      paintedAtMs: async () => new Map(Object.entries(await page.evaluate(readPainted))),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
};

/** A page of one person who has just signed in. */
export const signIn = async (browser: Browser, { appUrl, email }: { readonly appUrl: string; readonly email: string }): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-US" });
  await page.goto(`${appUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${appUrl}/**/inbox**`, { timeout: WITHIN_MS });
  return page;
};

/** The page's own record; both functions run inside the page and see nothing of this file. */
type Watched = typeof globalThis & { benchPainted?: Record<string, number> };

const watchForTexts = (texts: readonly string[]): void => {
  const painted: Record<string, number> = {};
  (globalThis as Watched).benchPainted = painted;
  const waiting = new Set(texts);
  const isOnScreen = (element: Element): boolean => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  const look = (): void => {
    for (const row of document.querySelectorAll("[data-conversation]")) {
      const shown = row.textContent;
      for (const text of waiting) {
        if (shown.includes(text) && isOnScreen(row)) {
          waiting.delete(text);
          // A task queued in a frame runs after that frame has been painted.
          requestAnimationFrame(() => setTimeout(() => (painted[text] = Date.now()), 0));
        }
      }
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
};

const readPainted = (): Record<string, number> => (globalThis as Watched).benchPainted ?? {};
