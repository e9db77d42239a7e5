import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { isChannelName, kindOfChannel, userOfChannel } from "./channel-names.ts";
import type { Hub } from "./hub.ts";
import { BATCH_MAX_COUNT, CHANNELS_PER_EVENT_MAX, EVENT_DATA_MAX_BYTES, EVENT_NAME_MAX_LENGTH, REQUEST_MAX_BYTES } from "./limits.ts";
import { type AppCredentials, findSignatureFault, isEqual } from "./signing.ts";
import { parseJson } from "./subscribe.ts";

type ApiContext = { readonly app: AppCredentials; readonly hub: Hub; readonly nowMs: () => number };

/** The REST half of the protocol. Errors are plain text, as the hosted service answers them. */
export const createHttpApi = ({ app, hub, nowMs }: ApiContext): Hono => {
  const api = new Hono();
  api.get("/", (c) => c.text("Spotter realtime stand-in (Pusher protocol 7), not the real service\n"));

  api.use("/apps/*", bodyLimit({ maxSize: REQUEST_MAX_BYTES, onError: (c) => c.text("the request is too large", 413) }));
  api.use("/apps/:appId/*", async (c, next) => {
    const url = c.req.url;
    const start = url.indexOf("/", url.indexOf("//") + 2);
    const [path = "", query = ""] = url.slice(start).split("?", 2);
    if (!isEqual(c.req.param("appId"), app.appId)) {
      return c.text("no such app", 404);
    }
    const fault = findSignatureFault(app, { method: c.req.method, path, query, body: await c.req.text(), nowMs: nowMs() });
    return fault === null ? next() : c.text(fault, 401);
  });
  mountEvents(api, hub);
  mountChannels(api, hub);
  return api;
};

const mountEvents = (api: Hono, hub: Hub): void => {
  api.post("/apps/:appId/events", async (c) => {
    const body = Trigger.safeParse(parseJson(await c.req.text()));
    if (!body.success) {
      return c.text(describe(body.error), 400);
    }
    if (isTooLarge(body.data.data)) {
      return c.text(TOO_LARGE, 413);
    }
    const channels = body.data.channels ?? [];
    const { data, info, name, socket_id } = body.data;
    if (!canTell(info, channels)) {
      return c.text(USER_COUNT_REFUSED, 400);
    }
    for (const channel of new Set(channels)) {
      hub.publish({ channel, name, data, exceptSocketId: socket_id });
    }
    return c.json(
      info === undefined ? {} : { channels: Object.fromEntries(channels.map((channel) => [channel, tell(hub, channel, info)])) },
    );
  });

  api.post("/apps/:appId/batch_events", async (c) => {
    const body = Batch.safeParse(parseJson(await c.req.text()));
    if (!body.success) {
      return c.text(describe(body.error), 400);
    }
    const { batch } = body.data;
    if (batch.some((event) => isTooLarge(event.data))) {
      return c.text(TOO_LARGE, 413);
    }
    if (!batch.every((event) => canTell(event.info, [event.channel]))) {
      return c.text(USER_COUNT_REFUSED, 400);
    }
    for (const { channel, data, name, socket_id } of batch) {
      hub.publish({ channel, name, data, exceptSocketId: socket_id });
    }
    const wantsInfo = batch.some((event) => event.info !== undefined);
    return c.json(wantsInfo ? { batch: batch.map((event) => tell(hub, event.channel, event.info ?? "")) } : {});
  });
};

const mountChannels = (api: Hono, hub: Hub): void => {
  api.get("/apps/:appId/channels", (c) => {
    const prefix = c.req.query("filter_by_prefix") ?? "";
    const info = c.req.query("info") ?? "";
    if (info.includes("user_count") && !prefix.startsWith("presence-")) {
      return c.text(USER_COUNT_REFUSED, 400);
    }
    const names = hub.channelNames().filter((name) => name.startsWith(prefix));
    return c.json({ channels: Object.fromEntries(names.map((name) => [name, tell(hub, name, info)])) });
  });

  api.get("/apps/:appId/channels/:channel", (c) => {
    const channel = c.req.param("channel");
    const info = c.req.query("info") ?? "";
    if (!canTell(info, [channel])) {
      return c.text(USER_COUNT_REFUSED, 400);
    }
    return c.json({ occupied: hub.subscriptionCount(channel) > 0, ...tell(hub, channel, info) });
  });

  api.get("/apps/:appId/channels/:channel/users", (c) => {
    const channel = c.req.param("channel");
    if (kindOfChannel(channel) !== "presence") {
      return c.text("only presence channels have users", 400);
    }
    return c.json({ users: hub.members(channel).map((member) => ({ id: member.userId })) });
  });

  api.post("/apps/:appId/users/:userId/terminate_connections", (c) => {
    for (const link of hub.linksOfUser(c.req.param("userId"))) {
      link.closeWith(4009, "the application ended this connection");
    }
    return c.json({});
  });
};

const TOO_LARGE = `event data is limited to ${EVENT_DATA_MAX_BYTES} bytes`;
const USER_COUNT_REFUSED = "user_count is known for presence channels only";

const Target = z.string().refine((name) => isChannelName(name) || userOfChannel(name) !== null, "not a channel name");
const event = {
  name: z.string().min(1).max(EVENT_NAME_MAX_LENGTH),
  data: z.string(),
  socket_id: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  info: z.string().optional(),
};

const Trigger = z
  .object({ ...event, channel: Target.optional(), channels: z.array(Target).min(1).max(CHANNELS_PER_EVENT_MAX).optional() })
  .transform(({ channel, channels, ...rest }) => ({ ...rest, channels: channels ?? (channel === undefined ? undefined : [channel]) }))
  .refine((trigger) => trigger.channels !== undefined, "an event needs a channel");

const Batch = z.object({
  batch: z
    .array(z.object({ ...event, channel: Target }))
    .min(1)
    .max(BATCH_MAX_COUNT),
});

const isTooLarge = (data: string): boolean => Buffer.byteLength(data) > EVENT_DATA_MAX_BYTES;

const canTell = (info: string | undefined, channels: readonly string[]): boolean =>
  !(info ?? "").split(",").includes("user_count") || channels.every((channel) => kindOfChannel(channel) === "presence");

const tell = (hub: Hub, channel: string, info: string): { user_count?: number; subscription_count?: number } => {
  const asked = info.split(",");
  return {
    ...(asked.includes("user_count") ? { user_count: hub.members(channel).length } : {}),
    ...(asked.includes("subscription_count") ? { subscription_count: hub.subscriptionCount(channel) } : {}),
  };
};

const describe = (error: z.ZodError): string => error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
