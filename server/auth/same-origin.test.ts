import { expect, test } from "vitest";

import { isOwnPage, originVerdict } from "./same-origin.ts";

const APP_URL = "https://spotter.example";
const verdict = (headers: Record<string, string>, appUrl = APP_URL) => originVerdict(new Headers(headers), appUrl);

test("a page of ours may change things", () => {
  expect(verdict({ origin: APP_URL, "sec-fetch-site": "same-origin" })).toBe("same");
  expect(verdict({ origin: APP_URL })).toBe("same");
  expect(verdict({ "sec-fetch-site": "same-origin" })).toBe("same");
});

test.each([
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["a sibling host", { origin: "https://other.spotter.example", "sec-fetch-site": "same-site" }],
  ["our name as a prefix", { origin: "https://spotter.example.evil.example" }],
  ["our name before an at sign", { origin: "https://spotter.example@evil.example" }],
  ["another port", { origin: "https://spotter.example:8443" }],
  ["without encryption", { origin: "http://spotter.example" }],
  ["an opaque origin", { origin: "null" }],
  ["no address at all", { origin: "spotter" }],
  ["a right origin beside a wrong report", { origin: APP_URL, "sec-fetch-site": "cross-site" }],
  ["a right report beside a wrong origin", { origin: "https://evil.example", "sec-fetch-site": "same-origin" }],
  ["a link typed or opened from elsewhere", { "sec-fetch-site": "none" }],
])("refuses %s", (_name, headers) => {
  expect(verdict(headers)).toBe("foreign");
});

test("who says nothing about where it stands is no page of ours", () => {
  expect(verdict({})).toBe("unknown");
  expect(isOwnPage(new Headers(), APP_URL)).toBe(false);
});

test("the Host header has no say", () => {
  expect(verdict({ host: "evil.example", "x-forwarded-host": "evil.example", origin: "https://evil.example" })).toBe("foreign");
});

test("localhost and 127.0.0.1 are one door at the same port, and at no other", () => {
  const local = "http://127.0.0.1:3000";
  expect(verdict({ origin: "http://localhost:3000" }, local)).toBe("same");
  expect(verdict({ origin: "http://[::1]:3000" }, local)).toBe("same");
  expect(verdict({ origin: "http://localhost:3006" }, local)).toBe("foreign");
  expect(verdict({ origin: "http://localhost:3000" }, "http://spotter.example:3000")).toBe("foreign");
});
