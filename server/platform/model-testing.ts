import "server-only";

import { z } from "zod";

import type { ModelClock } from "#server/platform/model-clock.ts";

export type TestClock = ModelClock & {
  /** Each wait that was begun, in milliseconds. */
  readonly waits: readonly number[];
  readonly advance: (ms: number) => void;
};

/** A clock that stands still. Where it is hurried, it jumps to the end of each wait as soon as one begins. */
export const testClock = ({ isHurried = false }: { readonly isHurried?: boolean } = {}): TestClock => {
  type Timer = { readonly atMs: number; readonly run: () => void };
  let nowMs = 0;
  let timers: readonly Timer[] = [];
  const waits: number[] = [];
  const remove = (timer: Timer): void => {
    timers = timers.filter((other) => other !== timer);
  };
  const advance = (ms: number): void => {
    const untilMs = nowMs + ms;
    const due = (): Timer | undefined => timers.filter(({ atMs }) => atMs <= untilMs).toSorted((one, other) => one.atMs - other.atMs)[0];
    for (let timer = due(); timer !== undefined; timer = due()) {
      nowMs = Math.max(nowMs, timer.atMs);
      remove(timer);
      timer.run();
    }
    nowMs = untilMs;
  };
  return {
    waits,
    advance,
    nowMs: () => nowMs,
    after: (ms, run) => {
      const timer = { atMs: nowMs + ms, run };
      waits.push(ms);
      timers = [...timers, timer];
      if (isHurried) {
        queueMicrotask(() => (timers.includes(timer) ? advance(timer.atMs - nowMs) : undefined));
      }
      return () => remove(timer);
    },
  };
};

const Sent = z.looseObject({ model: z.string(), max_tokens: z.number(), messages: z.array(z.looseObject({ role: z.string() })) });

export type SentCall = z.infer<typeof Sent>;

/** A service in the process: `answer` is asked for each call, with what was sent and how many calls came before. */
export const scriptedService = (answer: (sent: SentCall, index: number) => Response | Promise<Response>) => {
  const sent: SentCall[] = [];
  const call: typeof fetch = async (_address, init) => {
    const params = Sent.parse(JSON.parse(String(init?.body)));
    sent.push(params);
    return answer(params, sent.length - 1);
  };
  return { fetch: call, sent };
};

type Message = { readonly content?: readonly object[]; readonly stop_reason?: string | null; readonly usage?: object };

/** An answer as the service writes it: ten tokens in, five out. */
export const messageBody = (over: Message = {}): string =>
  JSON.stringify({
    id: "msg_test",
    type: "message",
    role: "assistant",
    model: "claude-haiku-5-5",
    content: [{ type: "text", text: '{"word":"tango"}' }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 5 },
    ...over,
  });

export const respond = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(body, { status, headers: { "content-type": "application/json", "request-id": "req_test", ...headers } });

export const errorBody = (type: string, code?: string): string =>
  JSON.stringify({ type: "error", error: { type, message: "no", ...(code === undefined ? {} : { details: { error_code: code } }) } });
