import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { chromium } from "@playwright/test";
import { z } from "zod";

import { findBrowser } from "#local/start/find-browser.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import { BENCH_DIR, withStack } from "./bench-stack.ts";
import { fillInbox } from "./fill-inbox.ts";
import { LIGHTHOUSE_BARS, LIGHTHOUSE_CONVERSATION_COUNT, LIGHTHOUSE_RUN_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { signIn } from "./open-inbox.ts";
import { readDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { warmUp } from "./warm-up.ts";

const SLUG = "ironwood-denver";
const OWNER = "owner@ironwood.example";
const PAGES = ["inbox?view=all", "dashboard", "settings"] as const;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
const FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu";
/** Far more than one page needs, also on a machine that does other things. */
const WITHIN_MS = 240_000;

type Category = (typeof CATEGORIES)[number];
type Scores = Readonly<Record<Category, number>>;

/** Lighthouse over pages of a signed-in owner, with its own throttle of a phone; true when every score is reached. */
export const benchLighthouse = async (): Promise<boolean> => {
  const loadBefore = loadAverage();
  const club = DEMO_CLUBS.find(({ slug }) => slug === SLUG);
  if (club === undefined) {
    throw new Error(`The demo has no club ${SLUG}.`);
  }
  return withStack(async (running) => {
    await warmUp({ running, database: readDatabase(running.ownerUrl) });
    await fillInbox(running.ownerUrl, { clubId: club.id, conversationCount: LIGHTHOUSE_CONVERSATION_COUNT, messageCount: 1 });
    const { appUrl } = running.info;
    const cookie = await cookieOf(appUrl);
    const pages: Record<string, { readonly scores: Scores; readonly missed: readonly string[] }> = {};
    for (const page of PAGES) {
      const runs: Judged[] = [];
      for (let run = 0; run < LIGHTHOUSE_RUN_COUNT; run += 1) {
        runs.push(await judge(`${appUrl}/${SLUG}/${page}`, cookie));
      }
      const scores = mediansOf(runs);
      const missed = CATEGORIES.filter((category) => scores[category] < LIGHTHOUSE_BARS[category]);
      print(
        `${page.padEnd(16)} ${CATEGORIES.map((category) => `${category} ${scores[category]}`).join(", ")}${missed.length === 0 ? "" : "  MISS"}`,
      );
      pages[page] = { scores, missed: missed.length === 0 ? [] : [...new Set(runs.flatMap(({ faults }) => faults))] };
      for (const fault of pages[page].missed) {
        print(`  ${fault}`);
      }
    }
    const isPassed = Object.values(pages).every(({ scores }) =>
      CATEGORIES.every((category) => scores[category] >= LIGHTHOUSE_BARS[category]),
    );
    publish({ bench: "lighthouse", isPassed, figures: [], details: { bars: LIGHTHOUSE_BARS, pages }, loadBefore });
    return isPassed;
  });
};

/** What a browser sends once its owner has signed in. */
const cookieOf = async (appUrl: string): Promise<string> => {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await signIn(browser, { appUrl, email: OWNER });
    return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  } finally {
    await browser.close();
  }
};

const Answer = z.object({
  finalDisplayedUrl: z.string(),
  categories: z.record(
    z.string(),
    z.object({ score: z.number().nullable(), auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.record(z.string(), z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() })),
});

type Judged = { readonly scores: Scores; readonly faults: readonly string[] };

/** One run of Lighthouse's own program, in a browser of its own that is thrown away. */
const judge = async (url: string, cookie: string): Promise<Judged> => {
  const file = path.join(BENCH_DIR, "lighthouse.json");
  const program = path.join(path.dirname(fileURLToPath(import.meta.resolve("lighthouse"))), "..", "cli", "index.js");
  await promisify(execFile)(
    process.execPath,
    [
      program,
      url,
      "--quiet",
      "--output=json",
      `--output-path=${file}`,
      `--only-categories=${CATEGORIES.join(",")}`,
      `--chrome-flags=${FLAGS}`,
      `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      "--no-enable-error-reporting",
    ],
    { env: { ...process.env, CHROME_PATH: findBrowser() }, timeout: WITHIN_MS },
  );
  const { audits, categories, finalDisplayedUrl } = Answer.parse(JSON.parse(await readFile(file, "utf8")));
  if (new URL(finalDisplayedUrl).pathname !== new URL(url).pathname) {
    throw new Error(`Lighthouse was sent from ${url} to ${finalDisplayedUrl}.`);
  }
  const scoreOf = (category: Category): number => Math.round((categories[category]?.score ?? 0) * 100);
  const faults = CATEGORIES.flatMap((category) =>
    (categories[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${category}, ${id}: ${audits[id]?.displayValue ?? audits[id]?.title}`),
  );
  return {
    scores: { performance: scoreOf("performance"), accessibility: scoreOf("accessibility"), "best-practices": scoreOf("best-practices") },
    faults,
  };
};

const mediansOf = (runs: readonly Judged[]): Scores => {
  const median = (category: Category): number => {
    const sorted = runs.map(({ scores }) => scores[category]).toSorted((left, right) => left - right);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return { performance: median("performance"), accessibility: median("accessibility"), "best-practices": median("best-practices") };
};
