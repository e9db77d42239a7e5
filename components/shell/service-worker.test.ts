import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

import { expect, test } from "vitest";

type Shown = { readonly title: string; readonly tag?: string; readonly renotify?: boolean };
type PushEvent = { readonly data: { json: () => object } | null; readonly waitUntil: () => void };

const SOURCE = readFileSync(new URL("../../public/service-worker.js", import.meta.url), "utf8");

/** What the worker shows of each push, by the browser's own rule that nothing is told again without a tag. */
const shownOf = (...pushes: readonly (object | null)[]): readonly Shown[] => {
  const shown: Shown[] = [];
  const listeners = new Map<string, (event: PushEvent) => void>();
  const showNotification = (title: string, options: Omit<Shown, "title">) => {
    if (options.renotify === true && (options.tag ?? "") === "") {
      throw new TypeError("renotify without a tag");
    }
    shown.push({ title, ...options });
  };
  const self = {
    addEventListener: (name: string, listener: (event: PushEvent) => void) => listeners.set(name, listener),
    registration: { showNotification },
  };
  runInNewContext(SOURCE, { self });
  for (const push of pushes) {
    listeners.get("push")?.({ data: push === null ? null : { json: () => push }, waitUntil: () => undefined });
  }
  return shown;
};

test("a second push of the same page is told as loudly as the first", () => {
  const push = { title: "Something waits for your yes", body: "Ironwood Denver", url: "https://spotter.example/denver/approvals" };
  expect(shownOf(push, push)).toMatchObject([
    { tag: push.url, renotify: true },
    { tag: push.url, renotify: true },
  ]);
});

test("a push that says nothing is shown all the same", () => {
  expect(shownOf(null)).toMatchObject([{ title: "Spotter" }]);
});
