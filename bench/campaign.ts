import { setTimeout as sleep } from "node:timers/promises";

import { chromium, type Page } from "@playwright/test";

import { findBrowser } from "#local/start/find-browser.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";

import { DEMO_CLUBS, DEMO_FRANCHISES } from "../prisma/demo.ts";
import { withStack, type RunningStack } from "./bench-stack.ts";
import { mutate, query } from "./call-api.ts";
import { campaignClub, type CampaignClub, type RunState } from "./campaign-club.ts";
import { judgeCampaign } from "./campaign-report.ts";
import { killAgainAndAgain } from "./kill-again.ts";
import { GREEN_COUNT, OPENPHONE_REQUESTS_PER_SECOND, PAY_PER_VISIT_COUNT, PROSPECT_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { idleMemory, watchMemoryOf } from "./memory.ts";
import { numbersOf, openAreas, type Area } from "./open-areas.ts";
import { signIn } from "./open-inbox.ts";
import { pollUntil } from "./poll-until.ts";
import { readDatabase, type BenchDatabase } from "./read-database.ts";
import { print } from "./report.ts";
import { addCrowd } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

/** One channel leads to its people, its text number; it has no ClubOS inbox. */
const SLUG = "fairway-brooklyn";
const OWNER = "owner@fairway.example";
/** People who never agreed to anything: nobody may write to them. */
const BYSTANDER_COUNT = 50;
const KILL_EVERY_MS = 5_000;
const SYNCED_WITHIN_MS = 300_000;
const PLANNED_WITHIN_MS = 120_000;
/** Beyond what the vendor's rate asks for: time-outs, read-backs and the ends of claims. */
const SPARE_MS = 420_000;
/** A killed server works no more than half of the time. */
const KILL_FACTOR = 4;
/** Nothing may come after everything seems settled: a late second send would. */
const QUIET_MS = 20_000;
const LOOK_EVERY_MS = 1_000;

export type CampaignOptions = { readonly count?: number; readonly isKilled?: boolean };

/** A whole club written to in one run; true when it was quick, cheap, and everybody got it once. */
export const benchCampaign = async ({ count = PROSPECT_COUNT, isKilled = false }: CampaignOptions): Promise<boolean> => {
  const loadBefore = loadAverage();
  const eligibleCount = count + GREEN_COUNT + PAY_PER_VISIT_COUNT;
  const rateMs = (eligibleCount / OPENPHONE_REQUESTS_PER_SECOND) * 1_000;
  const withinMs = rateMs * (isKilled ? KILL_FACTOR : 2) + SPARE_MS;
  const peopleCount = eligibleCount + BYSTANDER_COUNT;
  const areas = openAreas({
    peopleCount,
    at: new Date(),
    forMs: withinMs,
    quietHours: BUILT_IN_POLICY.quietHours,
    takenCodes: DEMO_CLUBS.map(({ areaCode }) => areaCode),
  });
  print(
    `\n${count} prospects, ${GREEN_COUNT} new members and ${PAY_PER_VISIT_COUNT} pay-per-visit guests of one club in one campaign${isKilled ? `; kill -9 of the server ${KILL_EVERY_MS / 1_000} s after each start, until all is settled` : ""}.`,
  );
  const numbers = numbersOf(areas, peopleCount);
  return withStack(
    async (running) => {
      const bench = await openBench(running);
      await warmUp({ running, database: bench.database });
      await fill(bench, { areas, numbers, eligibleCount, peopleCount });
      const idleMib = await idleMemory(bench.webPid);
      const live = await letGo(bench);
      const watch = watchMemoryOf(bench.webPid);
      const killing = isKilled ? killAgainAndAgain(running, KILL_EVERY_MS) : null;
      const isSettled = await settle(bench, { runId: live.runId, withinMs });
      const killCount = (await killing?.stop()) ?? 0;
      const growthMib = Math.round(Math.max(...(await watch.stop())) - idleMib);
      await sleep(QUIET_MS);
      return judgeCampaign(bench, {
        ...live,
        eligible: numbers.slice(0, eligibleCount),
        isSettled,
        growthMib,
        idleMib,
        killCount,
        rateMs,
        isKilled,
        loadBefore,
        count,
      });
    },
    isKilled ? { restartPausesMs: [0] } : {},
  );
};

type Bench = {
  readonly running: RunningStack;
  readonly database: BenchDatabase;
  readonly club: CampaignClub;
  readonly clubId: string;
  readonly connectionId: string;
  readonly openPhoneUrl: string;
  readonly webPid: () => number | null;
};

const openBench = async (running: RunningStack): Promise<Bench> => {
  const club = DEMO_CLUBS.find(({ slug }) => slug === SLUG);
  const franchise = DEMO_FRANCHISES.find(({ clubs }) => clubs.some(({ slug }) => slug === SLUG));
  if (club === undefined || franchise === undefined) {
    throw new Error(`The demo has no club ${SLUG}.`);
  }
  return {
    running,
    database: readDatabase(running.ownerUrl),
    club: campaignClub(running.ownerUrl, { id: club.id, franchiseId: franchise.id }),
    clubId: club.id,
    connectionId: club.connections.clubHub,
    openPhoneUrl: `http://127.0.0.1:${running.info.ports.openPhone}`,
    webPid: () => running.stack.pidOf("web"),
  };
};

type Filling = {
  readonly areas: readonly Area[];
  readonly numbers: readonly string[];
  readonly eligibleCount: number;
  readonly peopleCount: number;
};

/** The people come by the member sync; what they agreed to and what the franchise answers for is put beside them. */
const fill = async (
  { club, connectionId, database, running }: Bench,
  { areas, eligibleCount, numbers, peopleCount }: Filling,
): Promise<void> => {
  await addCrowd(`http://127.0.0.1:${running.info.ports.clubOs}`, {
    club: SLUG,
    count: peopleCount,
    greenCount: GREEN_COUNT,
    payPerVisitCount: PAY_PER_VISIT_COUNT,
    areas,
  });
  await database.makeSyncDue(connectionId);
  const areThere = await pollUntil(async () => (await club.reachableCount(numbers)) === peopleCount, { withinMs: SYNCED_WITHIN_MS });
  const consentCount = areThere ? await club.consentInWriting(numbers.slice(0, eligibleCount)) : 0;
  if (consentCount !== eligibleCount) {
    throw new Error(`Of ${peopleCount} people ${await club.reachableCount(numbers)} were read, and ${consentCount} have agreed.`);
  }
  await club.publishSettings(
    areas.map(({ state }) => state),
    peopleCount * 2,
  );
  print(`${peopleCount} people have been read, ${consentCount} have agreed in writing.`);
};

type LetGo = { readonly runId: string; readonly plannedMs: number | null; readonly previewedMs: number | null };

/** As an owner does it: on, a look at a preview, live, now, and the yes to the first live run. */
const letGo = async (bench: Bench): Promise<LetGo> => {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const desk = await signIn(browser, { appUrl: bench.running.info.appUrl, email: OWNER });
    const workflowId = await workflowOf(bench, desk);
    const input = { clubId: bench.clubId, workflowId };
    await mutate(desk, { procedure: "workflows.switch", input: { ...input, isOn: true } });
    await mutate(desk, { procedure: "workflows.preview", input });
    const preview = await runIn(bench, { trigger: "preview", isThere: ({ status }) => status === "completed" });
    await mutate(desk, { procedure: "workflows.goLive", input });
    await mutate(desk, { procedure: "workflows.runNow", input });
    const live = await runIn(bench, { trigger: "manual", isThere: ({ phase, status }) => status === "waiting" && phase === "approving" });
    await mutate(desk, { procedure: "workflows.approveRun", input: { clubId: bench.clubId, runId: live.id } });
    return { runId: live.id, plannedMs: planningMs(live), previewedMs: planningMs(preview) };
  } finally {
    await browser.close();
  }
};

