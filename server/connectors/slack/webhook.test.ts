import { sign } from "#local/vendors/slack/presses.ts";
import { PRESSER, slackOf, startSlackWorld } from "#local/vendors/slack/testing.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { mutationsOf } from "../_shared/testing-contract.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { WebhookRequest } from "../webhook.ts";
import { createSlackConnector } from "./connector.ts";

const CLUB = "ironwood-denver";
const denver = slackOf(CLUB);
const brooklyn = slackOf("fairway-brooklyn");
const NOW = new Date("2026-11-21T09:00:00Z");

let world: Awaited<ReturnType<typeof startSlackWorld>>;
let noticeReference: string | null;

const connect = ({ secrets = denver.credentials.signingSecret, now = NOW } = {}) =>
  createSlackConnector({
    connectionId: "conn_test",
    credentials: { ...denver.credentials, signingSecret: secrets },
    settings: { ...denver.settings, baseUrl: world.url },
    ...openTestNetwork(),
    now: () => now,
    session: createMemorySession(),
  });

const read = async (request: WebhookRequest, connector = connect()) =>
  connector.webhook?.parse(request).catch((error: unknown) => ({ error })) ?? Promise.reject(new TypeError("no webhook"));

beforeEach(async () => {
  world = await startSlackWorld({ now: () => NOW });
  const posted = await connect().notices?.post({
    key: "eff_1",
    text: "Unlock?",
    url: "https://spotter.example/a",
    decision: { value: "appr_1" },
  });
  noticeReference = posted?.vendorReference ?? null;
});
afterEach(() => world.close());

/** A call as the vendor would sign it. */
const signed = (body: string, secret = denver.credentials.signingSecret): WebhookRequest => {
  const timestamp = `${NOW.getTime() / 1_000}`;
  return {
    url: "https://spotter.example/",
    headers: { "x-slack-request-timestamp": timestamp, "x-slack-signature": sign({ secret, timestamp, body }) },
    rawBody: new TextEncoder().encode(body),
  };
};

describe("a press", () => {
  test("tells who has pressed what under which notice, and is answered with nothing", async () => {
    const delivery = await read(await world.press({ club: CLUB, actionId: "reject" }));
    expect(delivery).toMatchObject({
      events: [
        {
          kind: "press",
          value: "appr_1",
          choice: "reject",
          personExternalId: PRESSER.id,
          personName: PRESSER.name,
          noticeReference,
          at: expect.any(Date),
        },
      ],
      reply: { body: "" },
    });
  });

  test("of two people or of one person twice is another one each time", async () => {
    const ids: (string | undefined)[] = [];
    for (const id of ["U0MARLOW", "U0TANSY", "U0MARLOW"]) {
      const delivery = await read(await world.press({ club: CLUB, actionId: "approve", user: { id, name: "x" } }));
      ids.push("deliveryId" in delivery ? delivery.deliveryId : undefined);
    }
    expect(new Set(ids).size).toBe(3);
  });

  test("of the button that only opens a page says nothing, and neither do other interactions of the app", async () => {
    expect(await read(await world.press({ club: CLUB, actionId: "open" }))).toMatchObject({ events: [] });
    const shortcut = JSON.stringify({ type: "shortcut", team: { id: denver.settings.teamId }, callback_id: "x" });
    expect(await read(signed(new URLSearchParams({ payload: shortcut }).toString()))).toMatchObject({ events: [] });
  });
});

describe("a call that is not the vendor's", () => {
  test("is refused: wrong secret, a time six minutes off either way, another workspace under the same secret", async () => {
    for (const forged of [
      { secret: "not-the-secret" },
      { secret: brooklyn.credentials.signingSecret },
      { clockMs: -360_000 },
      { clockMs: 360_000 },
      { teamId: brooklyn.settings.teamId },
    ]) {
      expect(await read(await world.press({ club: CLUB, actionId: "approve", ...forged }))).toMatchObject({
        error: { kind: "unauthorized" },
      });
    }
  });

  test("is refused in each of 10,000 mutations", async () => {
    const request = await world.press({ club: CLUB, actionId: "approve" });
    const connector = connect();
    for (const mutated of mutationsOf(request, 10_000)) {
      expect(await read(mutated, connector)).toMatchObject({ error: { kind: "unauthorized" } });
    }
  });

  test("is refused where no secret is set, and the connection then offers no buttons", async () => {
    const connector = connect({ secrets: " " });
    expect(connector.capabilities).toEqual(["notify"]);
    const request = signed("payload=%7B%7D", "");
    expect(await read(request, connector)).toMatchObject({ error: { kind: "unauthorized" } });
  });

  test("both secrets are good while one replaces the other", async () => {
    const request = await world.press({ club: CLUB, actionId: "approve" });
    expect(await read(request, connect({ secrets: `new-secret ${denver.credentials.signingSecret}` }))).toMatchObject({ events: [{}] });
    expect(await read(request, connect({ secrets: "new-secret" }))).toMatchObject({ error: { kind: "unauthorized" } });
  });
});

describe("a signed call that is not understood", () => {
  test("is called malformed, never taken for an empty one", async () => {
    const team = { id: denver.settings.teamId };
    const bodies = [
      "",
      "payload=",
      "payload=%7B%7D&payload=%7B%7D",
      new URLSearchParams({ payload: "[]" }).toString(),
      new URLSearchParams({ payload: JSON.stringify({ type: "block_actions", team }) }).toString(),
      new URLSearchParams({
        payload: JSON.stringify({ type: "block_actions", team, user: { id: "U1" }, container: {}, actions: [{ action_id: "approve" }] }),
      }).toString(),
    ];
    for (const body of bodies) {
      expect(await read(signed(body))).toMatchObject({ error: { kind: "malformed" } });
    }
  });

  test("no signed body of any kind breaks the reader", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json().map((payload) => new URLSearchParams({ payload }).toString()),
        ),
        async (body) => {
          const delivery = await read(signed(body));
          expect("error" in delivery ? delivery.error : delivery).toMatchObject(
            "error" in delivery ? { name: "ConnectorError" } : { events: [] },
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
