import { DEMO_CLUBS } from "../../prisma/demo.ts";
import type { DemoClub } from "../../prisma/demo.ts";
import { between, createRandom, pick } from "../vendors/random.ts";
import type { Random } from "../vendors/random.ts";
import { personasOf } from "./personas.ts";
import type { Persona } from "./personas.ts";
import { createDoors } from "./sandbox-doors.ts";
import type { Doors, Way } from "./sandbox-doors.ts";
import { FOLLOW_UPS, OCCASIONS } from "./traffic-texts.ts";
import type { Occasion } from "./traffic-texts.ts";

export type TrafficOptions = {
  readonly openPhoneUrl: string;
  readonly clubOsUrl: string;
  /** About how long between two occasions, over all clubs; each pause varies from 0.6 to 1.7 times this. */
  readonly intervalMs: number;
  readonly clubs?: readonly DemoClub[];
  /** The same seed brings the same people with the same words. */
  readonly seed?: string;
};

export type Traffic = { readonly stop: () => void };
export type TrafficSwitch = { readonly isOn: () => boolean; readonly turn: (isOn: boolean) => void };

/** Chosen by us: how fast people type the next message of a burst. */
const BURST_PAUSE_MS = { low: 1_200, high: 3_000 };
/** Chosen by us: how many of the last texters may come back with a follow-up. */
const REMEMBERED = 12;

/** Members who text at a human pace, so that a demo is alive without anybody typing. */
export const startTraffic = (options: TrafficOptions): Traffic => {
  const random = createRandom(options.seed ?? `${Date.now()}`);
  const doors = createDoors(options);
  const cast = castOf(options.clubs ?? DEMO_CLUBS);
  const recent: Turn[] = [];
  const stopped = new AbortController();

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await pause(options.intervalMs * (0.6 + random() * 1.1), stopped.signal);
      const turn = await nextTurn({ cast, doors, random, recent });
      for (const [index, text] of turn.texts.entries()) {
        await pause(index === 0 ? 0 : between(random, BURST_PAUSE_MS.low, BURST_PAUSE_MS.high), stopped.signal);
        if (stopped.signal.aborted) {
          return;
        }
        // A sandbox that is restarting misses one text of nobody in particular.
        await doors.text(turn.club, { ...turn, text }).catch(() => undefined);
      }
      recent.push(turn);
      recent.splice(0, Math.max(recent.length - REMEMBERED, 0));
    }
  };
  void run();
  return { stop: () => stopped.abort() };
};

/** Traffic that can be switched on and off while everything runs. */
export const createTrafficSwitch = (options: TrafficOptions): TrafficSwitch => {
  let traffic: Traffic | null = null;
  return {
    isOn: () => traffic !== null,
    turn: (isOn) => {
      if (!isOn) {
        traffic?.stop();
        traffic = null;
      } else {
        traffic ??= startTraffic(options);
      }
    },
  };
};

type Role = { readonly club: DemoClub; readonly persona: Persona };
type Turn = Role & { readonly way: Way; readonly texts: readonly string[] };

const castOf = (clubs: readonly DemoClub[]): readonly Role[] =>
  clubs.flatMap((club) => personasOf(club).map((persona) => ({ club, persona })));

const nextTurn = async (input: { cast: readonly Role[]; doors: Doors; random: Random; recent: readonly Turn[] }): Promise<Turn> => {
  const { cast, doors, random, recent } = input;
  if (recent.length > 0 && random() < 0.3) {
    const before = pick(random, recent);
    const last = (await doors.thread(before.club, before).catch(() => [])).at(-1);
    if (last?.from === "club") {
      return { ...before, texts: [pick(random, FOLLOW_UPS[before.persona.language])] };
    }
  }
  const role = pick(random, cast);
  const way: Way = role.persona.ways.includes("clubos") && random() < 0.25 ? "clubos" : "text";
  return { ...role, way, texts: occasionFor({ role, random }).texts };
};

/** One that fits the club and the person, the likelier the more often it happens. */
export const occasionFor = ({ role, random }: { role: Role; random: Random }): Occasion => {
  const fitting = OCCASIONS.filter(
    ({ kind, language = "en", standings }) =>
      (kind ?? role.club.kind) === role.club.kind &&
      language === role.persona.language &&
      (standings === undefined || standings.includes(role.persona.standing)),
  );
  let left = random() * fitting.reduce((sum, { weight }) => sum + weight, 0);
  for (const occasion of fitting) {
    left -= occasion.weight;
    if (left < 0) {
      return occasion;
    }
  }
  return pick(random, fitting);
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || ms <= 0) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener("abort", finish);
  });
