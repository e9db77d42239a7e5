import { statSync } from "node:fs";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { POST as answerRoute } from "#app/api/relay/answer/route.ts";
import { POST as nextRoute } from "#app/api/relay/next/route.ts";
import { POST as pairRoute } from "#app/api/relay/pair/route.ts";
import { startUnifiWorld, type UnifiWorld } from "#local/vendors/unifi-access/testing.ts";
import type { Connector } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { forgetStanding, openConnector } from "#server/services/connections/open-connector.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, type TestClub } from "#server/testing/factories.ts";
import { newStateFile, serveRoutes, startRelayProgram } from "#server/testing/relay-program.ts";

import { answerRelayCall } from "./answer-call.ts";
import { relayRoad } from "./call-relay.ts";
import { getRelay } from "./get-relay.ts";
import { nextRelayCall } from "./next-call.ts";
import type { RelayReport } from "./note-relay.ts";
import { offerPairing } from "./offer-pairing.ts";
import { pairRelay } from "./pair-relay.ts";
import { revokeRelay } from "./revoke-relay.ts";
import { watchRelays } from "./watch-relays.ts";

useDatabase();

const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");
const OTHER_FINGERPRINT = Array.from({ length: 32 }, () => "CD").join(":");
const REPORT: RelayReport = { version: "1", fingerprint: FINGERPRINT, shown: FINGERPRINT };

let club: TestClub;
let connectionId: Id<"connection">;

const makeDoors = async (of: TestClub): Promise<Id<"connection">> =>
  (await makeConnection(of, { provider: "unifi_access", settings: { road: "relay" } })).id as Id<"connection">;

beforeEach(async () => {
  club = await makeClub();
  connectionId = await makeDoors(club);
});

const owner = () => database().owner;
const offer = () => offerPairing(club.as.owner, { connectionId });
const pairByHand = async () => pairRelay({ code: (await offer()).code, fingerprint: FINGERPRINT, version: "1" });
const road = (id = connectionId) => relayRoad(club.as.owner, { connectionId: id, takeTurn: () => Promise.resolve() });
const call = (timeoutMs = 1_500) => road()({ method: "GET", path: "/api/v1/developer/doors", timeoutMs });
const next = (token: string, over: Partial<RelayReport> = {}, signal = new AbortController().signal) =>
  nextRelayCall({ token, report: { ...REPORT, ...over }, signal });
const answer = (token: string, id: string, text = "{}") =>
  answerRelayCall({ token, raw: { id, outcome: { kind: "answer", status: 200, headers: {}, text } } });
const errorOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);
const openAlerts = () => owner().alert.findMany({ where: { clubId: club.id, resolvedAt: null }, select: { key: true, severity: true } });
const statusOf = async () => (await owner().connection.findUniqueOrThrow({ where: { id: connectionId } })).status;
const hearLastAt = (secondsAgo: number) =>
  owner().relay.updateMany({ where: { connectionId }, data: { lastSeenAt: new Date(Date.now() - secondsAgo * 1_000) } });
/** A relay that asks for work while nothing is there: an aborted question notes that it lives and comes back at once. */
const showUp = (token: string, over: Partial<RelayReport> = {}) => next(token, over, AbortSignal.abort());

