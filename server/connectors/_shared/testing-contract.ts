import { afterEach, describe, expect, test } from "vitest";

import { now } from "#server/platform/clock.ts";
import { ConnectorError, type ConnectorFailure } from "../errors.ts";
import type { Capability, Connector } from "../ports.ts";
import type { WebhookDelivery, WebhookRequest } from "../webhook.ts";

/** The faults each sandbox must be able to show; `kind` as in `local/vendors/_shared/faults.ts`. */
export type ContractFault = {
  readonly kind:
    | "unauthorized"
    | "throttled"
    | "error_before"
    | "error_after"
    | "timeout_after"
    | "timeout_before"
    | "changed_field"
    | "html_page"
    | "outage";
  readonly operation?: string;
  readonly count?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
};

/** A read of one capability. What it answers must say something of the vendor's data, so that an empty answer shows. */
export type ContractRead = {
  readonly capability: Capability;
  /** The sandbox's name for the call to spoil. */
  readonly operation: string;
  readonly read: (connector: Connector) => Promise<readonly unknown[]>;
  /** Faults that this vendor's protocol cannot show, each with the reason. */
  readonly without?: Partial<Record<ContractFault["kind"], string>>;
};

/** An act of one capability, and how to learn from the sandbox's accept log how often it happened. */
export type ContractAct = {
  readonly capability: Capability;
  readonly operation: string;
  /** Acts once; the key is the idempotency key of the effect. */
  readonly act: (connector: Connector, key: string) => Promise<unknown>;
  /** How often the sandbox has accepted this act, from its accept log. */
  readonly acceptedCount: () => Promise<number>;
  /**
   * What makes a second call safe: `key` the vendor knows the key again, `state` the act sets a state,
   * `read_back` only looking tells, `nothing` not even that.
   */
  readonly safety: "key" | "state" | "read_back" | "nothing";
  /** Present with `read_back`: whether the vendor shows that it happened. */
  readonly readBack?: (connector: Connector, key: string) => Promise<boolean>;
  readonly without?: Partial<Record<ContractFault["kind"], string>>;
};

/** A webhook as the sandbox delivers it. */
export type ContractWebhook = {
  readonly capability: Capability;
  /** Makes the vendor call, and resolves with what arrived. */
  readonly deliver: () => Promise<WebhookRequest>;
  /** Whether the vendor signs a time, so that an old call is told from a new one. */
  readonly isTimed: boolean;
  /** Whether a mutated call says the same as the original, such as `%2b` for `%2B` in a form. */
  readonly isEquivalent?: (mutated: WebhookRequest) => boolean;
};

export type ContractWorld = {
  /** A connector with a new session, with a network whose time-out is `timeoutMs`. */
  readonly connect: (over?: { readonly timeoutMs?: number; readonly now?: () => Date }) => Connector;
  readonly fault: (fault: ContractFault) => Promise<void>;
  readonly reads: readonly ContractRead[];
  readonly acts: readonly ContractAct[];
  readonly webhooks: readonly ContractWebhook[];
  readonly close: () => Promise<void>;
};

/** Names only, so that tests exist before a world is opened. The world must hold exactly these. */
export type ContractPlan = {
  readonly name: string;
  readonly reads: readonly Capability[];
  readonly acts: readonly Capability[];
  readonly webhooks: readonly Capability[];
};

const TIMEOUT_MS = 250;
const LONG_MS = 60_000;

type ReadFault = { readonly fault: ContractFault; readonly kinds: readonly ConnectorFailure[] };

const READ_FAULTS: readonly ReadFault[] = [
  { fault: { kind: "unauthorized" }, kinds: ["unauthorized"] },
  { fault: { kind: "throttled", retryAfterSeconds: 7 }, kinds: ["throttled"] },
  { fault: { kind: "error_before" }, kinds: ["unavailable"] },
  { fault: { kind: "timeout_before", delayMs: LONG_MS }, kinds: ["unavailable"] },
  { fault: { kind: "changed_field" }, kinds: ["malformed"] },
  { fault: { kind: "html_page" }, kinds: ["malformed", "unavailable"] },
  { fault: { kind: "outage" }, kinds: ["unavailable"] },
];

