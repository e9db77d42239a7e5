import { expect, test } from "vitest";

import { securityHeaders } from "./security-headers.ts";

const HOSTED = { host: null, port: null, cluster: "us2", useTls: true };
const LOCAL = { host: "127.0.0.1", port: 3003, cluster: "mt1", useTls: false };

const policyOf = (settings: Partial<Parameters<typeof securityHeaders>[0]> = {}): Map<string, string> => {
  const headers = securityHeaders({
    nonce: "n0nce",
    appUrl: "https://spotter.example",
    realtime: HOSTED,
    isDevelopment: false,
    isFile: false,
    ...settings,
  });
  const policy = headers["content-security-policy"] ?? "";
  return new Map(policy.split("; ").map((directive) => [directive.split(" ")[0] ?? "", directive]));
};

test("only scripts of this very answer run, and none that is written into the page", () => {
  expect(policyOf().get("script-src")).toBe("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  expect(policyOf().get("object-src")).toBe("object-src 'none'");
  expect(policyOf().get("base-uri")).toBe("base-uri 'none'");
});

test("of a file that somebody sent nothing runs, loads or is framed, also where the browser would show it", () => {
  expect([...policyOf({ isFile: true, isDevelopment: true }).values()]).toEqual([
    "sandbox",
    "default-src 'none'",
    "frame-ancestors 'none'",
  ]);
});

test("nobody frames the product", () => {
  expect(policyOf().get("frame-ancestors")).toBe("frame-ancestors 'none'");
});

test("the browser reaches the configured live-update server and nothing else", () => {
  expect(policyOf().get("connect-src")).toBe("connect-src 'self' wss://ws-us2.pusher.com https://sockjs-us2.pusher.com");
  expect(policyOf({ realtime: LOCAL }).get("connect-src")).toBe("connect-src 'self' ws://127.0.0.1:3003 http://127.0.0.1:3003");
  expect(policyOf({ realtime: { ...LOCAL, host: "live.example", port: null, useTls: true } }).get("connect-src")).toBe(
    "connect-src 'self' wss://live.example https://live.example",
  );
});

test("encryption is demanded exactly where the installation has it", () => {
  const settings = { nonce: "n", realtime: LOCAL, isDevelopment: false, isFile: false };
  expect(securityHeaders({ ...settings, appUrl: "https://spotter.example" })["strict-transport-security"]).toMatch(/^max-age=\d+/);
  expect(securityHeaders({ ...settings, appUrl: "http://127.0.0.1:3000" })["strict-transport-security"]).toBeUndefined();
  expect(policyOf({ appUrl: "http://127.0.0.1:3000" }).has("upgrade-insecure-requests")).toBe(false);
});
