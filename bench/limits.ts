/** What the project promises (issue "The main job, end to end", section "What it must show"). */
export const BARS = {
  /** From the member's text to the painted row of an open browser, by webhook. */
  webhookVisibleMs: 2_000,
  /** From the member's text to the answer on the phone, beyond the burst window, by webhook. */
  webhookAnsweredBeyondBurstMs: 2_000,
  pollVisibleMs: 10_500,
  /** Here the burst window is part of the time. */
  pollAnsweredMs: 13_000,
  /** Issue "Connectors", section "What it must show". */
  syncMs: 20_000,
  syncGrowthMib: 150,
  /** Issue "Workflows", section "What it must show". */
  campaignPlannedMs: 5_000,
  campaignTokens: 10_000,
  campaignGrowthMib: 200,
  /** Longer than the vendor's own rate asks for, no more than this. */
  campaignOverRate: 0.05,
  /** Issue "The console", section "What it must show". */
  longTaskMs: 50,
  coldStartMs: 120_000,
  secondStartMs: 15_000,
} as const;

/** Messages of a latency bench; the promise is made for so many. */
export const MESSAGE_COUNT = 50;
/** Messages of a crash bench. */
export const BURST_COUNT = 200;
/** Replies of a bench of sends. */
export const SEND_COUNT = 2_000;

/** Prospects of the member sync: those of a real club. */
export const PROSPECT_COUNT = 3_832;

/** A campaign to everybody else of it. */
export const GREEN_COUNT = 294;
export const PAY_PER_VISIT_COUNT = 117;
/** Requests of one key that OpenPhone takes within any second, and so its sandbox. */
export const OPENPHONE_REQUESTS_PER_SECOND = 10;

/** Lighthouse, of 100 each; issue "The console", section "What it must show". */
export const LIGHTHOUSE_BARS = { performance: 90, accessibility: 100, "best-practices": 95 } as const;
/** The median of so many counts: one run says as much about the machine as about the page. */
export const LIGHTHOUSE_RUN_COUNT = 3;
/** In the inbox when it is judged. */
export const LIGHTHOUSE_CONVERSATION_COUNT = 300;

/** What is scrolled through from end to end. */
export const CONVERSATION_COUNT = 20_000;
export const THREAD_COUNT = 5_000;

/** Ports of the benches, apart from those of `npm start` (3000) and `npm test` (3100). */
export const BENCH_PORT = 3300;
export const START_PORT = 3400;

/** One-minute load average above which a figure says more about the machine than about Spotter. */
export const NOISY_LOAD = 3;