/** The same tests for every connector, against its sandbox. Each world is opened afresh and closed after its test. */
export const describeContract = (plan: ContractPlan, open: () => Promise<ContractWorld>): void => {
  const opened: ContractWorld[] = [];
  const enter = async (): Promise<ContractWorld> => {
    const world = await open();
    opened.push(world);
    return world;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((world) => world.close()));
  });

  describe(`${plan.name} keeps the contract`, () => {
    test("it declares what it can do, and proves its credentials without changing anything", async () => {
      const world = await enter();
      const connector = world.connect();
      const inWorld = [...world.reads, ...world.acts, ...world.webhooks].map(({ capability }) => capability);
      expect(inWorld.toSorted()).toEqual([...plan.reads, ...plan.acts, ...plan.webhooks].toSorted());
      expect(connector.capabilities).toEqual(expect.arrayContaining([...new Set(inWorld)]));
      expect((await connector.check()).account).not.toBe("");
      expect(await Promise.all(world.acts.map(({ acceptedCount }) => acceptedCount()))).toEqual(world.acts.map(() => 0));
      await world.fault({ kind: "unauthorized" });
      expect(await failureKind(world.connect().check())).toBe("unauthorized");
    });
    for (const capability of plan.reads) {
      describeRead(capability, enter);
    }
    for (const capability of plan.acts) {
      describeAct(capability, enter);
    }
    for (const capability of plan.webhooks) {
      describeWebhook(capability, enter);
    }
  });
};

type Enter = () => Promise<ContractWorld>;

const describeRead = (capability: Capability, enter: Enter): void => {
  const openRead = async () => {
    const world = await enter();
    return { world, read: itemOf(world.reads, capability) };
  };

  test(`${capability}: reads what is there`, async () => {
    const { world, read } = await openRead();
    expect((await read.read(world.connect())).length).toBeGreaterThan(0);
  });

  test.each(READ_FAULTS)(`${capability}: $fault.kind is said as it is, never as an empty answer`, async ({ fault, kinds }) => {
    const { world, read } = await openRead();
    if (read.without?.[fault.kind] !== undefined) {
      return;
    }
    await world.fault({ ...fault, operation: read.operation });
    const failure = await failureOf(read.read(world.connect({ timeoutMs: TIMEOUT_MS })));
    expect(kinds).toContain(failure?.kind);
    if (fault.retryAfterSeconds !== undefined) {
      expect(failure?.retryAfterSeconds).toBe(fault.retryAfterSeconds);
    }
  });
};

const describeAct = (capability: Capability, enter: Enter): void => {
  const openAct = async () => {
    const world = await enter();
    return { world, act: itemOf(world.acts, capability) };
  };

  test(`${capability}: happens once, and is shown by the vendor`, async () => {
    const { world, act } = await openAct();
    const connector = world.connect();
    expect(act.readBack === undefined || !(await act.readBack(connector, "eff_1"))).toBe(true);
    await act.act(connector, "eff_1");
    expect(await act.acceptedCount()).toBe(1);
    expect(act.readBack === undefined || (await act.readBack(world.connect(), "eff_1"))).toBe(true);
  });

  test.each<{ fault: ContractFault; kind: ConnectorFailure }>([
    { fault: { kind: "unauthorized" }, kind: "unauthorized" },
    { fault: { kind: "throttled", retryAfterSeconds: 7 }, kind: "throttled" },
  ])(`${capability}: after $fault.kind nothing has happened`, async ({ fault, kind }) => {
    const { world, act } = await openAct();
    if (act.without?.[fault.kind] !== undefined) {
      return;
    }
    await world.fault({ ...fault, operation: act.operation });
    expect(await failureKind(act.act(world.connect(), "eff_1"))).toBe(kind);
    expect(await act.acceptedCount()).toBe(0);
  });

  // Seen from outside an error before and an error after are the same: neither may be called "nothing happened".
  test.each<ContractFault>([
    { kind: "error_before", count: 1 },
    { kind: "error_after", count: 1 },
    { kind: "timeout_after", count: 1, delayMs: LONG_MS },
    { kind: "changed_field", count: 1 },
    { kind: "html_page", count: 1 },
  ])(`${capability}: after $kind the outcome counts as unknown, and finding out never doubles it`, async (fault) => {
    const { world, act } = await openAct();
    if (act.without?.[fault.kind] !== undefined) {
      return;
    }
    await world.fault({ ...fault, operation: act.operation });
    const kind = await failureKind(act.act(world.connect({ timeoutMs: TIMEOUT_MS }), "eff_1"));
    const hasHappened = fault.kind !== "error_before";
    expect(await act.acceptedCount()).toBe(hasHappened ? 1 : 0);
    if (act.safety === "read_back" || act.safety === "nothing") {
      expect(kind).toBe("outcome_unknown");
    } else {
      expect(["outcome_unknown", "unavailable", "malformed"]).toContain(kind);
    }
    if (act.readBack !== undefined) {
      expect(await act.readBack(world.connect(), "eff_1")).toBe(hasHappened);
    }
    if (act.safety === "key") {
      await act.act(world.connect(), "eff_1");
      expect(await act.acceptedCount()).toBe(1);
    }
  });
};