const workflowOf = async ({ club, clubId }: Bench, desk: Page): Promise<string> => {
  await query(desk, { procedure: "workflows.list", input: { clubId } });
  const workflowId = await club.campaignId();
  if (workflowId === null) {
    throw new Error("The club has no campaign.");
  }
  return workflowId;
};

type Wanted = { readonly trigger: string; readonly isThere: (run: RunState) => boolean };

const runIn = async ({ club }: Bench, { isThere, trigger }: Wanted): Promise<RunState> => {
  await pollUntil(
    async () => {
      const run = await club.newestRun(trigger);
      return run !== null && isThere(run);
    },
    { withinMs: PLANNED_WITHIN_MS, everyMs: 200 },
  );
  const run = await club.newestRun(trigger);
  if (run === null || !isThere(run)) {
    throw new Error(`The ${trigger} run did not get there: ${run?.status ?? "none"}, ${run?.phase ?? ""}.`);
  }
  return run;
};

/** From the press of the button to the last person's outcome. */
const planningMs = ({ steps }: RunState): number | null => {
  const at = (name: string): number | undefined => steps.find((step) => step.name === name)?.at.getTime();
  const [from, until] = [at("started"), at("planned")];
  return from === undefined || until === undefined ? null : until - from;
};

type Settling = { readonly runId: string; readonly withinMs: number };

const settle = async ({ club }: Bench, { runId, withinMs }: Settling): Promise<boolean> => {
  const startedAtMs = Date.now();
  let shownAtMs = 0;
  return pollUntil(
    async () => {
      const openCount = await club.openEffectCount(runId);
      if (Date.now() - shownAtMs > 20_000) {
        shownAtMs = Date.now();
        print(`[${`${Math.round((Date.now() - startedAtMs) / 1_000)}`.padStart(4)} s] ${openCount} people open`);
      }
      return openCount === 0;
    },
    { withinMs, everyMs: LOOK_EVERY_MS },
  );
};
