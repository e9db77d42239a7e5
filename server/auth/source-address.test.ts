import { expect, test } from "vitest";

import { sourceOf } from "./source-address.ts";

const from = (forwarded: string): string => sourceOf(new Headers({ "x-forwarded-for": forwarded }));

test("only the address the nearest proxy wrote counts", () => {
  expect(from("203.0.113.9")).toBe("203.0.113.9");
  expect(from("198.51.100.1, 203.0.113.9")).toBe("203.0.113.9");
});

test("an IPv4 address in IPv6 clothes is the same place", () => {
  expect(from("::ffff:203.0.113.9")).toBe("203.0.113.9");
});

test("addresses of one IPv6 network are one place, another network is another", () => {
  expect(from("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(from("2001:0db8:0001:0002::9")).toBe("2001:db8:1:2::/64");
  expect(from("2001:db8:1:3::9")).toBe("2001:db8:1:3::/64");
  expect(from("::1")).toBe("0:0:0:0::/64");
  expect(from("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
});

test("nonsense and silence are one shared place, so that they cannot get around the limits", () => {
  expect(from("one, two")).toBe("unknown");
  expect(from("")).toBe("unknown");
  expect(sourceOf(new Headers())).toBe("unknown");
});
