import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { DemoClub } from "../../../prisma/demo.ts";
import type { CommonFault, FaultPlan as CommonFaultPlan } from "../_shared/faults.ts";
import type { AcceptLog } from "./accept-log.ts";
import type { ClubStore } from "./club-store.ts";
import type { FaultPlan } from "./faults.ts";
import type { SiteSession, SiteSessions } from "./site-sessions.ts";

/** What every part of the stand-in shares. */
export type Sandbox = {
  readonly clubs: readonly DemoClub[];
  readonly now: () => Date;
  readonly log: AcceptLog;
  /** What only this vendor can do wrong, by path. */
  readonly faults: FaultPlan;
  /** What every sandbox can be asked to do wrong, by operation. */
  readonly commonFaults: CommonFaultPlan<CommonFault>;
  readonly sessions: SiteSessions;
  readonly storeOf: (club: DemoClub) => ClubStore;
  readonly findClub: (slug: string) => DemoClub | null;
  /** Whose sign-in of the staff site the call carries. */
  readonly clubOfSession: (c: Context) => DemoClub | null;
  readonly formOf: (c: Context) => Promise<URLSearchParams>;
  /** Whether a posted form carries a token pair that this session rendered lately. */
  readonly acceptsPair: (input: { readonly session: SiteSession; readonly form: URLSearchParams; readonly path: string }) => boolean;
};

type Parts = Omit<Sandbox, "findClub" | "clubOfSession" | "formOf" | "acceptsPair">;

export const createSandbox = (parts: Parts): Sandbox => ({
  ...parts,
  findClub: (slug) => parts.clubs.find((club) => club.slug === slug) ?? null,
  clubOfSession: (c) => parts.sessions.find(getCookie(c, "JSESSIONID"))?.club ?? null,
  formOf: async (c) => new URLSearchParams(await c.req.text()),
  acceptsPair: ({ session, form, path }) => {
    if (parts.faults.strike("stale_tokens", path) !== null) {
      return false;
    }
    const [sourcePage, fingerprint] = [form.get("_sourcePage"), form.get("__fp")];
    return session.pairs.some((pair) => pair.sourcePage === sourcePage && pair.fingerprint === fingerprint);
  },
});

/** Waits for the fault "slow" only. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
