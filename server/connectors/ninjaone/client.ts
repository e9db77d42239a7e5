import type { z } from "zod";

import { failureWithoutAnswer, parseJson } from "../_shared/failure.ts";
import { retryAfterSeconds } from "../_shared/retry-after.ts";
import { ConnectorError } from "../errors.ts";
import type { ConnectorContext, HttpResponse } from "../ports.ts";
import { ACTIVITY_PAGE_SIZE, ACT_TIMEOUT_MS, ANSWER_MAX_BYTES, DEVICE_PAGE_SIZE, READ_TIMEOUT_MS } from "./limits.ts";
import { ActivityPage, Device, DevicePage, ErrorAnswer, ScriptList } from "./schemas.ts";
import type { NinjaOneAccount } from "./schemas.ts";
import { createTokens, isWrongRegion, WRONG_REGION } from "./tokens.ts";

export type NinjaOneClient = ReturnType<typeof createClient>;

/** What comes back bare where an installation answers a run with an id. */
const UID = /^"?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"?$/i;

/** The calls the connector needs. Reads renew a token that has ended once; an order to run is one request, whatever it brings. */
export const createClient = (context: ConnectorContext, account: NinjaOneAccount) => {
  const baseUrl = (context.settings.baseUrl ?? `https://${account.region}.ninjarmm.com`).replace(/\/$/, "");
  const tokens = createTokens(context, { account, baseUrl });

  const call = (input: { readonly path: string; readonly token: string; readonly body?: string }): Promise<HttpResponse> =>
    context
      .http({
        method: input.body === undefined ? "GET" : "POST",
        url: `${baseUrl}${input.path}`,
        headers: {
          accept: "application/json",
          authorization: `Bearer ${input.token}`,
          ...(input.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(input.body === undefined ? {} : { body: input.body }),
        timeoutMs: input.body === undefined ? READ_TIMEOUT_MS : ACT_TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
        signal: context.signal,
      })
      .catch((error: unknown) => {
        throw failureWithoutAnswer(error, { vendor: "NinjaOne", isAct: input.body !== undefined });
      });

  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<{ value: T; vendorClockAt: Date | null }> => {
    const token = await tokens.fresh();
    let response = await call({ path, token });
    if (response.status === 401) {
      response = await call({ path, token: await tokens.after(token) });
    }
    throwUnlessOk(response, false);
    const parsed = schema.safeParse(parseJson(response.text));
    if (!parsed.success) {
      throw new ConnectorError("malformed", "NinjaOne answered in an unknown shape", { cause: parsed.error });
    }
    return { value: parsed.data, vendorClockAt: instantOf(response.headers.get("date")) };
  };

  return {
    listScripts: async () => (await read("/v2/automation/scripts", ScriptList)).value,
    /** In the order of their ids; `after` is the highest id of the page before. */
    listDevices: async ({ after }: { readonly after: number }) => {
      const query = new URLSearchParams({ df: `org = ${account.organizationId}`, pageSize: `${DEVICE_PAGE_SIZE}`, after: `${after}` });
      return (await read(`/v2/devices?${query}`, DevicePage)).value;
    },
    getDevice: async (id: string) => (await read(`/v2/device/${encodeURIComponent(id)}`, Device)).value,
    /** Newest first; `olderThan` is an id of an activity, not a time. */
    listActivities: ({ deviceId, olderThan }: { readonly deviceId: string; readonly olderThan: number | null }) => {
      const query = new URLSearchParams({
        pageSize: `${ACTIVITY_PAGE_SIZE}`,
        ...(olderThan === null ? {} : { olderThan: `${olderThan}` }),
      });
      return read(`/v2/device/${encodeURIComponent(deviceId)}/activities?${query}`, ActivityPage);
    },
    /** The id where the vendor names one. @throws `outcome_unknown` for any answer that is neither empty nor an id */
    runScript: async (deviceId: string): Promise<{ readonly uid: string | null }> => {
      const token = await tokens.fresh();
      const body = JSON.stringify({ type: "SCRIPT", id: Number(account.scriptId), parameters: "", runAs: account.runAs });
      const response = await call({ path: `/v2/device/${encodeURIComponent(deviceId)}/script/run`, token, body });
      if (response.status === 401) {
        tokens.forget(token);
      }
      throwUnlessOk(response, true);
      const uid = UID.exec(response.text.trim())?.[1];
      if (response.text.trim() !== "" && uid === undefined) {
        throw new ConnectorError("outcome_unknown", "NinjaOne answered the reset in an unknown shape");
      }
      return { uid: uid ?? null };
    },
  };
};

/** The kinds of refusal are told by the code in the body: this vendor says "not allowed" with status 500. */
const throwUnlessOk = (response: HttpResponse, isAct: boolean): void => {
  const { status } = response;
  if (status === 429) {
    throw new ConnectorError("throttled", "NinjaOne asks for patience", {
      retryAfterSeconds: retryAfterSeconds(response.headers),
      code: "429",
    });
  }
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get("content-type") ?? "");
  if (status === 200 && !isJson && (!isAct || response.text.trimStart().startsWith("<"))) {
    // Seen with 200 when throttled and during maintenance.
    throw new ConnectorError(isAct ? "outcome_unknown" : "unavailable", "NinjaOne shows a page for people in place of data", {
      code: "page",
    });
  }
  if (status >= 200 && status < 300) {
    return;
  }
  const refusal = isJson ? refusalOf(response) : null;
  if (refusal !== null) {
    throw refusal;
  }
  throw new ConnectorError(isAct ? "outcome_unknown" : "unavailable", "NinjaOne answered with an error", {
    code: String(status),
    ...(isAct ? {} : { retryAfterSeconds: retryAfterSeconds(response.headers) }),
  });
};

/** A refusal in the vendor's own words; `null` for an answer that does not say whether anything happened. */
const refusalOf = ({ status, text }: HttpResponse): ConnectorError | null => {
  const answer = ErrorAnswer.safeParse(parseJson(text)).data ?? {};
  const code = answer.resultCode ?? answer.error ?? String(status);
  if (isWrongRegion(answer)) {
    return new ConnectorError("unauthorized", WRONG_REGION, { code });
  }
  if (status === 401) {
    return new ConnectorError("unauthorized", "NinjaOne does not accept this client any more", { code });
  }
  if (status === 403 || code.toLowerCase() === "permission_denied") {
    const why = code === "user_context_required" ? "only for a signed-in person" : "its scopes or the script's own rights";
    return new ConnectorError("rejected", `NinjaOne does not allow this client to do that (${why})`, { reason: "not_allowed", code });
  }
  if (status === 404) {
    return new ConnectorError("rejected", "NinjaOne no longer knows this device or script", { reason: "not_found", code });
  }
  return status >= 400 && status < 500 && status !== 408
    ? new ConnectorError("rejected", `NinjaOne refused the call (${answer.error_description ?? answer.errorMessage ?? code})`, { code })
    : null;
};

const instantOf = (text: string | null): Date | null => {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
};
