import { Hono, type Context } from "hono";
import { z } from "zod";

import type { Accepted } from "../_shared/accept-log.ts";
import type { CommonFault, FaultPlan } from "../_shared/faults.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import { POLICIES, type Controller, type Deed, type Entry } from "./controller.ts";
import { doorShape, isOpening, openingShape, policyShape, refusal, success, userShape } from "./shapes.ts";

type Input = {
  readonly controllerOf: (token: string) => Controller | undefined;
  readonly faults: FaultPlan<CommonFault>;
  readonly accept: (controller: Controller, deed: Deed) => Accepted<Entry>;
};

const API = "/api/v1/developer";

/** As many as the reference's sample asks for: whoever asks for more must not take a full page for the last one. */
const LARGEST_PAGE = 25;

const pageOf = (c: Context): { page: number; size: number } => ({
  page: Number(c.req.query("page_num") ?? "1"),
  size: Math.min(Number(c.req.query("page_size") ?? "25"), LARGEST_PAGE),
});

/** Method and path of each call, and the name under which faults ask for it. */
const OPERATIONS: readonly (readonly [string, RegExp, string])[] = [
  ["GET", /\/doors$/, "list_doors"],
  ["PUT", /\/unlock$/, "unlock"],
  ["GET", /\/users$/, "list_users"],
  ["GET", /\/users\/[^/]+$/, "get_user"],
  ["PUT", /\/users\/[^/]+$/, "set_status"],
  ["GET", /\/users\/[^/]+\/access_policies$/, "own_policies"],
  ["PUT", /\/users\/[^/]+\/access_policies$/, "set_policies"],
  ["GET", /\/access_policies$/, "list_policies"],
  ["POST", /\/system\/logs$/, "logs"],
];

/** The part of the developer API that Spotter uses, with its envelope, its codes and its varying `data`. */
export const createApi = (input: Input): Hono => {
  const { faults } = input;
  const app = new Hono();
  const controllerFor = (c: Context) => input.controllerOf(/^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "");

  app.use(
    `${API}/*`,
    faultyCalls({
      faults,
      placeOf: (c) => {
        const club = controllerFor(c)?.club.slug;
        const operation = OPERATIONS.find(([method, path]) => method === c.req.method && path.test(c.req.path))?.[2];
        return club === undefined || operation === undefined ? null : { operation, club };
      },
      refuse: (c, fault) => {
        if (fault.kind === "unauthorized") {
          return c.json(refusal("CODE_ACCESS_TOKEN_INVALID", "The access token is invalid."), 401);
        }
        if (fault.kind === "throttled") {
          const wait = fault.retryAfterSeconds;
          return c.json(refusal("CODE_OTHERS", "Too many requests."), 429, wait === undefined ? {} : { "retry-after": `${wait}` });
        }
        return fault.kind === "outage" ? c.body(null, 503) : c.json(refusal("CODE_SYSTEM_ERROR", "An error occurred."), 500);
      },
    }),
  );

  /** Every call needs the token of a club, and sees the controller of that club only. */
  const route = (work: (c: Context, controller: Controller) => Response | Promise<Response>) => async (c: Context) => {
    const controller = controllerFor(c);
    return controller === undefined
      ? c.json(refusal("CODE_ACCESS_TOKEN_INVALID", "The access token is invalid."), 401)
      : work(c, controller);
  };
  addDoors(app, { ...input, route });
  addPeople(app, { ...input, route });
  addLog(app, route);
  return app;
};

type Route = (work: (c: Context, controller: Controller) => Response | Promise<Response>) => (c: Context) => Promise<Response>;
type Parts = Input & { readonly route: Route };

const UnlockBody = z
  .object({ actor_id: z.string().optional(), actor_name: z.string().optional(), extra: z.record(z.string(), z.unknown()).optional() })
  .refine(({ actor_id, actor_name }) => (actor_id === undefined) === (actor_name === undefined), "actor_id and actor_name come together");

const jsonOf = async (c: Context): Promise<unknown> => {
  const text = await c.req.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return null;
  }
};

const addDoors = (app: Hono, { route, accept }: Parts): void => {
  app.get(
    `${API}/doors`,
    route((c, { doors }) => c.json(success(doors.map(doorShape)))),
  );
  app.put(
    `${API}/doors/:id/unlock`,
    route(async (c, controller) => {
      const door = controller.doors.find(({ id }) => id === c.req.param("id"));
      const body = UnlockBody.safeParse(await jsonOf(c));
      if (door === undefined) {
        return c.json(refusal("CODE_NOT_EXISTS", "The requested resource does not exist."), 404);
      }
      if (!body.success) {
        return c.json(refusal("CODE_PARAMS_INVALID", "The provided parameters are invalid."), 400);
      }
      if (!door.hasHub) {
        return c.json(refusal("CODE_OPERATION_FORBIDDEN", "The requested operation is not allowed."), 403);
      }
      if (controller.isOffline(door.id)) {
        // Seen in answers of this API: refused, with the status of a success.
        return c.json(refusal("CODE_DEVICE_DEVICE_OFFLINE", "The device is currently offline."));
      }
      const requestId = body.data.extra?.["request_id"];
      accept(controller, {
        kind: "unlock",
        doorId: door.id,
        actorId: body.data.actor_id ?? "token",
        actorName: body.data.actor_name ?? "API token",
        requestId: typeof requestId === "string" ? requestId : null,
      });
      return c.json(success("success"));
    }),
  );
};

