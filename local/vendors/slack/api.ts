import { Hono, type Context } from "hono";

import type { CommonFault, Fault, FaultPlan } from "../_shared/faults.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import { Blocks, Metadata, type SandboxClub, type Workspaces } from "./workspace.ts";

export type NextErrors = { readonly take: () => string | null; readonly set: (error: string) => void };

type Input = {
  readonly clubs: readonly SandboxClub[];
  readonly workspaces: Workspaces;
  readonly faults: FaultPlan<CommonFault>;
  readonly nextErrors: NextErrors;
};

type Call = { readonly club: SandboxClub; readonly args: Readonly<Record<string, string>> };

/** A word of the vendor's with which it refuses in an answer with status 200. */
class Refusal extends Error {}

/** `POST /api/<method>`: forms or JSON in, `{ok}` out with status 200 whatever happens, except 429. */
export const createApi = ({ clubs, workspaces, faults, nextErrors }: Input): Hono => {
  const app = new Hono();
  app.use(
    "/api/*",
    faultyCalls<never>({
      faults,
      placeOf: (c) => ({ operation: c.req.path.replace("/api/", ""), club: clubOf(c, clubs)?.slug ?? "" }),
      refuse: refuseAsPlanned,
    }),
  );
  app.post("/api/:method", async (c) => {
    try {
      const method = METHODS[c.req.param("method")];
      if (method === undefined) {
        throw new Refusal("unknown_method");
      }
      const club = clubOf(c, clubs);
      if (club === undefined) {
        throw new Refusal(c.req.header("authorization") === undefined ? "not_authed" : "invalid_auth");
      }
      const planned = nextErrors.take();
      if (planned !== null) {
        throw new Refusal(planned);
      }
      return c.json({ ok: true, ...method({ club, args: await argumentsOf(c) }, workspaces) });
    } catch (error) {
      if (error instanceof Refusal) {
        return c.json({ ok: false, error: error.message });
      }
      throw error;
    }
  });
  return app;
};

const clubOf = (c: Context, clubs: readonly SandboxClub[]): SandboxClub | undefined =>
  clubs.find(({ slack }) => c.req.header("authorization") === `Bearer ${slack.botToken}`);

/** Everything as text: a form's complex values are JSON. */
const argumentsOf = async (c: Context): Promise<Record<string, string>> => {
  const isJson = c.req.header("content-type")?.startsWith("application/json") === true;
  const body: Record<string, unknown> = isJson ? await c.req.json().catch(() => ({})) : await c.req.parseBody();
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
};

const METHODS: Readonly<Record<string, (call: Call, workspaces: Workspaces) => object>> = {
  "auth.test": ({ club }) => ({
    url: `https://${club.slug}.slack.example/`,
    team: club.slug,
    user: "spotter",
    team_id: club.slack.teamId,
    user_id: "U0SPOTTER",
    bot_id: "B0SPOTTER",
  }),
  "conversations.info": (call) => ({ channel: { id: channelOf(call), name: "club-alerts", is_archived: false, is_member: true } }),
  "chat.postMessage": (call, workspaces) => {
    const channel = placeOf(call);
    const { text, blocks } = contentOf(call);
    const metadata = call.args["metadata"] === undefined ? null : Metadata.safeParse(jsonOf(call.args["metadata"]));
    if (metadata?.success === false) {
      throw new Refusal("invalid_metadata_format");
    }
    const key = metadata?.data.event_payload["key"];
    const { ts } = workspaces.post({ club: call.club.slug, channel, text, blocks, key: key === undefined ? null : String(key) });
    return { channel, ts, message: { type: "message", bot_id: "B0SPOTTER", text, blocks, ts } };
  },
  "chat.update": (call, workspaces) => {
    const channel = channelOf(call);
    const ts = call.args["ts"] ?? "";
    if (workspaces.find(channel, ts) === null) {
      throw new Refusal("message_not_found");
    }
    const content = contentOf(call);
    workspaces.update({ club: call.club.slug, channel, ts, ...content });
    return { channel, ts, text: content.text };
  },
  "chat.postEphemeral": (call, workspaces) => {
    const channel = channelOf(call);
    const { user = "" } = call.args;
    if (!/^U[A-Z0-9]+$/.test(user)) {
      throw new Refusal("user_not_in_channel");
    }
    return { message_ts: workspaces.whisper({ club: call.club.slug, channel, user, text: contentOf(call).text }) };
  },
};

const channelOf = ({ club, args }: Call): string => {
  if (args["channel"] !== club.slack.channelId) {
    throw new Refusal("channel_not_found");
  }
  return club.slack.channelId;
};

/** The id of a person stands for the conversation of the app with them, which has an id of its own. */
const placeOf = (call: Call): string => {
  const { channel = "" } = call.args;
  return /^U[A-Z0-9]+$/.test(channel) ? `D${channel.slice(1)}` : channelOf(call);
};

const contentOf = ({ args }: Call) => {
  const blocks = Blocks.safeParse(args["blocks"] === undefined ? [] : jsonOf(args["blocks"]));
  if (!blocks.success) {
    throw new Refusal("invalid_blocks");
  }
  const text = args["text"] ?? "";
  if (text === "" && blocks.data.length === 0) {
    throw new Refusal("no_text");
  }
  if (text.length > 40_000) {
    throw new Refusal("msg_too_long");
  }
  return { text, blocks: blocks.data };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refuseAsPlanned = (c: Context, fault: Fault<CommonFault>): Response => {
  switch (fault.kind) {
    case "unauthorized":
      return c.json({ ok: false, error: "token_revoked" });
    case "throttled":
      return c.json(
        { ok: false, error: "ratelimited" },
        429,
        fault.retryAfterSeconds === undefined ? {} : { "retry-after": `${fault.retryAfterSeconds}` },
      );
    default:
      return c.html("<!doctype html><title>Service unavailable</title>", 503);
  }
};
