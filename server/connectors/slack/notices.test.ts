import { PRESSER, slackOf, startSlackWorld } from "#local/vendors/slack/testing.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Notice } from "../acts.ts";
import { HttpFailure } from "../errors.ts";
import type { ConnectorHttp } from "../ports.ts";
import { MEANINGS } from "./client.ts";
import { createSlackConnector } from "./connector.ts";
import { SECTION_MAX_CHARACTERS } from "./limits.ts";
import { noticeReferenceOf, placeOf, sectionText } from "./map.ts";

const CLUB = "ironwood-denver";
const denver = slackOf(CLUB);
const QUESTION = {
  text: "Unlock the front door for Robin?",
  url: "https://spotter.example/ironwood-denver/approvals",
  decision: { value: "appr_1" },
};

let world: Awaited<ReturnType<typeof startSlackWorld>>;

beforeEach(async () => {
  world = await startSlackWorld();
});
afterEach(() => world.close());

type Over = { readonly settings?: Record<string, string>; readonly http?: ConnectorHttp };

const connect = ({ settings = {}, http }: Over = {}) => {
  const { notices, ...rest } = createSlackConnector({
    connectionId: "conn_test",
    credentials: denver.credentials,
    settings: { ...denver.settings, ...settings, baseUrl: world.url },
    ...openTestNetwork(),
    ...(http === undefined ? {} : { http }),
    now: () => new Date(),
    session: createMemorySession(),
  });
  if (notices?.settle === undefined || notices.tell === undefined) {
    throw new TypeError("no notices");
  }
  return { ...rest, post: notices.post, settle: notices.settle, tell: notices.tell };
};

const post = async (over: Partial<Notice> = {}, connector = connect()): Promise<string> =>
  (await connector.post({ key: "eff_1", ...QUESTION, ...over })).vendorReference ?? "";

const failed = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe("a notice", () => {
  test("stands in the channel with its buttons, the page that decides it, and our key for those who look into a doubt", async () => {
    const reference = await post();
    const [message] = await world.messages(CLUB);
    expect(reference).toBe(`${denver.settings.channelId}:${message?.ts ?? ""}`);
    expect(message).toMatchObject({
      text: QUESTION.text,
      key: "eff_1",
      blocks: [
        { type: "section" },
        { elements: [{ action_id: "approve", value: "appr_1" }, { action_id: "reject", value: "appr_1" }, { action_id: "open" }] },
      ],
    });
  });

  test("without a question has no buttons", async () => {
    await post({ decision: null, url: null });
    expect((await world.messages(CLUB))[0]?.blocks).toMatchObject([{ type: "section" }]);
  });

  test("is settled by other words without buttons, as often as one likes", async () => {
    const noticeReference = await post();
    const { settle } = connect();
    await settle({ noticeReference, text: "Approved by Marlow Finch." });
    await settle({ noticeReference, text: "Approved by Marlow Finch." });
    const [message, ...more] = await world.messages(CLUB);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ text: "Approved by Marlow Finch.", blocks: [{ type: "section" }] });
    await expect(settle({ noticeReference: "nonsense", text: "x" })).rejects.toMatchObject({ kind: "rejected" });
    await expect(settle({ noticeReference: `${denver.settings.channelId}:1.000001`, text: "x" })).rejects.toMatchObject({
      kind: "rejected",
      reason: "not_found",
    });
  });

  test("can be answered to one person alone", async () => {
    const noticeReference = await post();
    await connect().tell({ noticeReference, personExternalId: PRESSER.id, text: "You are not linked to Spotter yet." });
    expect((await world.accepted()).at(-1)).toMatchObject({ kind: "ephemeral", user: PRESSER.id });
    expect((await world.messages(CLUB))[0]?.blocks).toHaveLength(2);
  });

  test("too long for Slack is shortened, and never calls the channel or poses as a link", async () => {
    await post({ text: `<!channel> ${"&<>".repeat(2_000)}` });
    const [section] = (await world.messages(CLUB))[0]?.blocks ?? [];
    const shown = section?.type === "section" ? section.text.text : "";
    expect(shown.startsWith("&lt;!channel&gt; &amp;&lt;&gt;")).toBe(true);
    expect(shown.endsWith("…")).toBe(true);
  });
});

describe("what Slack says", () => {
  test.each(Object.entries(MEANINGS))("%s in an answer with status 200 is told as it is", async (word, { kind, reason }) => {
    await world.nextError(word);
    expect(await failed(post())).toMatchObject({ kind, reason: reason ?? "other", code: word });
  });

  test("any other word is a refusal with that word", async () => {
    await world.nextError("some_new_rule");
    expect(await failed(post())).toMatchObject({ kind: "rejected", reason: "other", code: "some_new_rule" });
  });

  test("a token of another workspace is found out when the connection is tested", async () => {
    expect(await failed(connect({ settings: { teamId: "T0OTHER" } }).check())).toMatchObject({ kind: "rejected" });
    expect(await connect().check()).toEqual({ account: `spotter in ${CLUB}` });
  });

  test("429 without a time is patience all the same", async () => {
    await world.fault({ kind: "throttled" });
    expect(await failed(post())).toMatchObject({ kind: "throttled", retryAfterSeconds: undefined });
  });

  test("what was never sent is told as not happened, and what broke on the way as unknown", async () => {
    const broken = (kind: "not_sent" | "broken") => connect({ http: () => Promise.reject(new HttpFailure(kind, "x")) });
    expect(await failed(post({}, broken("not_sent")))).toMatchObject({ kind: "unavailable" });
    expect(await failed(post({}, broken("broken")))).toMatchObject({ kind: "outcome_unknown" });
  });

  test("a notice is one call, whatever comes of it", async () => {
    let calls = 0;
    const http: ConnectorHttp = (request) => {
      calls += 1;
      return openTestNetwork().http(request);
    };
    await world.fault({ kind: "error_after", count: 1 });
    await failed(post({}, connect({ http })));
    expect(calls).toBe(1);
    expect(await world.messages(CLUB)).toHaveLength(1);
  });
});

describe("words and places", () => {
  test("no text makes a section too long, or holds a bare bracket", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 4_000, unit: fc.constantFrom("<", ">", "&", "a", "é", "🏋️") }), (text) => {
        const shown = sectionText(text);
        expect(shown.length).toBeLessThanOrEqual(SECTION_MAX_CHARACTERS);
        expect(shown).not.toMatch(/[<>]/);
      }),
    );
  });

  test("a place is read back from its reference", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,12}$/), fc.stringMatching(/^\d{1,10}\.\d{6}$/), (channel, ts) => {
        expect(placeOf(noticeReferenceOf(channel, ts))).toEqual({ channel, ts });
      }),
    );
  });
});
