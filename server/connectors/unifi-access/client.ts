import { z } from "zod";

import { failureWithoutAnswer } from "../_shared/failure.ts";
import { ConnectorError } from "../errors.ts";
import type { ConnectorContext, HttpRequest, HttpResponse, JsonValue } from "../ports.ts";
import type { Account } from "./account.ts";
import { succeeded } from "./answers.ts";
import { ANSWER_MAX_BYTES, CALL_TIMEOUT_MS, PAGE_SIZE } from "./limits.ts";
import { AccessPolicy, Door, LogPage, User, type Envelope } from "./schemas.ts";

const API = "/api/v1/developer";

type Call = { readonly method: HttpRequest["method"]; readonly path: string; readonly body?: JsonValue };

/** The calls the connector needs. Each is one request: nothing is tried twice in here. */
export const createClient = (context: ConnectorContext, account: Account) => {
  const exchange = roadOf(context, account);

  const request = async (call: Call, isAct: boolean): Promise<Envelope> => {
    let response: HttpResponse;
    try {
      response = await exchange(call);
    } catch (error) {
      throw failureWithoutAnswer(error, { vendor: "UniFi Access", isAct });
    }
    return succeeded(response, isAct);
  };

  const read = async <T>(call: Call, schema: z.ZodType<T>): Promise<{ readonly value: T; readonly total: number | null }> => {
    const { data, pagination } = await request(call, false);
    const parsed = schema.safeParse(data);
    if (!parsed.success) {
      throw new ConnectorError("malformed", "UniFi Access answered in an unknown shape", { cause: parsed.error });
    }
    return { value: parsed.data, total: pagination?.total ?? null };
  };

  return {
    listDoors: async () => (await read({ method: "GET", path: `${API}/doors` }, z.array(Door))).value,
    unlock: async (input: { doorId: string; actorId: string; actorName: string; requestId: string }): Promise<void> => {
      const body = { actor_id: input.actorId, actor_name: input.actorName, extra: { request_id: input.requestId } };
      await request({ method: "PUT", path: `${API}/doors/${encodeURIComponent(input.doorId)}/unlock`, body }, true);
    },
    listOpenings: async ({ since, page }: { since: Date; page: number }) =>
      (
        await read(
          {
            method: "POST",
            path: `${API}/system/logs?page_num=${page}&page_size=${PAGE_SIZE}`,
            body: { topic: "door_openings", since: Math.floor(since.getTime() / 1_000) },
          },
          LogPage,
        )
      ).value,
    getUser: async (userId: string) => (await read({ method: "GET", path: userPath(userId) }, User)).value,
    /** `total` is null where the controller does not say how many there are. */
    listUsers: async ({ page }: { page: number }) => {
      const { value, total } = await read({ method: "GET", path: `${API}/users?page_num=${page}&page_size=${PAGE_SIZE}` }, z.array(User));
      return { users: value, total };
    },
    setStatus: async ({ userId, status }: { userId: string; status: "ACTIVE" | "DEACTIVATED" }): Promise<void> => {
      await request({ method: "PUT", path: userPath(userId), body: { status } }, true);
    },
    /** Those given to the person alone; what comes from a group stays the group's. */
    ownPolicies: async (userId: string): Promise<readonly string[]> => {
      const path = `${userPath(userId)}/access_policies?only_user_policies=true`;
      // A person without any is answered with null.
      const { value } = await read({ method: "GET", path }, z.array(AccessPolicy).nullish());
      return (value ?? []).map(({ id }) => id);
    },
    /** Replaces the whole list. */
    setPolicies: async ({ userId, policyIds }: { userId: string; policyIds: readonly string[] }): Promise<void> => {
      await request({ method: "PUT", path: `${userPath(userId)}/access_policies`, body: { access_policy_ids: policyIds } }, true);
    },
    listPolicies: async (): Promise<readonly string[]> =>
      (await read({ method: "GET", path: `${API}/access_policies` }, z.array(AccessPolicy))).value.map(({ id }) => id),
  };
};

export type UnifiClient = ReturnType<typeof createClient>;

const userPath = (userId: string): string => `${API}/users/${encodeURIComponent(userId)}`;

/** Through the relay, which holds the controller's token itself, or straight to an address with a pinned certificate. */
const roadOf = (context: ConnectorContext, account: Account): ((call: Call) => Promise<HttpResponse>) => {
  if (account.road === "direct") {
    const http = context.pinned(account.fingerprint);
    return ({ method, path, body }) =>
      http({
        method,
        url: new URL(path, account.address).toString(),
        headers: { authorization: `Bearer ${account.token}`, accept: "application/json", "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: CALL_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: context.signal,
      });
  }
  return ({ method, path, body }) => {
    if (context.relay === undefined) {
      throw new ConnectorError("unavailable", "there is no way to a relay from here");
    }
    return context.relay({
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: CALL_TIMEOUT_MS,
      signal: context.signal,
    });
  };
};
