import { afterEach, expect, test } from "vitest";

import { startTwilioWorld } from "#local/vendors/twilio/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { ConnectorError } from "../errors.ts";
import { createTwilioConnector } from "./connector.ts";
import { FILE_HOSTS } from "./limits.ts";

const club = DEMO_CLUBS.find(({ twilio }) => twilio !== null);
const account = club?.twilio;
if (club === undefined || account === null || account === undefined) {
  throw new Error("the demo has a club with a Twilio number");
}
const MEMBER = `+1${club.areaCode}5550107`;
const PICTURE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const FILE = { type: "image/jpeg", contentBase64: PICTURE.toString("base64") };

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const enter = async () => {
  const world = await startTwilioWorld({ club });
  opened.push(world);
  return world;
};

type Over = { readonly authToken?: string; readonly fetch?: typeof fetch };

const filesOf = (baseUrl: string, over: Over = {}) => {
  const { authToken, ...settings } = account;
  const { files } = createTwilioConnector({
    connectionId: "conn",
    credentials: { authToken: over.authToken ?? authToken },
    settings: { ...settings, baseUrl },
    ...openTestNetwork(),
    ...(over.fetch === undefined ? {} : { fetch: over.fetch }),
    now: () => new Date(),
    session: createMemorySession(),
  });
  if (files === undefined) {
    throw new TypeError("this connector fetches nothing");
  }
  return files;
};

const addressIn = ({ message }: { readonly message: { readonly mediaUrls: readonly string[] } }): string => message.mediaUrls[0] ?? "";

const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ConnectorError ? { kind: error.kind, reason: error.reason } : error;
};

test("a picture of a text comes with its bytes, and where they lie no sign-in is shown", async () => {
  const world = await enter();
  const url = addressIn(await world.sendFilesFrom(MEMBER, [FILE]));
  const { content, type } = await filesOf(world.url).fetch({ url, maxBytes: 1_000 });
  expect(type).toBe("image/jpeg");
  expect(Buffer.compare(content, PICTURE)).toBe(0);
});

test("what is gone, too large, or not ours to see is said as such", async () => {
  const world = await enter();
  const url = addressIn(await world.sendFilesFrom(MEMBER, [FILE]));
  const gone = url.replace(/ME[0-9a-f]{32}$/, `ME${"0".repeat(32)}`);
  expect(await failureOf(filesOf(world.url).fetch({ url: gone, maxBytes: 1_000 }))).toEqual({ kind: "rejected", reason: "not_found" });
  expect(await failureOf(filesOf(world.url).fetch({ url, maxBytes: PICTURE.length - 1 }))).toMatchObject({ kind: "rejected" });
  expect(await failureOf(filesOf(world.url, { authToken: "another" }).fetch({ url, maxBytes: 1_000 }))).toMatchObject({
    kind: "unauthorized",
  });
});

test.each([
  [
    "another account",
    `https://api.twilio.com/2010-04-01/Accounts/AC${"0".repeat(32)}/Messages/MM${"0".repeat(32)}/Media/ME${"0".repeat(32)}`,
  ],
  [
    "another host",
    `https://api.twilio.com.evil.example/2010-04-01/Accounts/${account.accountSid}/Messages/MM${"0".repeat(32)}/Media/ME${"0".repeat(32)}`,
  ],
  ["another path", `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}.json`],
  ["this machine", "http://127.0.0.1:22/"],
])("no call goes out for an address of %s", async (_name, url) => {
  const calls: unknown[] = [];
  const files = filesOf("https://api.twilio.com", { fetch: (target) => Promise.resolve(new Response("", { status: calls.push(target) })) });
  expect(await failureOf(files.fetch({ url, maxBytes: 1_000 }))).toEqual({ kind: "rejected", reason: "not_found" });
  expect(calls).toEqual([]);
});

test("it follows the vendor once, and only to where the vendor keeps files", async () => {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages/MM${"0".repeat(32)}/Media/ME${"0".repeat(32)}`;
  const asked = async (...locations: readonly string[]) => {
    const calls: { url: string; isSignedIn: boolean }[] = [];
    const files = filesOf("https://api.twilio.com", {
      fetch: (target, init) => {
        const location = locations[calls.length];
        calls.push({ url: String(target), isSignedIn: new Headers(init?.headers).has("authorization") });
        return Promise.resolve(location === undefined ? new Response("bytes") : new Response(null, { status: 307, headers: { location } }));
      },
    });
    return { failure: await failureOf(files.fetch({ url, maxBytes: 1_000 })), calls };
  };
  const [host = ""] = FILE_HOSTS;
  const there = `https://${host}/abc`;
  expect(await asked(there)).toEqual({
    failure: null,
    calls: [
      { url, isSignedIn: true },
      { url: there, isSignedIn: false },
    ],
  });
  for (const elsewhere of [
    "http://169.254.169.254/latest",
    `http://${host}/abc`,
    "https://evil.example/",
    `https://${host}.evil.example/`,
  ]) {
    const { calls, failure } = await asked(elsewhere);
    expect(failure).toEqual({ kind: "rejected", reason: "not_allowed" });
    expect(calls).toHaveLength(1);
  }
  expect((await asked(there, there)).failure).toMatchObject({ kind: "unavailable" });
});
