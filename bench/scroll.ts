import { setTimeout as sleep } from "node:timers/promises";

import { chromium, type Locator, type Page } from "@playwright/test";

import { findBrowser } from "#local/start/find-browser.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import { withStack } from "./bench-stack.ts";
import { fillInbox } from "./fill-inbox.ts";
import { figureOf, type Measured } from "./figures.ts";
import { BARS, CONVERSATION_COUNT, THREAD_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { signIn } from "./open-inbox.ts";
import { print, publish } from "./report.ts";
import { warmUp } from "./warm-up.ts";
import { readDatabase } from "./read-database.ts";

const SLUG = "ironwood-denver";
const OWNER = "owner@ironwood.example";
/** A finger that is in a hurry: so many pixels, so often in a second. */
const STEP_PX = 1_500;
const STEPS_PER_SECOND = 20;
/** Nothing new for so many steps in a row: this is the end. */
const STILL_STEPS = 60;
const WITHIN_MS = 30_000;

/** A list of 20,000 conversations and a thread of 5,000 messages, scrolled from end to end; true when the page was never busy for long. */
export const benchScroll = async (): Promise<boolean> => {
  const loadBefore = loadAverage();
  const club = DEMO_CLUBS.find(({ slug }) => slug === SLUG);
  if (club === undefined) {
    throw new Error(`The demo has no club ${SLUG}.`);
  }
  return withStack(async (running) => {
    await warmUp({ running, database: readDatabase(running.ownerUrl) });
    const longest = await fillInbox(running.ownerUrl, {
      clubId: club.id,
      conversationCount: CONVERSATION_COUNT,
      messageCount: THREAD_COUNT,
    });
    print(`${CONVERSATION_COUNT} conversations, ${THREAD_COUNT} messages in the newest.`);
    const browser = await chromium.launch({
      executablePath: findBrowser(),
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    });
    try {
      const page = await signIn(browser, { appUrl: running.info.appUrl, email: OWNER });
      const inbox = `${running.info.appUrl}/${SLUG}/inbox`;
      await page.goto(`${inbox}?view=all`);
      await page.getByText("Live", { exact: true }).waitFor({ timeout: WITHIN_MS });
      const list = await scrollToEnd(page, { over: page.locator("[data-conversation]").first(), direction: 1 });
      await page.goto(`${inbox}?view=all&conversation=${longest}`);
      const messages = page.getByRole("group", { name: "Messages" });
      await messages.waitFor({ timeout: WITHIN_MS });
      const thread = await scrollToEnd(page, { over: messages, direction: -1 });
      const measured: readonly Measured[] = [
        { name: "list: tasks over 50 ms", valuesMs: list.longTasksMs, barMs: BARS.longTaskMs },
        { name: "thread: tasks over 50 ms", valuesMs: thread.longTasksMs, barMs: BARS.longTaskMs },
      ];
      const isPassed =
        list.longTasksMs.length + thread.longTasksMs.length === 0 &&
        // The warm-up and the demo have conversations of their own.
        list.shownCount >= CONVERSATION_COUNT &&
        thread.shownCount >= THREAD_COUNT;
      print(`Reached: ${list.shownCount} conversations, ${thread.shownCount} messages.`);
      publish({
        bench: "scroll",
        isPassed,
        figures: measured.filter(({ valuesMs }) => valuesMs.length > 0).map(figureOf),
        details: { list, thread },
        loadBefore,
      });
      return isPassed;
    } finally {
      await browser.close();
    }
  });
};

type Scrolled = {
  /** Of the page's main thread, by its own observer. */
  readonly longTasksMs: readonly number[];
  /** The most entries it said it has. */
  readonly shownCount: number;
  readonly seconds: number;
};

type Scroll = { readonly over: Locator; readonly direction: 1 | -1 };

/** Turns the wheel over a place until nothing new comes and nothing moves any more. */
const scrollToEnd = async (page: Page, { over, direction }: Scroll): Promise<Scrolled> => {
  await over.hover();
  await page.evaluate(watchLongTasks);
  const startedAtMs = Date.now();
  let stillSteps = 0;
  let shownCount = 0;
  let placePx = 0;
  while (stillSteps < STILL_STEPS) {
    await page.mouse.wheel(0, direction * STEP_PX);
    await sleep(1_000 / STEPS_PER_SECOND);
    if (direction < 0) {
      await page.evaluate(pressEarlier);
    }
    const now = await page.evaluate(readPlace);
    stillSteps = now.count > shownCount || now.placePx !== placePx ? 0 : stillSteps + 1;
    shownCount = Math.max(shownCount, now.count);
    placePx = now.placePx;
  }
  return { longTasksMs: await page.evaluate(readLongTasks), shownCount, seconds: Math.round((Date.now() - startedAtMs) / 1_000) };
};

/** These run inside the page and see nothing of this file. */
type Watched = typeof globalThis & { benchLongTasks?: number[] };

const watchLongTasks = (): void => {
  const tasks: number[] = [];
  (globalThis as Watched).benchLongTasks = tasks;
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({
    type: "longtask",
  });
};

const readLongTasks = (): number[] => (globalThis as Watched).benchLongTasks ?? [];

/** By its own event: a click with the mouse would move the page to the button. It is gone at the beginning of the thread. */
const pressEarlier = (): void => {
  [...document.querySelectorAll<HTMLButtonElement>('[aria-label="Messages"] button:enabled')]
    .find(({ textContent }) => textContent === "Load earlier messages")
    ?.click();
};

/** How many entries the thread, or where there is none the list says it has, and where it stands. */
const readPlace = (): { count: number; placePx: number } => {
  const messages = document.querySelector('[aria-label="Messages"]');
  const entry = messages?.querySelector("article") ?? document.querySelector("[data-conversation]")?.closest("li");
  return {
    count: Number(entry?.getAttribute("aria-setsize") ?? 0),
    placePx: (messages ?? entry?.closest("ul")?.parentElement)?.scrollTop ?? 0,
  };
};