describe("pairing", () => {
  test("a code pairs one relay, once, and leaves neither code nor token in the database", async () => {
    const { code, command } = await offer();
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/);
    expect(command).toContain(code);
    const paired = await pairRelay({ code: code.toLowerCase().replace("-", " "), fingerprint: FINGERPRINT, version: "1" });
    expect(paired).toMatchObject({ connectionId, club: club.name });
    expect(await errorOf(pairRelay({ code, fingerprint: FINGERPRINT, version: "1" }))).toMatchObject({ code: "not_found" });
    const stored = JSON.stringify([
      await owner().relay.findMany(),
      await owner().relayPairing.findMany(),
      await owner().auditLog.findMany(),
    ]);
    expect(stored).not.toContain(paired.token);
    expect(stored).not.toContain(code);
    expect(await getRelay(club.as.staff, { connectionId })).toMatchObject({
      relay: { fingerprint: FINGERPRINT, isSilent: false, isMistrusted: false },
      openCodeExpiresAt: null,
    });
    expect(await owner().auditLog.findMany({ where: { clubId: club.id }, orderBy: { id: "asc" }, select: { action: true } })).toEqual([
      { action: "relay.offered" },
      { action: "relay.paired" },
    ]);
  });

  test("of two relays with one code, one is paired", async () => {
    const { code } = await offer();
    const both = await Promise.allSettled([1, 2].map(() => pairRelay({ code, fingerprint: FINGERPRINT, version: "1" })));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await owner().relay.count({ where: { connectionId, revokedAt: null } })).toBe(1);
  });

  test("a code that is expired, replaced by a newer one, or wrong pairs nothing", async () => {
    const { code: replaced } = await offer();
    const { code: expired } = await offer();
    await owner().relayPairing.update({
      where: { codeHash: addressKey(`relay-code:${expired.replace("-", "")}`) },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    for (const code of [replaced, expired, "AAAA-AAAA", ""]) {
      expect(await errorOf(pairRelay({ code, fingerprint: FINGERPRINT, version: "1" }))).toMatchObject({ code: "not_found" });
    }
  });

  test("only an owner pairs and revokes, and another club's connection is one that does not exist", async () => {
    const foreign = await makeClub();
    for (const role of ["staff", "manager"] as const) {
      expect(await errorOf(offerPairing(club.as[role], { connectionId }))).toMatchObject({ code: "forbidden" });
      expect(await errorOf(revokeRelay(club.as[role], { connectionId }))).toMatchObject({ code: "forbidden" });
    }
    expect(await errorOf(offerPairing(foreign.as.owner, { connectionId }))).toMatchObject({ code: "not_found" });
    expect(await errorOf(revokeRelay(foreign.as.owner, { connectionId }))).toMatchObject({ code: "not_found" });
    expect(await errorOf(getRelay(foreign.as.owner, { connectionId }))).toMatchObject({ code: "not_found" });
    const texts = (await makeConnection(club)).id as Id<"connection">;
    expect(await errorOf(offerPairing(club.as.owner, { connectionId: texts }))).toMatchObject({ code: "not_found" });
  });

  test("a new relay takes the place of the old one, and a revoked one is refused", async () => {
    const first = await pairByHand();
    const second = await pairByHand();
    expect(await errorOf(showUp(first.token))).toMatchObject({ code: "forbidden" });
    await showUp(second.token);
    await revokeRelay(club.as.owner, { connectionId });
    expect(await errorOf(showUp(second.token))).toMatchObject({ code: "forbidden" });
    expect(await errorOf(answer(second.token, "rcall_01kd3m0dem0000000000000001"))).toMatchObject({ code: "forbidden" });
    expect(await errorOf(showUp("a-made-up-token"))).toMatchObject({ code: "forbidden" });
  });
});

test("a relay of a connection that was removed is refused, also while it waits", async () => {
  const { token } = await pairByHand();
  const waiting = errorOf(next(token));
  await owner().connection.update({ where: { id: connectionId }, data: { archivedAt: new Date() } });
  expect(await waiting).toMatchObject({ code: "forbidden" });
  expect(await errorOf(showUp(token))).toMatchObject({ code: "forbidden" });
});

describe("a call", () => {
  test("is handed to the relay, and its answer comes back and is not kept", async () => {
    const { token } = await pairByHand();
    const asked = next(token);
    const answered = call();
    const handed = await asked;
    expect(handed).toMatchObject({ call: { method: "GET", path: "/api/v1/developer/doors", body: null } });
    await answer(token, handed?.call.id ?? "", '{"name":"Pat"}');
    expect(await answered).toMatchObject({ status: 200, text: '{"name":"Pat"}' });
    expect(await owner().relayCall.findMany({ where: { connectionId }, select: { status: true, outcome: true } })).toEqual([
      { status: "answered", outcome: null },
    ]);
  });

  test("is handed out once, however many ask at the same time", async () => {
    const { token } = await pairByHand();
    const hangUp = new AbortController();
    const questions = [1, 2, 3].map(() => next(token, {}, hangUp.signal));
    const answered = call();
    const first = await Promise.race(questions);
    await answer(token, first?.call.id ?? "");
    await answered;
    hangUp.abort();
    expect((await Promise.all(questions)).filter((handed) => handed !== null)).toHaveLength(1);
  });

  test("that no relay took has not happened, and is handed to nobody afterwards", async () => {
    const { token } = await pairByHand();
    expect(await errorOf(call(50))).toMatchObject({ name: "ConnectorError", kind: "unavailable" });
    const hangUp = new AbortController();
    const asked = next(token, {}, hangUp.signal);
    const answered = call();
    const handed = await asked;
    await answer(token, handed?.call.id ?? "");
    await answered;
    const [expired] = await owner().relayCall.findMany({ where: { connectionId, status: "expired" } });
    expect(expired).toMatchObject({ handedAt: null });
    expect(handed?.call.id).not.toBe(expired?.id);
  });

  test("that was handed out and never answered may have happened, and a late answer changes nothing", async () => {
    const { token } = await pairByHand();
    const asked = next(token);
    const answered = errorOf(call());
    const handed = await asked;
    expect(await answered).toMatchObject({ name: "HttpFailure", kind: "timed_out" });
    await answer(token, handed?.call.id ?? "", "late");
    expect(await owner().relayCall.findUnique({ where: { id: handed?.call.id ?? "" } })).toMatchObject({
      status: "expired",
      outcome: null,
      body: null,
    });
  });

  test("is answered by nobody but the relay it was handed to", async () => {
    const { token } = await pairByHand();
    const asked = next(token);
    const answered = call();
    const handed = await asked;
    const foreign = await makeClub();
    const foreignConnection = await makeDoors(foreign);
    const { code } = await offerPairing(foreign.as.owner, { connectionId: foreignConnection });
    const stranger = await pairRelay({ code, fingerprint: FINGERPRINT, version: "1" });
    await answer(stranger.token, handed?.call.id ?? "", "forged");
    await answer(token, handed?.call.id ?? "", "genuine");
    expect(await answered).toMatchObject({ text: "genuine" });
    expect(await next(stranger.token, {}, AbortSignal.abort())).toBeNull();
  });

  test("fails at once where no relay is paired, or the one that is was not heard of for a minute", async () => {
    expect(await errorOf(call())).toMatchObject({ kind: "unavailable", message: "no relay is paired with this connection yet" });
    await pairByHand();
    await hearLastAt(61);
    expect(await errorOf(call())).toMatchObject({ kind: "unavailable", message: "the relay at the club is silent" });
    expect(await owner().relayCall.count({ where: { connectionId } })).toBe(0);
  });
});

