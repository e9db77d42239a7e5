import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemoClub } from "../../../prisma/demo.ts";
import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { AcceptedFact } from "./accept-log.ts";
import type { COMMON_FAULTS, faultInput } from "../_shared/faults.ts";
import type { FaultInput } from "./faults.ts";
import { startClubOs } from "./start-clubos.ts";
import type { z } from "zod";

export type SandboxPerson = {
  readonly id: string;
  readonly personExternalId: string;
  readonly clubHubId: string;
  readonly name: string;
  readonly phone: string;
};

type CommonFaultBody = z.input<ReturnType<typeof faultInput<(typeof COMMON_FAULTS)[number]>>>;

export type TestClock = { readonly now: () => Date; readonly set: (iso: string) => void; readonly advance: (ms: number) => void };

export const createClock = (iso: string): TestClock => {
  let ms = Date.parse(iso);
  return {
    now: () => new Date(ms),
    set: (next) => {
      ms = Date.parse(next);
    },
    advance: (more) => {
      ms += more;
    },
  };
};

/** A running stand-in with a clock of its own and hands on its levers, for tests of the connectors. */
export const openTestSandbox = async ({ at, slug = "ironwood-denver" }: { readonly at: string; readonly slug?: string }) => {
  const dataDir = mkdtempSync(join(tmpdir(), "clubos-"));
  const clock = createClock(at);
  const club = clubOf(slug);
  const server = await startClubOs({ port: 0, dataDir, clubs: DEMO_CLUBS, now: clock.now });
  let stopped: Promise<void> | null = null;
  const stopOnce = (): Promise<void> => {
    stopped ??= server.close();
    return stopped;
  };
  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${server.url}/_sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
  };
  const read = async <T>(path: string): Promise<T> => (await fetch(`${server.url}/_sandbox/${path}`)).json();
  return {
    url: server.url,
    dataDir,
    clock,
    club,
    people: () => read<readonly SandboxPerson[]>(`people?club=${club.slug}`),
    write: (personExternalId: string, text: string) => post("texts", { club: club.slug, personExternalId, text }),
    staffWrite: (personExternalId: string, text: string) =>
      post("staff-texts", { club: club.slug, personExternalId, text, staffName: "Tansy Brook" }),
    optOut: (personExternalId: string) => post("opt-outs", { club: club.slug, personExternalId, isOptedOut: true }),
    markStaff: (personExternalId: string) => post("staff-marks", { club: club.slug, personExternalId }),
    rename: (personExternalId: string, lastName: string) => post("renames", { club: club.slug, personExternalId, lastName }),
    history: (items: readonly object[]) => post("history", { club: club.slug, items }),
    fault: (fault: z.input<typeof FaultInput> | CommonFaultBody) => post("faults", fault),
    clearFaults: async (): Promise<void> => {
      await fetch(`${server.url}/_sandbox/faults`, { method: "DELETE" });
    },
    expireSessions: () => post("sessions/expire", {}),
    facts: <K extends AcceptedFact["kind"]>(kind: K) =>
      read<readonly AcceptedFact[]>("log").then((facts) => facts.filter((fact): fact is AcceptedFact & { kind: K } => fact.kind === kind)),
    /** The vendor goes away; what it accepted stays. */
    stop: () => stopOnce(),
    close: async () => {
      await stopOnce();
      rmSync(dataDir, { recursive: true });
    },
  };
};

export type TestSandbox = Awaited<ReturnType<typeof openTestSandbox>>;

const clubOf = (slug: string): DemoClub => {
  const club = DEMO_CLUBS.find((candidate) => candidate.slug === slug);
  if (club === undefined) {
    throw new Error(`no club ${slug}`);
  }
  return club;
};
