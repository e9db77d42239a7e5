import "server-only";

import type { ModelClock } from "#server/platform/model-clock.ts";
import { PACE_BURST_SECONDS } from "#server/platform/model-limits.ts";

export type PaceLimits = { readonly requestsPerMinute: number; readonly inputTokensPerMinute: number };

type Ask = {
  /** Estimated input of the call. */
  readonly tokens: number;
  /** Whose call it is: those who wait take turns by it. */
  readonly fairKey: string;
  /** Whoever would wait longer is told so at once, and takes nobody's place. */
  readonly longestMs: number;
  readonly signal?: AbortSignal | undefined;
};

export type PaceTurn = { readonly kind: "go" } | { readonly kind: "too_long"; readonly waitMs: number } | { readonly kind: "sent_away" };

export type ModelPace = {
  readonly take: (ask: Ask) => Promise<PaceTurn>;
  /** Corrects the estimate of a call by what was really counted. */
  readonly settle: (tokens: { readonly estimated: number; readonly counted: number }) => void;
  /** The service named a time: nobody calls before it. */
  readonly holdFor: (ms: number) => void;
  /** Ends every wait at once. */
  readonly sendAway: () => void;
};

type Waiting = Ask & { readonly deadlineMs: number; readonly end: (turn: PaceTurn) => void };

/**
 * One pace for all calls of a key: requests and input tokens of a minute, refilled continuously as the service does it,
 * and nothing before a time that it named. Clubs that wait take turns, so that a noisy one delays itself.
 */
export const createModelPace = (limits: PaceLimits, clock: ModelClock): ModelPace => {
  const requests = createAllowance(limits.requestsPerMinute, clock);
  const tokens = createAllowance(limits.inputTokensPerMinute, clock);
  const lanes = createLanes();
  let heldUntilMs = 0;
  let callOff = (): void => undefined;

  const waitMs = (before: { readonly count: number; readonly tokens: number }, own: number): number =>
    Math.max(0, heldUntilMs - clock.nowMs(), requests.waitMs(before.count, 1), tokens.waitMs(before.tokens, own));

  const pump = (): void => {
    callOff();
    callOff = () => undefined;
    for (const late of lanes.removeWhere(({ deadlineMs }) => deadlineMs <= clock.nowMs())) {
      late.end({ kind: "too_long", waitMs: late.longestMs });
    }
    for (let next = lanes.peek(); next !== undefined; next = lanes.peek()) {
      const ms = waitMs({ count: 0, tokens: 0 }, next.tokens);
      if (ms > 0) {
        callOff = clock.after(Math.min(ms, lanes.firstDeadlineMs() - clock.nowMs()), pump);
        return;
      }
      requests.spend(1);
      tokens.spend(next.tokens);
      lanes.shift();
      next.end({ kind: "go" });
    }
  };

  const take = (ask: Ask): Promise<PaceTurn> => {
    const expectedMs = waitMs(lanes.aheadOf(ask.fairKey), ask.tokens);
    if (expectedMs > ask.longestMs) {
      return Promise.resolve({ kind: "too_long", waitMs: expectedMs });
    }
    if (ask.signal?.aborted === true) {
      return Promise.resolve({ kind: "sent_away" });
    }
    return waitIn(lanes, { ask, clock, pump });
  };

  return {
    take,
    settle: ({ estimated, counted }) => {
      tokens.spend(counted - estimated);
      pump();
    },
    holdFor: (ms) => {
      heldUntilMs = Math.max(heldUntilMs, clock.nowMs() + ms);
      pump();
    },
    sendAway: () => {
      lanes.removeWhere(() => true).forEach((waiting) => waiting.end({ kind: "sent_away" }));
      pump();
    },
  };
};

type Queue = { readonly ask: Ask; readonly clock: Pick<ModelClock, "nowMs">; readonly pump: () => void };

const waitIn = (lanes: Lanes, { ask, clock, pump }: Queue): Promise<PaceTurn> =>
  new Promise((resolve) => {
    const giveUp = (): void => {
      lanes.removeWhere((other) => other === waiting);
      waiting.end({ kind: "sent_away" });
      pump();
    };
    const end = (turn: PaceTurn): void => {
      ask.signal?.removeEventListener("abort", giveUp);
      resolve(turn);
    };
    const waiting: Waiting = { ...ask, deadlineMs: clock.nowMs() + ask.longestMs + 1, end };
    ask.signal?.addEventListener("abort", giveUp, { once: true });
    lanes.push(waiting);
    pump();
  });

/** So much a minute, of which a burst may go at once. What is larger than the burst goes when all of it is there. */
const createAllowance = (perMinute: number, { nowMs }: Pick<ModelClock, "nowMs">) => {
  const perMs = perMinute / 60_000;
  const burst = Math.max(1, (perMinute * PACE_BURST_SECONDS) / 60);
  let left = burst;
  let atMs = nowMs();
  const refill = (): void => {
    left = Math.min(burst, left + (nowMs() - atMs) * perMs);
    atMs = nowMs();
  };
  return {
    /** Milliseconds until `own` may go once `before` has gone. */
    waitMs: (before: number, own: number): number => {
      refill();
      return Math.max(0, Math.ceil((before + Math.min(own, burst) - left) / perMs - ROUNDING_MS));
    },
    /** A negative amount gives back. */
    spend: (amount: number): void => {
      refill();
      left = Math.min(burst, left - amount);
    },
  };
};

/** Sums of fractions end a hair beside the whole they mean; nobody waits for that. */
const ROUNDING_MS = 1e-6;

type Lanes = ReturnType<typeof createLanes>;

/** A queue for each key, served in turn: the map's order is the order of the turns. */
const createLanes = () => {
  const lanes = new Map<string, readonly Waiting[]>();
  const all = (): readonly Waiting[] => [...lanes.values()].flat();
  const put = (key: string, lane: readonly Waiting[]): void => void (lane.length === 0 ? lanes.delete(key) : lanes.set(key, lane));
  const first = (): readonly [string, readonly Waiting[]] | undefined => lanes.entries().next().value;
  return {
    push: (waiting: Waiting): void => put(waiting.fairKey, [...(lanes.get(waiting.fairKey) ?? []), waiting]),
    peek: (): Waiting | undefined => first()?.[1][0],
    /** Takes the first away; its key goes to the end of the turns. */
    shift: (): void => {
      const [key, lane] = first() ?? ["", []];
      lanes.delete(key);
      put(key, lane.slice(1));
    },
    removeWhere: (isMeant: (waiting: Waiting) => boolean): readonly Waiting[] => {
      const gone = all().filter(isMeant);
      for (const [key, lane] of gone.length === 0 ? [] : [...lanes]) {
        put(
          key,
          lane.filter((waiting) => !gone.includes(waiting)),
        );
      }
      return gone;
    },
    firstDeadlineMs: (): number => Math.min(...all().map(({ deadlineMs }) => deadlineMs)),
    /** What would be served before one more of this key, by the turns as they stand. */
    aheadOf: (fairKey: string): { readonly count: number; readonly tokens: number } => {
      const own = lanes.get(fairKey)?.length ?? 0;
      const keys = [...lanes.keys()];
      const place = lanes.has(fairKey) ? keys.indexOf(fairKey) : keys.length;
      const ahead = keys.flatMap((key, index) => (lanes.get(key) ?? []).slice(0, key === fairKey ? own : own + (index < place ? 1 : 0)));
      return { count: ahead.length, tokens: ahead.reduce((sum, waiting) => sum + waiting.tokens, 0) };
    },
  };
};
