/** Numbers of the Messages API as documented and seen in its SDK, 2026-11; those marked "ours" are chosen by us. */

/** The API version this stand-in speaks; a request without a version header is answered 400. */
export const API_VERSION = "2026-10-21";
/** Larger bodies are answered 413. */
export const REQUEST_MAX_BYTES = 33_554_432;
/** A prompt above it is answered 400. */
export const CONTEXT_MAX_TOKENS = 1_000_000;
export const OUTPUT_MAX_TOKENS = 128_000;
/** A fifth cache breakpoint is answered 400. */
export const CACHE_BREAKPOINTS_MAX = 4;
/** Shorter prefixes are not cached. */
export const CACHEABLE_MIN_TOKENS = 512;
/** Ours: characters per token. The real tokenizer is not public; what matters here is that equal prompts count equal. */
export const CHARACTERS_PER_TOKEN = 4;

/** Ours: what the rate-limit headers count down from in each minute; nothing is refused at zero. */
export const REQUESTS_PER_MINUTE = 4_000;
export const INPUT_TOKENS_PER_MINUTE = 2_000_000;
export const OUTPUT_TOKENS_PER_MINUTE = 400_000;

/** Ours: how long an answer takes when nothing else is asked for, near what a small model needs for a short text. */
export const DEFAULT_LATENCY_MS = 350;
/** Ours: how long a "slow" answer takes when the fault names no time. */
export const SLOW_LATENCY_MS = 10_000;
/** Ours: so many requests are kept for `/_sandbox/log`. */
export const LOG_MAX_COUNT = 50;
