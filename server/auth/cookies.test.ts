import { expect, test } from "vitest";

import { authCookies, cookieName } from "./cookies.ts";

const optionsOf = (appUrl: string) => Object.values(authCookies(appUrl)).map((cookie) => cookie.options);

test("over encryption every cookie is bound to exactly this host", () => {
  expect(cookieName("session", "https://spotter.example")).toBe("__Host-spotter.session");
  for (const options of optionsOf("https://spotter.example")) {
    // A browser takes a __Host- cookie only when it is secure, for the whole host and without a domain.
    expect(options).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
  }
});

test("on one's own machine, without encryption, the names carry no promise the browser would refuse", () => {
  expect(cookieName("session", "http://127.0.0.1:3000")).toBe("spotter.session");
  expect(optionsOf("http://127.0.0.1:3000").every((options) => options.httpOnly === true && options.secure === false)).toBe(true);
});
