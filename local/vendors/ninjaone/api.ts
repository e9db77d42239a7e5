import { randomUUID, timingSafeEqual } from "node:crypto";

import { Hono, type Context } from "hono";
import { z } from "zod";

import type { CommonFault, Fault, FaultPlan } from "../_shared/faults.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import type { Estate, SandboxActivity, SandboxClub, SandboxDevice } from "./estate.ts";

const TOKEN_SECONDS = 3_600;
const PAGE_DEFAULT = 100;

const TokenBody = z.object({
  grant_type: z.literal("client_credentials"),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  scope: z.string().min(1),
});

/** Strict, so that a field under a wrong name is refused as the vendor refuses it. */
const RunBody = z.strictObject({
  type: z.literal("SCRIPT"),
  id: z.int().positive(),
  parameters: z.string().optional(),
  runAs: z.string().min(1),
});

type Token = { readonly club: SandboxClub; readonly scopes: ReadonlySet<string>; readonly endsAtMs: number };

/** Tokens that have been given out; they live in this process only, so a restart ends all of them. */
export const createTokenStore = (now: () => Date) => {
  const tokens = new Map<string, Token>();
  return {
    give: (club: SandboxClub, scopes: ReadonlySet<string>): string => {
      const token = `nj-${randomUUID()}`;
      tokens.set(token, { club, scopes, endsAtMs: now().getTime() + TOKEN_SECONDS * 1_000 });
      return token;
    },
    find: (header: string | undefined): Token | null => {
      const token = tokens.get(/^Bearer (.+)$/.exec(header ?? "")?.[1] ?? "");
      return token !== undefined && token.endsAtMs > now().getTime() ? token : null;
    },
    endAll: (): void => tokens.clear(),
    givenCount: (): number => tokens.size,
  };
};

type TokenStore = ReturnType<typeof createTokenStore>;

type Input = {
  readonly clubs: readonly SandboxClub[];
  readonly estate: Estate;
  readonly tokens: TokenStore;
  readonly faults: FaultPlan<CommonFault>;
  readonly now: () => Date;
};

/** The vendor's routes that Spotter calls, with their way of refusing. */
export const createApi = (input: Input): Hono => {
  const { clubs, tokens, faults, now } = input;
  const app = new Hono();
  app.use("*", async (c, next) => {
    await next();
    c.header("date", new Date(now().getTime() + skewOf(faults)).toUTCString());
    c.header("x-nj-request-id", randomUUID());
  });
  const clubOf = (c: Context): string => tokens.find(c.req.header("authorization"))?.club.slug ?? "";
  app.use(
    "*",
    faultyCalls<never>({
      faults,
      placeOf: (c) => {
        const operation = operationOf(c.req.method, c.req.path);
        return operation === null ? null : { operation, club: clubOf(c) };
      },
      refuse: refuseAsPlanned,
    }),
  );
  app.post("/ws/oauth/token", async (c) => {
    const body = TokenBody.safeParse(await c.req.parseBody());
    if (!body.success || !c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded")) {
      return c.json({ error: "invalid_request", error_description: "the form is not complete", error_code: 2 }, 400);
    }
    const club = clubs.find(({ ninjaOne }) => ninjaOne.clientId === body.data.client_id);
    if (club === undefined) {
      return c.json({ resultCode: "Client app not exist", incidentId: `WEB-${randomUUID()}` }, 404);
    }
    if (!isSame(club.ninjaOne.clientSecret, body.data.client_secret)) {
      return c.json({ error: "invalid_client", error_description: "Invalid credentials", error_code: 10 }, 401);
    }
    const { scope } = body.data;
    return c.json({ access_token: tokens.give(club, new Set(scope.split(" "))), expires_in: TOKEN_SECONDS, token_type: "Bearer", scope });
  });
  app.use("/v2/*", async (c, next) => {
    if (tokens.find(c.req.header("authorization")) === null) {
      return c.json({ error: "not_authenticated", error_description: "Invalid credentials", error_code: 10 }, 401);
    }
    await next();
    return undefined;
  });
  addReads(app, input);
  addRun(app, input);
  app.notFound((c) => c.json({ resultCode: "FAILURE", errorMessage: "HTTP 404 Not Found" }, 404));
  return app;
};

