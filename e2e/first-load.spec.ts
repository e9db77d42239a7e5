import { gzipSync } from "node:zlib";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";

const KIB = 1_024;
/** A page that shows two lines of text: what every page of the build carries. */
const EMPTY = "/nothing/is/here";

/** Gzip, KiB above the empty page; what is loaded after the first paint is not in the document and does not count. */
const BUDGETS = [
  { path: "/ironwood-denver/dashboard", kib: 75 },
  { path: "/ironwood-denver/inbox?view=all", kib: 110 },
] as const;
const SIGN_IN_KIB = 15;

/** Bytes of the scripts that a document names, each gzipped by itself as a server sends it. */
const scriptBytes = async (page: Page, path: string): Promise<number> => {
  const html = await (await page.request.get(path)).text();
  const sources = new Set([...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, source]) => source ?? ""));
  expect(sources.size, path).toBeGreaterThan(0);
  const sizes = await Promise.all(
    [...sources].map(async (source) => gzipSync(await (await page.request.get(source)).body(), { level: 9 }).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

test("no page makes a person wait for more script than its budget", async ({ openStranger, signInAs }) => {
  const stranger = await openStranger();
  const empty = await scriptBytes(stranger, EMPTY);
  const over = async (page: Page, path: string): Promise<number> => Math.round(((await scriptBytes(page, path)) - empty) / KIB);
  const measured = [{ path: "/sign-in", kib: await over(stranger, "/sign-in"), budget: SIGN_IN_KIB }];
  const owner = await signInAs("owner@ironwood.example");
  for (const { kib: budget, path } of BUDGETS) {
    measured.push({ path, kib: await over(owner, path), budget });
  }
  test
    .info()
    .annotations.push({ type: "KiB above the empty page", description: JSON.stringify({ empty: Math.round(empty / KIB), measured }) });
  expect(measured.filter(({ budget, kib }) => kib > budget)).toEqual([]);
});
