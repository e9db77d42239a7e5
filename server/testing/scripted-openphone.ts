import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { createOpenPhoneConnector } from "#server/connectors/openphone/connector.ts";
import { OPENPHONE_SETUP } from "#server/connectors/openphone/setup.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { afterAll, beforeAll } from "vitest";

/** What the vendor does with one call, and when it answers. */
export type Step = {
  /** Whether the text goes out, whatever is answered. */
  readonly isAccepted: boolean;
  readonly status: number;
  readonly retryAfterSeconds?: number;
  /** The answer waits for this; the text is accepted before. */
  readonly until?: Promise<unknown>;
};

export const ACCEPT: Step = { isAccepted: true, status: 202 };
export const ERROR_AFTER: Step = { isAccepted: true, status: 500 };
export const ERROR_BEFORE: Step = { isAccepted: false, status: 500 };
export const REJECT: Step = { isAccepted: false, status: 400 };
export const UNAUTHORIZED: Step = { isAccepted: false, status: 401 };
export const THROTTLE: Step = { isAccepted: false, status: 429, retryAfterSeconds: 7 };

export type AcceptedText = { readonly id: string; readonly to: string; readonly text: string };

/** OpenPhone over loopback, call by call as the test says: the accept log is what really went out. */
export type ScriptedOpenPhone = {
  /** What the next sends meet, in order; after them every send is accepted. */
  readonly next: (...steps: readonly Step[]) => void;
  /** The next send reaches the vendor and is answered only when released. `arrived` resolves once it is there. */
  readonly hold: (step?: Step) => { readonly arrived: Promise<void>; readonly release: () => void };
  /** The same for the next read-back. */
  readonly holdList: () => { readonly arrived: Promise<void>; readonly release: () => void };
  /** A member texts the club; the vendor shows it to whoever polls. */
  readonly receive: (from: string, text: string) => string;
  /** Which keys it takes, beside the one of all tests. */
  readonly setKeys: (...keys: readonly string[]) => void;
  readonly accepted: (to: string) => readonly AcceptedText[];
  readonly sendCount: (to: string) => number;
};

type Held = { readonly arrived: () => void; readonly until: Promise<unknown> };
type Planned = Step & { readonly arrived?: () => void };

const KEY = "scripted-key";

export const useScriptedOpenPhone = (): ScriptedOpenPhone => {
  const state = {
    url: "",
    keys: new Set([KEY]),
    serial: 0,
    log: [] as (AcceptedText & { at: Date })[],
    calls: [] as string[],
    received: [] as (AcceptedText & { at: Date })[],
    steps: [] as Planned[],
    lists: [] as Held[],
  };

  const send = async (body: { content: string; to: string[]; from: string }): Promise<{ step: Step; answer: unknown }> => {
    const step: Planned = state.steps.shift() ?? ACCEPT;
    const to = body.to[0] ?? "";
    state.calls.push(to);
    const entry = { id: `VENDOR${(state.serial += 1)}`, to, text: body.content, at: new Date() };
    if (step.isAccepted) {
      state.log.push(entry);
    }
    step.arrived?.();
    await step.until;
    return { step, answer: step.status === 202 ? { data: view(entry, body.from) } : { message: "scripted" } };
  };

  const list = async (path: string, query: URLSearchParams): Promise<unknown> => {
    const people = new Set(query.getAll("participants"));
    const isOf = (entry: AcceptedText): boolean => people.has(entry.to);
    const found = path.endsWith("/phone-numbers")
      ? NUMBERS
      : path.endsWith("/conversations")
        ? state.received.map(threadView)
        : [
            ...state.log.filter(isOf).map((entry) => view(entry, query.get("phoneNumberId") ?? "")),
            ...state.received.filter(isOf).map(receivedView),
          ];
    const held = state.lists.shift();
    held?.arrived();
    await held?.until;
    return { data: found, totalItems: found.length, nextPageToken: null };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const url = new URL(request.url ?? "/", "http://vendor");
    if (!state.keys.has(request.headers.authorization ?? "")) {
      return answer(response, 401, { message: "unknown key" });
    }
    if (request.method === "POST") {
      const { step, answer: body } = await send(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      return answer(response, step.status, body, step.retryAfterSeconds);
    }
    if (url.searchParams.get("pageToken") === DEAD_TOKEN) {
      return answer(response, 400, { message: "unknown page token" });
    }
    return answer(response, 200, await list(url.pathname, url.searchParams));
  };

  const server = createServer((request, response) => void serve(request, response));
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    state.url = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
    reachOpenPhoneAt(state.url);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    next: (...steps) => state.steps.push(...steps),
    hold: (step = ACCEPT) => {
      const gate = newGate();
      state.steps.push({ ...step, until: gate.until, arrived: gate.arrive });
      return { arrived: gate.arrived, release: gate.release };
    },
    holdList: () => {
      const gate = newGate();
      state.lists.push({ until: gate.until, arrived: gate.arrive });
      return { arrived: gate.arrived, release: gate.release };
    },
    receive: (from, text) => {
      const id = `VENDOR${(state.serial += 1)}`;
      state.received.push({ id, to: from, text, at: new Date() });
      return id;
    },
    setKeys: (...keys) => {
      state.keys = new Set([KEY, ...keys]);
    },
    accepted: (to) => state.log.filter((entry) => entry.to === to),
    sendCount: (to) => state.calls.filter((called) => called === to).length,
  };
};