const addReads = (app: Hono, { estate, faults }: Input): void => {
  app.get("/v2/automation/scripts", (c) => c.json(estate.scripts().map((script) => ({ ...script, language: "powershell" }))));
  app.get("/v2/devices", (c) => {
    const organization = /^\s*org\s*=\s*(\d+)\s*$/i.exec(c.req.query("df") ?? "")?.[1];
    if (c.req.query("df") !== undefined && organization === undefined) {
      return c.json({ error: "invalid_filter", error_description: "the device filter is not understood", error_code: 3 }, 400);
    }
    const after = Number(c.req.query("after") ?? "0");
    const matching = estate
      .devices()
      .filter((device) => device.id > after && String(device.organizationId) === (organization ?? String(device.organizationId)));
    return c.json(matching.slice(0, Number(c.req.query("pageSize") ?? PAGE_DEFAULT)).map(shownDevice));
  });
  app.get("/v2/device/:id", (c) => {
    const device = estate.device(Number(c.req.param("id")));
    return device === undefined ? missing(c) : c.json(shownDevice(device));
  });
  app.get("/v2/device/:id/activities", (c) => {
    const device = estate.device(Number(c.req.param("id")));
    if (device === undefined) {
      return missing(c);
    }
    const newest = estate.activities(device.id);
    const { olderThan, newerThan, pageSize } = c.req.query();
    // Things happen while pages are read: the last item of a page stands on the next one too.
    const drift =
      olderThan !== undefined && faults.strike({ operation: "activities.list", club: "", kinds: ["page_drift"] }) !== null ? 1 : 0;
    const isWanted = ({ id }: SandboxActivity): boolean =>
      id < Number(olderThan ?? Number.POSITIVE_INFINITY) + drift && id > Number(newerThan ?? "0");
    const activities = newest.filter(isWanted).slice(0, Number(pageSize ?? PAGE_DEFAULT));
    return c.json({ lastActivityId: newest[0]?.id ?? 0, activities });
  });
};

const addRun = (app: Hono, { estate, tokens }: Input): void => {
  app.post("/v2/device/:id/script/run", async (c) => {
    if (tokens.find(c.req.header("authorization"))?.scopes.has("management") !== true) {
      return c.json({ resultCode: "permission_denied" }, 500);
    }
    const body = RunBody.safeParse(
      c.req.header("content-type")?.startsWith("application/json") ? await c.req.json().catch(() => null) : null,
    );
    if (!body.success) {
      return c.json({ error: "invalid_request", error_description: z.prettifyError(body.error), error_code: 2 }, 400);
    }
    const device = estate.device(Number(c.req.param("id")));
    const script = estate.scripts().find(({ id }) => id === body.data.id);
    if (device === undefined || script === undefined) {
      return missing(c);
    }
    const run = estate.accept({ device, scriptId: script.id, scriptName: script.name, runAs: body.data.runAs });
    return run.answersUid ? c.text(run.seriesUid) : c.body(null, 204);
  });
};

const missing = (c: Context): Response => c.json({ resultCode: "NOT_FOUND", incidentId: `WEB-${randomUUID()}` }, 404);

const shownDevice = (device: SandboxDevice) => ({
  id: device.id,
  organizationId: device.organizationId,
  locationId: device.organizationId * 10,
  nodeClass: "WINDOWS_WORKSTATION",
  systemName: device.systemName,
  displayName: device.displayName,
  approvalStatus: "APPROVED",
  offline: device.isOffline,
  lastContact: 1_762_941_234.5,
});

const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^POST \/ws\/oauth\/token$/, "token"],
  [/^GET \/v2\/automation\/scripts$/, "scripts.list"],
  [/^GET \/v2\/devices$/, "devices.list"],
  [/^GET \/v2\/device\/[^/]+$/, "device.get"],
  [/^GET \/v2\/device\/[^/]+\/activities$/, "activities.list"],
  [/^POST \/v2\/device\/[^/]+\/script\/run$/, "script.run"],
];

const operationOf = (method: string, path: string): string | null =>
  OPERATIONS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? null;

const refuseAsPlanned = (c: Context, fault: Fault<CommonFault>): Response => {
  switch (fault.kind) {
    case "unauthorized":
      return c.json({ error: "not_authenticated", error_description: "Invalid credentials", error_code: 10 }, 401);
    case "throttled":
      return c.text("Too many requests", 429, fault.retryAfterSeconds === undefined ? {} : { "retry-after": `${fault.retryAfterSeconds}` });
    default:
      return c.json({ resultCode: "FAILURE", errorMessage: "HTTP 502 Bad Gateway" }, 502);
  }
};

const skewOf = (faults: FaultPlan<CommonFault>): number =>
  faults.strike({ operation: "clock", club: "", kinds: ["clock_skew"] })?.delayMs ?? 0;

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
};
