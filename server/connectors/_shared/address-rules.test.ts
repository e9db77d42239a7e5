import fc from "fast-check";
import { expect, test } from "vitest";

import { isAllowedIp, refusalOfHost, refusalOfUrl } from "./address-rules.ts";

/** Every way to write an address that a browser's URL parser understands, for places nobody outside may reach. */
const FORBIDDEN_HOSTS =
  "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.000.000.001 ①②⑦.⓪.⓪.① 0.0.0.0 0 0x0 10.0.0.1 10.255.255.255 167772161 0xa000001 172.16.0.1 172.31.255.254 192.168.0.1 192.168.1.1 3232235777 0xc0a80101 100.64.0.1 100.127.255.254 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [::127.0.0.1] [fc00::1] [fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [2001:db8::1] [2002:7f00:1::] [2001::1] [100::1]".split(
    " ",
  );
const SCHEMES = ["http:", "ftp:", "file:", "gopher:", "ws:", "data:"];
const PORTS = [22, 25, 80, 110, 2375, 3306, 5432, 6379, 8080, 9200, 11211, 27017];

test.each(FORBIDDEN_HOSTS)("https://%s/ is not called", (host) => {
  for (const tail of ["", ":443", ":12445", "/a?b=c#d"]) {
    const url = new URL(`https://${host}${tail.startsWith(":") ? tail : ""}/${tail.startsWith("/") ? tail.slice(1) : ""}`);
    expect(refusalOfUrl(url, [])).not.toBeNull();
    expect(refusalOfHost(url.hostname, [])).not.toBeNull();
  }
});

test.each(SCHEMES)("%s is not called", (scheme) => {
  expect(refusalOfUrl(new URL(`${scheme}//example.com/`), [])).toContain("https://");
});

test.each(PORTS)("port %i is not called", (port) => {
  expect(refusalOfUrl(new URL(`https://example.com:${port}/`), [])).toContain(String(port));
});

test("an address with a user name or a password in it is refused", () => {
  expect(refusalOfUrl(new URL("https://club@example.com/"), [])).toContain("user name");
  expect(refusalOfUrl(new URL("https://:secret@example.com/"), [])).toContain("password");
});

test("names and public addresses over https pass the first look", () => {
  for (const address of [
    "https://controller.example.com/",
    "https://controller.example.com:12445/",
    "https://93.184.216.34/",
    "https://[2606:4700::1111]/",
  ]) {
    expect(refusalOfUrl(new URL(address), [])).toBeNull();
  }
});

test("the installation may allow a private range, and only that range", () => {
  const allowed = ["192.168.10.0/24", "fd12::/16"];
  expect(isAllowedIp("192.168.10.77", allowed)).toBe(true);
  expect(isAllowedIp("::ffff:192.168.10.77", allowed)).toBe(true);
  expect(isAllowedIp("fd12::5", allowed)).toBe(true);
  expect(isAllowedIp("192.168.11.77", allowed)).toBe(false);
  expect(isAllowedIp("169.254.169.254", allowed)).toBe(false);
  expect(isAllowedIp("not an address", allowed)).toBe(false);
});

test("no address of a private, shared, link-local or multicast network is ever allowed", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const within = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
  );
  fc.assert(
    fc.property(within, (octets) => {
      const dotted = octets.join(".");
      return !isAllowedIp(dotted, []) && !isAllowedIp(`::ffff:${dotted}`, []);
    }),
  );
});
