import { CAMPAIGN_PROBLEMS, campaignProblems } from "./campaign-check.ts";
import type { CampaignClub } from "./campaign-club.ts";
import { figureOf } from "./figures.ts";
import { BARS } from "./limits.ts";
import { print, publish } from "./report.ts";
import { openPhoneLog } from "./sandboxes.ts";

type Place = { readonly club: CampaignClub; readonly openPhoneUrl: string };

type Findings = {
  readonly runId: string;
  readonly plannedMs: number | null;
  readonly previewedMs: number | null;
  readonly eligible: readonly string[];
  readonly isSettled: boolean;
  readonly growthMib: number;
  readonly idleMib: number;
  readonly killCount: number;
  readonly rateMs: number;
  readonly isKilled: boolean;
  readonly loadBefore: number;
  readonly count: number;
};

/** Prints and keeps what became of a campaign; true when it was quick, cheap, and everybody got it once. */
export const judgeCampaign = async ({ club, openPhoneUrl }: Place, found: Findings): Promise<boolean> => {
  const runs = await club.runs();
  const live = runs.find(({ id }) => id === found.runId);
  const approvedAt = live?.approvedAt ?? new Date(0);
  const manager = await club.managerNumber();
  const sends = (await openPhoneLog(openPhoneUrl)).flatMap((entry) =>
    entry.kind === "message" && entry.message.source === "api" && entry.message.createdAt >= approvedAt ? [entry.message] : [],
  );
  const accepted = sends.map(({ id, text, to }) => ({ id, text, to: to[0] ?? "" })).filter(({ to }) => to !== manager);
  const effects = await club.effects(found.runId);
  const problems = campaignProblems({ eligible: found.eligible, accepted, effects });
  const lastMs = Math.max(0, ...sends.filter(({ to }) => to[0] !== manager).map(({ createdAt }) => createdAt.getTime()));
  const sendMs = accepted.length < found.eligible.length ? null : lastMs - approvedAt.getTime();
  const tokens = runs.reduce((total, { inputTokens, outputTokens }) => total + inputTokens + outputTokens, 0);
  const figures = [
    figureOf({ name: "planned, the live run", valuesMs: [found.plannedMs], barMs: BARS.campaignPlannedMs }),
    figureOf({ name: "planned, the preview before", valuesMs: [found.previewedMs], barMs: BARS.campaignPlannedMs }),
    figureOf({
      name: `${accepted.length} sent, from the yes to the last`,
      valuesMs: [sendMs],
      barMs: found.isKilled ? null : Math.round(found.rateMs * (1 + BARS.campaignOverRate)),
    }),
  ];
  const details = {
    count: found.count,
    eligibleCount: found.eligible.length,
    acceptedCount: accepted.length,
    sendsPerSecond: sendMs === null ? null : Math.round((accepted.length / sendMs) * 100_000) / 100,
    vendorRateMs: Math.round(found.rateMs),
    tokens,
    idleMib: Math.round(found.idleMib),
    growthMib: found.growthMib,
    killCount: found.killCount,
    isSettled: found.isSettled,
    isRunEnded: live?.status === "completed",
    reportsToManager: sends.length - accepted.length,
    effectsUnknown: effects.filter(({ wasUnknown }) => wasUnknown).length,
    effectsShown: effects.filter(({ wasShown }) => wasShown).length,
    outcomes: (await club.outcomes(found.runId)).map(
      ({ count, group, outcome, reason }) => `${group ?? "-"} ${outcome} ${reason}: ${count}`,
    ),
  };
  show(details, problems);
  const isLean = found.growthMib <= BARS.campaignGrowthMib && tokens <= BARS.campaignTokens;
  const isPassed =
    found.isSettled && problems.length === 0 && (isLean || found.isKilled) && figures.every(({ isKept }) => isKept !== false);
  const bench = found.isKilled ? "campaign kill" : "campaign";
  publish({ bench, isPassed, figures, loadBefore: found.loadBefore, details: { ...details, problems } });
  return isPassed;
};

const SHOWN_PROBLEM_COUNT = 5;

const show = (details: Readonly<Record<string, unknown>>, problems: ReturnType<typeof campaignProblems>): void => {
  print(`Bars: ${BARS.campaignTokens} tokens, ${BARS.campaignGrowthMib} MiB more than the idle server.`);
  for (const [name, value] of Object.entries(details)) {
    print(`  ${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  }
  for (const [kind, words] of Object.entries(CAMPAIGN_PROBLEMS)) {
    const found = problems.filter((problem) => problem.kind === kind);
    print(`  ${kind.padEnd(16)} ${`${found.length}`.padStart(5)}  ${words}`);
    found.slice(0, SHOWN_PROBLEM_COUNT).forEach(({ detail }) => print(`      ${detail}`));
  }
};
