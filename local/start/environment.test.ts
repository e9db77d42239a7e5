import { expect, test } from "vitest";

import type { DatabaseUrls } from "../postgres/roles.ts";
import { environmentsFor, type Environments } from "./environment.ts";
import { partsOf, type Variables } from "./own-settings.ts";
import { portsFrom } from "./ports.ts";
import type { Secrets } from "./secrets.ts";

const EMBEDDED: DatabaseUrls = {
  adminUrl: "postgresql://admin",
  ownerUrl: "postgresql://owner",
  appUrl: "postgresql://app",
  systemUrl: "postgresql://system",
  executorUrl: "postgresql://executor",
};

const SECRETS: Secrets = {
  NEXTAUTH_SECRET: "sign-in",
  CREDENTIALS_KEY: "credentials",
  ADDRESS_KEY: "addresses",
  PUSH_PRIVATE_KEY: "push",
  INNGEST_SIGNING_KEY: "signing",
  INNGEST_EVENT_KEY: "events",
  PUSHER_APP_ID: "100000",
  PUSHER_KEY: "pusher",
  PUSHER_SECRET: "pusher-secret",
  ANTHROPIC_API_KEY: "stand-in",
};

const environmentsWith = (own: Variables): Environments =>
  environmentsFor({
    ports: portsFrom(3000),
    dataDir: "/data",
    secrets: SECRETS,
    own,
    parts: partsOf(own),
    embedded: EMBEDDED,
    hasTraffic: true,
  });

test("with nothing set every outside service is the local one", () => {
  const { web } = environmentsWith({});
  expect(web).toMatchObject({
    APP_URL: "http://127.0.0.1:3000",
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    DATABASE_URL: "postgresql://app",
    SYSTEM_DATABASE_URL: "postgresql://system",
    INNGEST_BASE_URL: "http://127.0.0.1:3002",
    PUSHER_PORT: "3003",
    PUSHER_USE_TLS: "off",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:3004",
    OPENPHONE_BASE_URL: "http://127.0.0.1:3005",
    CLUBOS_BASE_URL: "http://127.0.0.1:3006",
    DEMO_MODE: "on",
  });
});

test("only migrations and seed learn the owner's address, only the executor its own database", () => {
  const { web, owner, executor, sandbox } = environmentsWith({ ADMIN_DATABASE_URL: "postgresql://somebody" });
  expect(owner["OWNER_DATABASE_URL"]).toBe("postgresql://owner");
  expect(executor["EXECUTOR_DATABASE_URL"]).toBe("postgresql://executor");
  for (const name of ["OWNER_DATABASE_URL", "ADMIN_DATABASE_URL", "EXECUTOR_DATABASE_URL"]) {
    expect(web).not.toHaveProperty(name);
    expect(sandbox).not.toHaveProperty(name);
  }
  expect(sandbox).not.toHaveProperty("DATABASE_URL");
  expect(sandbox).not.toHaveProperty("CREDENTIALS_KEY");
  expect(executor).not.toHaveProperty("DATABASE_URL");
});

test("a key of one's own for Claude leaves no address of the stand-in", () => {
  const { web } = environmentsWith({ ANTHROPIC_API_KEY: "sk-own" });
  expect(web["ANTHROPIC_API_KEY"]).toBe("sk-own");
  expect(web).not.toHaveProperty("ANTHROPIC_BASE_URL");
});

test("keys of one's own for Inngest and Pusher leave no local addresses", () => {
  const { web } = environmentsWith({
    INNGEST_SIGNING_KEY: "s",
    INNGEST_EVENT_KEY: "e",
    PUSHER_APP_ID: "1",
    PUSHER_KEY: "k",
    PUSHER_SECRET: "p",
    PUSHER_CLUSTER: "eu",
  });
  expect(web).not.toHaveProperty("INNGEST_BASE_URL");
  expect(web).not.toHaveProperty("PUSHER_HOST");
  expect(web).not.toHaveProperty("PUSHER_USE_TLS");
});

test("addresses of one's own database win over the embedded ones", () => {
  const { web, owner } = environmentsWith({
    DATABASE_URL: "postgresql://a",
    SYSTEM_DATABASE_URL: "postgresql://s",
    OWNER_DATABASE_URL: "postgresql://o",
  });
  expect([web["DATABASE_URL"], web["SYSTEM_DATABASE_URL"], owner["OWNER_DATABASE_URL"]]).toEqual([
    "postgresql://a",
    "postgresql://s",
    "postgresql://o",
  ]);
});

test("a service that is set by halves is refused with the names that are missing", () => {
  expect(() => partsOf({ DATABASE_URL: "postgresql://a" })).toThrow("DATABASE_URL is set, SYSTEM_DATABASE_URL, OWNER_DATABASE_URL is not");
  expect(() => partsOf({ PUSHER_KEY: "k" })).toThrow("PUSHER_APP_ID, PUSHER_SECRET");
});

test("without the demo no vendor is a sandbox", () => {
  const { web } = environmentsWith({ DEMO_MODE: "off" });
  expect(web).not.toHaveProperty("OPENPHONE_BASE_URL");
  expect(web["DEMO_MODE"]).toBe("off");
});
