import { DEMO_CLUBS } from "../prisma/demo.ts";
import { withStack, type RunningStack } from "./bench-stack.ts";
import { figureOf } from "./figures.ts";
import { BARS, PROSPECT_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { idleMemory, watchMemory } from "./memory.ts";
import { pollUntil } from "./poll-until.ts";
import { readDatabase, type BenchDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { growClub } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

/** How long the sandbox takes for each page. */
const PAGE_MS = 150;
const LOOK_EVERY_MS = 25;
/** The scheduler looks each minute. */
const BEGUN_WITHIN_MS = 90_000;
const ENDED_WITHIN_MS = 180_000;

type Pass = { readonly ms: number | null; readonly peakMib: number };

/** The prospects of a big club read for the first time and once more; true when time, memory and rows keep what is promised. */
export const benchSyncMembers = async ({ count = PROSPECT_COUNT }: { readonly count?: number }): Promise<boolean> => {
  const loadBefore = loadAverage();
  print(`\n${count} prospects of one club, each page of the vendor's list after ${PAGE_MS} ms; then the same list once more.`);
  return withStack(async (running) => {
    const database = readDatabase(running.ownerUrl);
    const [club] = DEMO_CLUBS;
    const connectionId = club?.connections.clubHub ?? "";
    await warmUp({ running, database });
    const idleMib = await idleMemory(() => webPid(running));
    await growClub(`http://127.0.0.1:${running.info.ports.clubOs}`, { club: club?.slug ?? "", count, pageMs: PAGE_MS });
    const known = await database.peopleState(connectionId);
    const first = await onePass({ running, database, connectionId });
    const after = await database.peopleState(connectionId);
    const second = await onePass({ running, database, connectionId });
    const again = await database.peopleState(connectionId);
    const addedCount = after.prospectCount - known.prospectCount;
    const growthMib = Math.round(Math.max(first.peakMib, second.peakMib) - idleMib);
    const isUnwritten = after.versions === again.versions;
    const figures = [
      figureOf({ name: `first pass, ${count} new prospects`, valuesMs: [first.ms], barMs: BARS.syncMs }),
      figureOf({ name: "second pass, nothing has changed", valuesMs: [second.ms], barMs: BARS.syncMs }),
    ];
    print(`Prospects stored: ${addedCount} of ${count}.`);
    print(`Memory of the server: ${Math.round(idleMib)} MiB idle, ${growthMib} MiB more at the most (bar ${BARS.syncGrowthMib}).`);
    print(isUnwritten ? "The second pass wrote no row of a member or prospect." : "The second pass wrote rows of members or prospects.");
    const isPassed =
      addedCount === count && isUnwritten && growthMib <= BARS.syncGrowthMib && figures.every(({ isKept }) => isKept === true);
    const details = { count, addedCount, idleMib: Math.round(idleMib), growthMib, isUnwritten };
    publish({ bench: "sync-members", isPassed, figures, loadBefore, details });
    return isPassed;
  });
};

/** The process that syncs. */
const webPid = ({ stack }: RunningStack): number => {
  const pid = stack.pidOf("web");
  if (pid === null) {
    throw new Error("The server is not running.");
  }
  return pid;
};

type PassInput = { readonly running: RunningStack; readonly database: BenchDatabase; readonly connectionId: string };

/** From the lease on the connection to the end of the pass, as the database shows them. */
const onePass = async ({ running, database, connectionId }: PassInput): Promise<Pass> => {
  await database.makeSyncDue(connectionId);
  const isBegun = await pollUntil(async () => (await database.syncState(connectionId))?.isRunning === true, {
    withinMs: BEGUN_WITHIN_MS,
    everyMs: LOOK_EVERY_MS,
  });
  const startedAtMs = Date.now();
  const watch = watchMemory(webPid(running));
  const isEnded =
    isBegun &&
    (await pollUntil(
      async () => {
        const state = await database.syncState(connectionId);
        return state?.lastSuccessAt != null && !state.isRunning;
      },
      { withinMs: ENDED_WITHIN_MS, everyMs: LOOK_EVERY_MS },
    ));
  const ms = Date.now() - startedAtMs;
  return { ms: isEnded ? ms : null, peakMib: Math.max(...(await watch.stop())) };
};