describe("health", () => {
  test("a silent relay is shown once, and shown as back when it asks again", async () => {
    const { token } = await pairByHand();
    await watchRelays();
    expect(await openAlerts()).toEqual([]);
    await hearLastAt(61);
    await watchRelays();
    await watchRelays();
    expect(await openAlerts()).toEqual([{ key: `relay-silent:${connectionId}`, severity: "warning" }]);
    expect(await statusOf()).toBe("degraded");
    expect((await getRelay(club.as.staff, { connectionId })).relay).toMatchObject({ isSilent: true });
    await showUp(token);
    expect(await openAlerts()).toEqual([]);
    expect(await statusOf()).toBe("active");
    const actions = await owner().auditLog.findMany({ where: { clubId: club.id }, orderBy: { id: "asc" }, select: { action: true } });
    expect(actions.map(({ action }) => action).slice(2)).toEqual(["relay.silent", "relay.returned"]);
  });

  test("another certificate stops every call and is shown, until the old one is back or a person pairs anew", async () => {
    const { token } = await pairByHand();
    await showUp(token, { shown: OTHER_FINGERPRINT });
    await showUp(token, { shown: OTHER_FINGERPRINT });
    expect(await openAlerts()).toEqual([{ key: `relay-certificate:${connectionId}`, severity: "critical" }]);
    expect(await statusOf()).toBe("needs_reauth");
    expect(await errorOf(call())).toMatchObject({ kind: "unauthorized", code: "certificate_changed" });
    await showUp(token, { shown: null });
    expect(await errorOf(call())).toMatchObject({ kind: "unauthorized" });
    await showUp(token);
    expect(await statusOf()).toBe("active");
    await showUp(token, { fingerprint: OTHER_FINGERPRINT, shown: OTHER_FINGERPRINT });
    expect(await errorOf(call())).toMatchObject({ kind: "unauthorized" });
    await pairByHand();
    expect(await openAlerts()).toEqual([]);
    expect(await statusOf()).toBe("active");
  });
});

