import { INPUT_TOKENS_PER_MINUTE, OUTPUT_TOKENS_PER_MINUTE, REQUESTS_PER_MINUTE } from "./limits.ts";

type Spent = { readonly requests: number; readonly inputTokens: number; readonly outputTokens: number };

export type RateLimits = { readonly spend: (spent: Spent) => Readonly<Record<string, string>> };

const WINDOW_MS = 60_000;

/** Headers that count down within each minute. They inform; only a fault asked for ever answers 429. */
export const createRateLimits = ({ nowMs }: { nowMs: () => number }): RateLimits => {
  let windowStartMs = Number.NEGATIVE_INFINITY;
  let used: Spent = { requests: 0, inputTokens: 0, outputTokens: 0 };

  const spend = (spent: Spent): Readonly<Record<string, string>> => {
    if (nowMs() - windowStartMs >= WINDOW_MS) {
      windowStartMs = nowMs();
      used = { requests: 0, inputTokens: 0, outputTokens: 0 };
    }
    used = {
      requests: used.requests + spent.requests,
      inputTokens: used.inputTokens + spent.inputTokens,
      outputTokens: used.outputTokens + spent.outputTokens,
    };
    const reset = new Date(windowStartMs + WINDOW_MS).toISOString();
    const rows = [
      ["requests", REQUESTS_PER_MINUTE, used.requests],
      ["tokens", INPUT_TOKENS_PER_MINUTE + OUTPUT_TOKENS_PER_MINUTE, used.inputTokens + used.outputTokens],
      ["input-tokens", INPUT_TOKENS_PER_MINUTE, used.inputTokens],
      ["output-tokens", OUTPUT_TOKENS_PER_MINUTE, used.outputTokens],
    ] as const;
    return Object.fromEntries(
      rows.flatMap(([name, limit, count]) => [
        [`anthropic-ratelimit-${name}-limit`, String(limit)],
        [`anthropic-ratelimit-${name}-remaining`, String(Math.max(0, limit - count))],
        [`anthropic-ratelimit-${name}-reset`, reset],
      ]),
    );
  };
  return { spend };
};
