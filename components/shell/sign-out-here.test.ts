import { signOutHere } from "#components/shell/sign-out-here.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const auth = vi.hoisted(() => ({ signOut: vi.fn<(options: { callbackUrl: string }) => Promise<void>>() }));
vi.mock("next-auth/react", () => auth);

const browserWhere = (unsubscribe: () => Promise<boolean>) =>
  vi.stubGlobal("navigator", {
    serviceWorker: {
      getRegistration: () => Promise.resolve({ pushManager: { getSubscription: () => Promise.resolve({ unsubscribe }) } }),
    },
  });

beforeEach(() => {
  auth.signOut.mockReset().mockResolvedValue();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("signing out", () => {
  test("first has this browser told no more", async () => {
    const done: string[] = [];
    browserWhere(() => Promise.resolve(done.push("told no more") > 0));
    auth.signOut.mockImplementation(({ callbackUrl }) => Promise.resolve(void done.push(callbackUrl)));
    await signOutHere("/sign-in");
    expect(done).toEqual(["told no more", "/sign-in"]);
  });

  test.each<[string, () => void]>([
    ["cannot be told at all", () => vi.stubGlobal("navigator", {})],
    ["refuses", () => browserWhere(() => Promise.reject(new DOMException("no")))],
    ["does not answer", () => browserWhere(() => new Promise(() => undefined))],
  ])("works where the browser %s", async (_what, browser) => {
    browser();
    const left = signOutHere("/sign-in");
    await vi.runAllTimersAsync();
    await left;
    expect(auth.signOut).toHaveBeenCalledExactlyOnceWith({ callbackUrl: "/sign-in" });
  });
});