const UserBody = z.object({ status: z.enum(["ACTIVE", "DEACTIVATED"]) });
const PoliciesBody = z.object({ access_policy_ids: z.array(z.string()) });

const addPeople = (app: Hono, { route, accept, faults }: Parts): void => {
  const noSuchUser = (c: Context): Response => c.json(refusal("CODE_USER_ACCOUNT_NOT_EXIST", "The user does not exist."), 404);
  const personOf = (c: Context, { people }: Controller) => people.find(({ id }) => id === c.req.param("id"));

  app.get(
    `${API}/users`,
    route((c, controller) => {
      const { page, size } = pageOf(c);
      const drift = faults.strike({ operation: "list_users", club: controller.club.slug, kinds: ["page_drift"] }) === null ? 0 : 1;
      const from = (page - 1) * size + (page > 1 ? drift : 0);
      const shown = controller.people.slice(from, from + size).map((person) => userShape(controller, person));
      return c.json(success(shown, { page_num: page, page_size: size, total: controller.people.length }));
    }),
  );
  app.get(
    `${API}/users/:id`,
    route((c, controller) => {
      const person = personOf(c, controller);
      return person === undefined ? noSuchUser(c) : c.json(success(userShape(controller, person)));
    }),
  );
  app.put(
    `${API}/users/:id`,
    route(async (c, controller) => {
      const person = personOf(c, controller);
      const body = UserBody.safeParse(await jsonOf(c));
      if (person === undefined || !body.success) {
        return person === undefined ? noSuchUser(c) : c.json(refusal("CODE_PARAMS_INVALID", "The provided parameters are invalid."), 400);
      }
      accept(controller, { kind: "status", userId: person.id, status: body.data.status });
      return c.json(success(null));
    }),
  );
  app.get(
    `${API}/users/:id/access_policies`,
    route((c, controller) => {
      const person = personOf(c, controller);
      const policies = person === undefined ? [] : controller.policiesOf(person.id);
      return person === undefined ? noSuchUser(c) : c.json(success(policies.length === 0 ? null : policies.map(policyShape)));
    }),
  );
  app.put(
    `${API}/users/:id/access_policies`,
    route(async (c, controller) => {
      const person = personOf(c, controller);
      const body = PoliciesBody.safeParse(await jsonOf(c));
      if (person === undefined || !body.success) {
        return person === undefined ? noSuchUser(c) : c.json(refusal("CODE_PARAMS_INVALID", "The provided parameters are invalid."), 400);
      }
      const policyIds = body.data.access_policy_ids;
      if (policyIds.some((id) => !POLICIES.some((policy) => policy.id === id))) {
        return c.json(refusal("CODE_ACCESS_POLICY_NOT_FOUND", "The access policy does not exist."), 404);
      }
      accept(controller, { kind: "policies", userId: person.id, policyIds });
      return c.json({ code: "SUCCESS", msg: "succ" });
    }),
  );
  app.get(
    `${API}/access_policies`,
    route((c) => c.json(success(POLICIES.map(({ id }) => policyShape(id))))),
  );
};

const LogBody = z.object({
  topic: z.enum(["door_openings", "critical", "updates", "device_events", "admin_activity", "visitor"]),
  since: z.int().optional(),
  until: z.int().optional(),
});

const addLog = (app: Hono, route: Route): void => {
  app.post(
    `${API}/system/logs`,
    route(async (c, controller) => {
      const body = LogBody.safeParse(await jsonOf(c));
      if (!body.success) {
        return c.json(refusal("CODE_PARAMS_INVALID", "The provided parameters are invalid."), 400);
      }
      const { topic, since = 0, until = Number.POSITIVE_INFINITY } = body.data;
      const { page, size } = pageOf(c);
      const all = (topic === "door_openings" ? controller.entries() : [])
        .filter(isOpening)
        .filter(({ at }) => Date.parse(at) / 1_000 >= since && Date.parse(at) / 1_000 <= until)
        .toReversed();
      const hits = all.slice((page - 1) * size, page * size).map((entry) => openingShape(controller, entry));
      return c.json(success({ hits, page, total: all.length }));
    }),
  );
};
