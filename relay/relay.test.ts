import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createNetServer } from "node:net";

import { afterEach, describe, expect, onTestFinished, test } from "vitest";

import { startReceiver } from "#local/vendors/_shared/testing-receiver.ts";
import { startUnifiWorld, type UnifiWorld } from "#local/vendors/unifi-access/testing.ts";

import { isAllowed } from "./allowed.mjs";
import { createController, readFingerprint } from "./controller.mjs";
import { listen } from "./listen.mjs";
import { serve } from "./serve.mjs";
import { serverAddress } from "./server.mjs";

const API = "/api/v1/developer";
const UNLOCK = { actor_id: "spotter:eff_1", actor_name: "Front desk (Spotter eff_1)", extra: { request_id: "eff_1" } };

const opened: UnifiWorld[] = [];
const enter = async (): Promise<UnifiWorld> => {
  const world = await startUnifiWorld();
  opened.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const controllerOf = (world: UnifiWorld, over: { readonly fingerprint?: string } = {}) =>
  createController({ url: world.url, token: world.club.unifi.token, fingerprint: over.fingerprint ?? world.fingerprint() });

describe("the list of calls", () => {
  test.each([
    ["GET", `${API}/doors`, undefined],
    ["GET", `${API}/users?page_num=2&page_size=100`, undefined],
    ["GET", `${API}/users/9f5c-1`, undefined],
    ["GET", `${API}/users/9f5c-1/access_policies?only_user_policies=true`, undefined],
    ["GET", `${API}/access_policies`, undefined],
    ["PUT", `${API}/doors/9f5c-1/unlock`, UNLOCK],
    ["PUT", `${API}/users/9f5c-1`, { status: "DEACTIVATED" }],
    ["PUT", `${API}/users/9f5c-1/access_policies`, { access_policy_ids: [] }],
    ["POST", `${API}/system/logs?page_num=1&page_size=100`, { topic: "door_openings", since: 1 }],
  ])("lets pass %s %s", (method, path, body) => {
    expect(isAllowed({ method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).toBe(true);
  });

  test.each([
    ["PUT", `${API}/doors/settings/emergency`, { evacuation: true }],
    ["PUT", `${API}/doors/9f5c/lock_rule`, { type: "keep_unlock" }],
    ["PUT", `${API}/doors/9f5c/unlock`, {}],
    ["PUT", `${API}/doors/9f5c/unlock`, { ...UNLOCK, interval: 600 }],
    ["PUT", `${API}/doors/9f5c/unlock?force=true`, UNLOCK],
    ["PUT", `${API}/doors/../users/9f5c/unlock`, UNLOCK],
    ["PUT", `${API}/doors/9f5c%2Funlock/unlock`, UNLOCK],
    ["POST", `${API}/users`, { first_name: "Mallory" }],
    ["PUT", `${API}/users/9f5c`, { status: "ACTIVE", first_name: "Mallory" }],
    ["PUT", `${API}/users/9f5c`, { status: "ADMIN" }],
    ["PUT", `${API}/users/9f5c/pin_codes`, { pin_code: "1234" }],
    ["PUT", `${API}/users/9f5c/access_policies`, { access_policy_ids: [{ id: 1 }] }],
    ["DELETE", `${API}/users/9f5c`, undefined],
    ["GET", `${API}/users?expand[]=touch_pass`, undefined],
    ["GET", `${API}/credentials/pin_codes`, undefined],
    ["GET", `${API}/webhooks/endpoints`, undefined],
    ["POST", `${API}/system/logs`, { topic: "admin_activity" }],
    ["GET", `https://elsewhere.example${API}/doors`, undefined],
    ["GET", `//elsewhere.example${API}/doors`, undefined],
    ["GET", `${API}/doors`, { any: "body" }],
  ])("stops %s %s", (method, path, body) => {
    expect(isAllowed({ method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).toBe(false);
  });

  test("is asked before a socket is opened", async () => {
    const controller = createController({ url: "https://127.0.0.1:1", token: "none", fingerprint: "" });
    expect(await controller.call({ method: "DELETE", path: `${API}/users/9f5c`, timeoutMs: 1_000 })).toEqual({
      kind: "failed",
      reason: "refused",
    });
  });
});

describe("the controller", () => {
  test("gives its answers without cards and PINs", async () => {
    const world = await enter();
    const path = `${API}/users/${world.people[0]?.id ?? ""}`;
    const outcome = await controllerOf(world).call({ method: "GET", path, timeoutMs: 5_000 });
    expect(outcome).toMatchObject({ kind: "answer", status: 200 });
    expect(outcome.kind === "answer" && JSON.parse(outcome.text)).toMatchObject({ code: "SUCCESS", data: { id: world.people[0]?.id } });
    expect(JSON.stringify(outcome)).not.toMatch(/card-token|pin-token|nfc_cards|pin_code/);
  });

  test("with another certificate is sent no byte of a request", async () => {
    const world = await enter();
    const fingerprint = await readFingerprint(world.url);
    expect(fingerprint).toBe(world.fingerprint());
    await world.renewCertificate();
    const unlock = {
      method: "PUT",
      path: `${API}/doors/${world.doors[0]?.id ?? ""}/unlock`,
      body: JSON.stringify(UNLOCK),
      timeoutMs: 5_000,
    };
    expect(await controllerOf(world, { fingerprint: fingerprint ?? "" }).call(unlock)).toEqual({
      kind: "failed",
      reason: "certificate_changed",
    });
    expect(world.accepted("unlock")).toEqual([]);
  });

  test("that is gone, or takes a connection and says nothing, was not asked; one that stops answering was", async () => {
    const world = await enter();
    const doors = { method: "GET", path: `${API}/doors`, timeoutMs: 300 };
    const mute = createNetServer();
    mute.listen(0, "127.0.0.1");
    await once(mute, "listening");
    onTestFinished(() => void mute.close());
    const address = mute.address();
    const mutePort = typeof address === "object" ? (address?.port ?? 0) : 0;
    for (const url of ["https://127.0.0.1:1", `https://127.0.0.1:${mutePort}`]) {
      const controller = createController({ url, token: "none", fingerprint: world.fingerprint() });
      expect(await controller.call(doors)).toEqual({ kind: "failed", reason: "not_sent" });
    }
    await world.fault({ kind: "timeout_before", delayMs: 60_000 });
    expect(await controllerOf(world).call(doors)).toEqual({ kind: "failed", reason: "timed_out" });
  });
});

test("a call that was too long on its way, as over a night's sleep of the computer, is not made", async () => {
  const world = await enter();
  const answered = Promise.withResolvers<unknown>();
  let asked = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    if (request.url === "/api/relay/answer") {
      answered.resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      response.end("{}");
      return;
    }
    asked += 1;
    if (asked > 1) {
      return;
    }
    // It says that it waited for nothing, so all of this time counts as the way.
    setTimeout(() => {
      const call = {
        id: "rcall_1",
        method: "PUT",
        path: `${API}/doors/${world.doors[0]?.id ?? ""}/unlock`,
        body: JSON.stringify(UNLOCK),
        expiresInMs: 100,
      };
      response.end(JSON.stringify({ call, waitedMs: 0 }));
    }, 150);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const stopping = new AbortController();
  const serving = serve({
    server: `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`,
    token: "none",
    controller: { url: world.url, token: world.club.unifi.token, fingerprint: world.fingerprint() },
    say: () => undefined,
    signal: stopping.signal,
  });
  onTestFinished(async () => {
    stopping.abort();
    server.closeAllConnections();
    server.close();
    await serving;
  });
  expect(await answered.promise).toEqual({ id: "rcall_1", outcome: { kind: "failed", reason: "not_sent" } });
  expect(world.accepted("unlock")).toEqual([]);
});

test("a webhook of the controller reaches Spotter byte by byte with its signature, also when Spotter is away for a moment", async () => {
  const app = await startReceiver([503]);
  const ear = await listen({ port: 0, server: app.url, connectionId: "conn_1", say: () => undefined });
  onTestFinished(async () => {
    ear.close();
    await app.close();
  });
  const body = '{"event":"access.door.unlock", "odd":  "spacing"}';
  const response = await fetch(`http://127.0.0.1:${ear.port}/hook`, { method: "POST", headers: { signature: "t=1,v1=ab" }, body });
  expect(response.status).toBe(200);
  const arrivals = await app.arrivals(2);
  expect(arrivals.map(({ path, request }) => [path, request.headers["signature"], Buffer.from(request.rawBody).toString("utf8")])).toEqual(
    Array.from({ length: 2 }, () => ["/api/webhooks/unifi_access/conn_1", "t=1,v1=ab", body]),
  );
});

test("Spotter is called over https, except on this machine", () => {
  expect(serverAddress("https://spotter.example/")).toBe("https://spotter.example");
  expect(serverAddress("http://127.0.0.1:3000")).toBe("http://127.0.0.1:3000");
  expect(() => serverAddress("http://spotter.example")).toThrow("https://");
});