/** The product's own connector, at another address than the installation's: no test writes the environment. */
export const reachOpenPhoneAt = (baseUrl: string): void => {
  CONNECTORS.openphone = {
    setup: OPENPHONE_SETUP,
    create: (context) => createOpenPhoneConnector({ ...context, ...openTestNetwork(), settings: { ...context.settings, baseUrl } }),
  };
};

/** What a connection to it is made with. */
export const SCRIPTED_CREDENTIALS = { apiKey: KEY, phoneNumberId: "PNscripted", webhookKey: "" };

/** What the workspace has: the number of most tests, and a second one. */
export const SECOND_NUMBER_ID = "PNsecond";
const NUMBERS = [
  { id: SCRIPTED_CREDENTIALS.phoneNumberId, number: "+13035550100", name: "Front desk", users: [] },
  { id: SECOND_NUMBER_ID, number: "+13035550199", name: "Back office", users: [] },
];

/** A page token the vendor no longer knows. */
export const DEAD_TOKEN = "dead";

const newGate = () => {
  const opened = Promise.withResolvers<void>();
  const arrival = Promise.withResolvers<void>();
  return { until: opened.promise, release: () => opened.resolve(), arrived: arrival.promise, arrive: () => arrival.resolve() };
};

const view = (entry: AcceptedText & { readonly at: Date }, from: string) => ({
  id: entry.id,
  direction: "outgoing",
  from,
  to: [entry.to],
  text: entry.text,
  status: "queued",
  phoneNumberId: SCRIPTED_CREDENTIALS.phoneNumberId,
  conversationId: `CN${entry.to}`,
  createdAt: entry.at.toISOString(),
});

const receivedView = (entry: AcceptedText & { readonly at: Date }) => ({
  ...view(entry, entry.to),
  direction: "incoming",
  to: ["+13035550100"],
  status: "received",
});

const threadView = (entry: AcceptedText & { readonly at: Date }) => ({
  id: `CN${entry.to}`,
  participants: [entry.to],
  phoneNumberId: SCRIPTED_CREDENTIALS.phoneNumberId,
  lastActivityId: entry.id,
  lastActivityAt: entry.at.toISOString(),
  updatedAt: entry.at.toISOString(),
});

const answer = (response: ServerResponse, status: number, body: unknown, retryAfterSeconds?: number): void => {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": `${retryAfterSeconds}` }),
  });
  response.end(JSON.stringify(body));
};
