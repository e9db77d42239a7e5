import { expect, test } from "vitest";

import { createMemorySession } from "./memory-session.ts";

test("any number of callers at the same time log in once", async () => {
  const session = createMemorySession();
  let logins = 0;
  const login = async () => `token ${(logins += 1)}`;
  expect(await Promise.all([session.renew(login), session.renew(login), session.renew(login)])).toEqual(["token 1", "token 1", "token 1"]);
  expect(session.get()).toBe("token 1");
  expect(await session.renew(login)).toBe("token 2");
});

test("a failed login is not remembered", async () => {
  const session = createMemorySession();
  await expect(session.renew(() => Promise.reject(new Error("wrong password")))).rejects.toThrow("wrong password");
  expect(session.get()).toBeNull();
  expect(await session.renew(() => Promise.resolve("token"))).toBe("token");
});

test("exclusive work runs one after the other, also after a failure", async () => {
  const session = createMemorySession();
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await Promise.resolve();
    events.push(`${name} ends`);
    if (name === "a") {
      throw new Error("a fails");
    }
    return name;
  };
  const [a, b] = await Promise.allSettled([session.exclusive(work("a")), session.exclusive(work("b"))]);
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect([a?.status, b?.status]).toEqual(["rejected", "fulfilled"]);
});