/** Over the connectors that take webhooks these are more than ten thousand. */
const MANY_MUTATIONS = 2_000;

const describeWebhook = (capability: Capability, enter: Enter): void => {
  const openWebhook = async () => {
    const world = await enter();
    const webhook = itemOf(world.webhooks, capability);
    return { world, webhook, request: await webhook.deliver() };
  };

  test(`${capability}: a call of the vendor is read, and read the same when it comes again`, async () => {
    const { world, request } = await openWebhook();
    const first = await parse(world.connect(), request);
    expect(first.events.length).toBeGreaterThan(0);
    expect(await parse(world.connect(), request)).toEqual(first);
  });

  test(`${capability}: no mutated call is accepted`, async () => {
    const { world, webhook, request } = await openWebhook();
    const connector = world.connect();
    for (const mutated of mutationsOf(request, MANY_MUTATIONS).filter((one) => webhook.isEquivalent?.(one) !== true)) {
      expect(await failureKind(parse(connector, mutated))).toBe("unauthorized");
    }
  });

  test(`${capability}: an old call is refused where the vendor signs its time`, async () => {
    const { world, webhook, request } = await openWebhook();
    if (!webhook.isTimed) {
      return;
    }
    for (const minutes of [6, -6]) {
      const later = world.connect({ now: () => new Date(now().getTime() + minutes * 60_000) });
      expect(await failureKind(parse(later, request))).toBe("unauthorized");
    }
  });
};

/** Calls in which one byte of the body or one character of a signing header is another one. */
export const mutationsOf = (request: WebhookRequest, count: number): WebhookRequest[] =>
  Array.from({ length: count }, (_, index): WebhookRequest => {
    const { rawBody, headers } = request;
    const signing = Object.keys(headers).filter((name) => /signature|timestamp|webhook-id/.test(name));
    const name = signing[Math.floor(index / 2) % signing.length];
    const value = name === undefined ? undefined : headers[name];
    if (index % 2 === 0 && name !== undefined && value !== undefined && value !== "") {
      const place = (index * 7) % value.length;
      const other = value[place] === "A" ? "B" : "A";
      return { ...request, headers: { ...headers, [name]: `${value.slice(0, place)}${other}${value.slice(place + 1)}` } };
    }
    const bytes = Uint8Array.from(rawBody);
    const place = (index * 31) % Math.max(bytes.length, 1);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (index % 7));
    return { ...request, rawBody: bytes };
  });

const parse = async (connector: Connector, request: WebhookRequest): Promise<WebhookDelivery> => {
  if (connector.webhook === undefined) {
    throw new TypeError("this connector reads no webhooks");
  }
  return connector.webhook.parse(request);
};

const itemOf = <T extends { readonly capability: Capability }>(items: readonly T[], capability: Capability): T => {
  const item = items.find((one) => one.capability === capability);
  if (item === undefined) {
    throw new RangeError(`the world has nothing for ${capability}`);
  }
  return item;
};

const failureOf = async (work: Promise<unknown>): Promise<ConnectorError | null> => {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ConnectorError) {
      return error;
    }
    throw error;
  }
};

/** `null` = it succeeded. */
const failureKind = async (work: Promise<unknown>): Promise<ConnectorFailure | null> => (await failureOf(work))?.kind ?? null;