describe("the relay program", () => {
  let app: Awaited<ReturnType<typeof serveRoutes>>;
  let world: UnifiWorld;
  const programs: ReturnType<typeof startRelayProgram>[] = [];

  beforeAll(async () => {
    app = await serveRoutes({ "/api/relay/pair": pairRoute, "/api/relay/next": nextRoute, "/api/relay/answer": answerRoute });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    world = await startUnifiWorld();
  });
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop()));
    await world.close();
  });

  const run = (args: readonly string[], env?: Readonly<Record<string, string>>) => {
    const program = startRelayProgram(args, env);
    programs.push(program);
    return program;
  };
  const pairProgram = async (state = newStateFile()) => {
    const { code } = await offer();
    const program = run(["--server", app.url, "--code", code, "--controller", world.url, "--state", state], {
      SPOTTER_CONTROLLER_TOKEN: world.club.unifi.token,
    });
    await program.said(/is running/);
    return { program, state };
  };
  const open = (signal = new AbortController().signal): Promise<Connector> => openConnector(club.as.owner, { connectionId, signal });
  const pulse = async (key: string, signal?: AbortSignal) =>
    (await open(signal)).doors?.pulse({ key, doorExternalId: world.doors[0]?.id ?? "", actorName: "Front desk" });

  test("paired by a code it opens a door, and goes on after a restart with what it remembered", async () => {
    const { program, state } = await pairProgram();
    expect(await (await open()).check()).toEqual({ account: "3 doors, 2 of them can be unlocked from here" });
    await pulse("eff_1");
    expect(world.accepted("unlock")).toMatchObject([{ actorId: "spotter:eff_1" }]);
    expect(statSync(state).mode & 0o777).toBe(0o600);
    expect(await getRelay(club.as.owner, { connectionId })).toMatchObject({ relay: { fingerprint: world.fingerprint() } });
    expect(await program.stop()).toBe(0);
    const again = run(["--state", state]);
    await again.said(/is running/);
    await pulse("eff_2");
    expect(world.accepted("unlock")).toHaveLength(2);
    const stored = JSON.stringify([
      await owner().relayCall.findMany(),
      await owner().relay.findMany(),
      await owner().connection.findMany({ select: { settings: true, sealedCredentials: true } }),
    ]);
    expect(stored + program.output() + again.output()).not.toContain(world.club.unifi.token);
  });

  test("what a suspension took away is given back, though process and relay began anew in between", async () => {
    const { program, state } = await pairProgram();
    const personExternalId = world.people[0]?.id ?? "";
    const set = async (to: "suspended" | "allowed") => (await open()).access?.set({ key: "eff_1", personExternalId, state: to, note: "" });
    expect(await set("suspended")).toMatchObject({ state: "suspended" });
    expect(await owner().connectorNote.count({ where: { connectionId } })).toBe(1);
    await program.stop();
    forgetStanding(connectionId);
    await run(["--state", state]).said(/is running/);
    expect(await set("allowed")).toMatchObject({ state: "allowed" });
    expect(world.accepted("policies").at(-1)?.policyIds).toEqual(["pol-247", "pol-sauna"]);
    expect(await owner().connectorNote.count({ where: { connectionId } })).toBe(0);
  });

  test("killed in the middle of an unlock it leaves the outcome open, and the log of the controller tells it afterwards", async () => {
    const { program, state } = await pairProgram();
    await world.fault({ kind: "timeout_after", operation: "unlock", count: 1, delayMs: 60_000 });
    const givingUp = new AbortController();
    const pulsed = errorOf(pulse("eff_1", givingUp.signal));
    await expect.poll(() => world.accepted("unlock").length).toBe(1);
    await program.stop("SIGKILL");
    givingUp.abort();
    expect(await pulsed).toMatchObject({ name: "ConnectorError", kind: "outcome_unknown" });
    await run(["--state", state]).said(/is running/);
    const found = await (
      await open()
    ).doors?.readBack?.({
      key: "eff_1",
      doorExternalId: world.doors[0]?.id ?? "",
      since: new Date(Date.now() - 60_000),
    });
    expect(found?.found).not.toBeNull();
    expect(world.accepted("unlock")).toHaveLength(1);
  });

  test("a controller that is not there has opened nothing", async () => {
    await pairProgram();
    await world.close();
    expect(await errorOf(pulse("eff_1"))).toMatchObject({ kind: "unavailable" });
    world = await startUnifiWorld();
  });

  test("a controller with another certificate is sent nothing, and the owner is told", async () => {
    const { program } = await pairProgram();
    await world.renewCertificate();
    expect(await errorOf(pulse("eff_1"))).toMatchObject({ kind: "unauthorized", code: "certificate_changed" });
    await program.said(/shows another certificate/);
    expect(await openAlerts()).toEqual([{ key: `relay-certificate:${connectionId}`, severity: "critical" }]);
    expect(world.accepted("unlock")).toEqual([]);
  });

  test("revoked, it ends by itself and says why", async () => {
    const { program } = await pairProgram();
    await revokeRelay(club.as.owner, { connectionId });
    expect(await program.ended).toBe(3);
    expect(program.output()).toContain("pair it again");
  });

  test("a wrong code, a wrong token and a missing controller are told apart before anything is remembered", async () => {
    const state = newStateFile();
    const { code } = await offer();
    const begin = (over: { readonly code?: string; readonly controller?: string; readonly token?: string }) =>
      run(["--server", app.url, "--code", over.code ?? code, "--controller", over.controller ?? world.url, "--state", state], {
        SPOTTER_CONTROLLER_TOKEN: over.token ?? world.club.unifi.token,
      });
    for (const [over, words] of [
      [{ controller: "https://127.0.0.1:1" }, "no controller answers"],
      [{ token: "wrong" }, "does not accept the token (401)"],
      [{ code: "AAAA-AAAA" }, "wrong, used or expired"],
    ] as const) {
      const program = begin(over);
      expect(await program.ended).toBe(1);
      expect(program.output()).toContain(words);
    }
    const unpaired = run(["--state", state]);
    expect(await unpaired.ended).toBe(3);
    await begin({}).said(/is running/);
  });
});
