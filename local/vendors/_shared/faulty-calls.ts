import type { Context, MiddlewareHandler } from "hono";

import type { CommonFault, Fault, FaultPlan } from "./faults.ts";

type Place = { readonly operation: string; readonly club: string };

type Input<Kind extends string> = {
  readonly faults: FaultPlan<Kind | CommonFault>;
  /** Which call this is; `null` = one that never fails. */
  readonly placeOf: (c: Context) => Place | null;
  /** How this vendor says it. */
  readonly refuse: (c: Context, fault: Fault<Kind | CommonFault>) => Response | Promise<Response>;
};

const BEFORE: readonly CommonFault[] = ["outage", "unauthorized", "throttled", "timeout_before", "error_before"];
const AFTER: readonly CommonFault[] = ["error_after", "timeout_after", "changed_field", "html_page"];

/** A page as a proxy in front of a vendor shows it. */
const HTML_PAGE = "<!doctype html><html><head><title>Just a moment</title></head><body>Checking your browser.</body></html>";

/** Middleware that makes calls fail as planned: before anything happened, or after all of it did. */
export const faultyCalls =
  <Kind extends string>({ faults, placeOf, refuse }: Input<Kind>): MiddlewareHandler =>
  async (c, next) => {
    const place = placeOf(c);
    if (place === null) {
      await next();
      return;
    }
    const before = faults.strike({ ...place, kinds: BEFORE });
    if (before !== null) {
      if (before.kind === "timeout_before") {
        await pause(before.delayMs, c.req.raw.signal);
      }
      return refuse(c, before);
    }
    await next();
    const after = c.res.ok ? faults.strike({ ...place, kinds: AFTER }) : null;
    if (after !== null) {
      c.res = await spoiled(c, { fault: after, refuse });
    }
  };

type Spoil<Kind extends string> = { readonly fault: Fault<Kind | CommonFault>; readonly refuse: Input<Kind>["refuse"] };

const spoiled = async <Kind extends string>(c: Context, { fault, refuse }: Spoil<Kind>): Promise<Response> => {
  const { status } = c.res;
  if (fault.kind === "changed_field") {
    // A 204 has no body that could have another shape.
    return Response.json({ payload: "an answer in another shape" }, { status: status === 204 ? 200 : status });
  }
  if (fault.kind === "html_page") {
    return new Response(HTML_PAGE, { status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
  }
  if (fault.kind === "timeout_after") {
    await pause(fault.delayMs, c.req.raw.signal);
  }
  return refuse(c, fault);
};

/** Ends early when the caller has gone. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
