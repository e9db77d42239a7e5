import "server-only";

/** US dollars per million tokens, which is the same as millionths of a dollar per token. */
type Rates = {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
};

type Price = {
  readonly model: string;
  readonly rates: Rates;
  /** Some models cost more once the whole prompt is longer than this many tokens. */
  readonly longPrompt?: { readonly aboveTokens: number; readonly rates: Rates };
};

/**
 * Prices as listed on platform.claude.com, read 2026-11-21. Where a cache rate is not listed, 1.25 times the input
 * price is taken for five minutes and twice for an hour, the ratio of the other models.
 */
const PRICES: readonly Price[] = [
  {
    model: "claude-haiku-5-5",
    rates: { input: 0.1, output: 0.5, cacheWrite5m: 0.125, cacheWrite1h: 0.2, cacheRead: 0.01 },
    longPrompt: { aboveTokens: 100_000, rates: { input: 0.5, output: 2.5, cacheWrite5m: 0.625, cacheWrite1h: 1, cacheRead: 0.05 } },
  },
  { model: "claude-sonnet-5-5", rates: { input: 2, output: 10, cacheWrite5m: 2.5, cacheWrite1h: 4, cacheRead: 0.1 } },
  { model: "claude-opus-5-5", rates: { input: 4, output: 20, cacheWrite5m: 5, cacheWrite1h: 8, cacheRead: 0.2 } },
  { model: "claude-fable-5-1", rates: { input: 10, output: 50, cacheWrite5m: 12.5, cacheWrite1h: 20, cacheRead: 0.25 } },
];

/** Charged for a model that is not listed, so that a budget stops early rather than late. */
const DEAREST: Rates = { input: 10, output: 50, cacheWrite5m: 12.5, cacheWrite1h: 20, cacheRead: 0.25 };

export type TokenUsage = {
  /** Neither read from the cache nor written to it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
};

/** The models an owner may choose from, cheapest first. */
export const LISTED_MODELS: readonly string[] = PRICES.map(({ model }) => model);

export const isListedModel = (model: string): boolean => priceOf(model) !== undefined;

/** What a call costs in millionths of a US dollar, rounded up. */
export const costMicrosOf = (model: string, usage: TokenUsage): number => {
  const price = priceOf(model);
  const promptTokens = usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const isLong = price?.longPrompt !== undefined && promptTokens > price.longPrompt.aboveTokens;
  const rates = (isLong ? price.longPrompt?.rates : price?.rates) ?? DEAREST;
  const micros =
    usage.inputTokens * rates.input +
    usage.outputTokens * rates.output +
    usage.cacheReadTokens * rates.cacheRead +
    usage.cacheWrite5mTokens * rates.cacheWrite5m +
    usage.cacheWrite1hTokens * rates.cacheWrite1h;
  // Sums of decimal fractions such as 0.1 end a hair above the whole number they mean.
  return Math.ceil(micros - 1e-6);
};

/** A dated id such as `claude-haiku-5-5-20261007` has the price of its model. */
const priceOf = (model: string): Price | undefined => PRICES.find((price) => model === price.model || model.startsWith(`${price.model}-2`));
