import { createHmac, randomUUID } from "node:crypto";

import { Hono } from "hono";
import { z } from "zod";

import type { CommonFault, FaultPlan } from "../_shared/faults.ts";
import { pause } from "../_shared/faulty-calls.ts";
import type { NextErrors } from "./api.ts";
import type { SandboxClub, SlackMessage, Workspaces } from "./workspace.ts";

const DELIVERY_TIMEOUT_MS = 3_000;
const RESPONSE_URL_USES = 5;
const RESPONSE_URL_MINUTES = 30;

const PressBody = z.object({
  club: z.string(),
  /** Of the message; the newest one with buttons without it. */
  ts: z.string().optional(),
  actionId: z.enum(["approve", "reject", "open"]),
  user: z.object({ id: z.string().regex(/^U[A-Z0-9]+$/), name: z.string() }),
  /** What a forger might do otherwise than the vendor. */
  value: z.string().optional(),
  teamId: z.string().optional(),
  secret: z.string().optional(),
  clockMs: z.int().default(0),
});

type Press = z.output<typeof PressBody>;

type Input = {
  readonly clubs: readonly SandboxClub[];
  readonly workspaces: Workspaces;
  readonly faults: FaultPlan<CommonFault>;
  readonly nextErrors: NextErrors;
  readonly appUrl: string;
  /** Where this sandbox answers, for `response_url`. */
  readonly ownUrl: () => string;
  readonly now: () => Date;
};

/** Levers of this vendor: press a button as somebody, look at the messages, make the next call fail with one word. */
export const createLevers = (input: Input): Hono => {
  const { clubs, workspaces, nextErrors } = input;
  const app = new Hono();
  const responseUrls = addResponseUrls(app, input);
  app.get("/_sandbox/messages", (c) => c.json({ messages: workspaces.messages(c.req.query("club") ?? "") }));
  app.post("/_sandbox/next-error", async (c) => {
    const body = z.object({ error: z.string().min(1) }).safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return c.json({ error: z.prettifyError(body.error) }, 400);
    }
    nextErrors.set(body.data.error);
    return c.json(body.data, 201);
  });
  app.post("/_sandbox/presses", async (c) => {
    const body = PressBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? clubs.find(({ slug }) => slug === body.data.club) : undefined;
    if (!body.success || club === undefined) {
      return c.json({ error: "a known club, actionId and user are needed" }, 400);
    }
    const message = messageOf(workspaces, club, body.data);
    if (message === null || valueOf(message, body.data) === null) {
      return c.json({ error: "no message has this button" }, 409);
    }
    const payload = payloadOf({ club, message, press: body.data, responseUrl: responseUrls.make(), at: input.now() });
    return c.json({ status: await deliver(input, { club, press: body.data, payload }) }, 201);
  });
  return app;
};

const messageOf = (workspaces: Workspaces, club: SandboxClub, { ts, actionId }: Press): SlackMessage | null =>
  ts === undefined
    ? (workspaces.messages(club.slug).findLast((message) => valueOf(message, { actionId }) !== null) ?? null)
    : workspaces.find(club.slack.channelId, ts);

/** `null` where the message has no such button; an empty text for one that only opens a page. */
const valueOf = (
  { blocks }: SlackMessage,
  { actionId, value }: Pick<Press, "actionId"> & { readonly value?: string | undefined },
): string | null => {
  const buttons = blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  const found = buttons.find(({ action_id }) => action_id === actionId);
  return found === undefined ? null : (value ?? found.value ?? "");
};

type Parts = {
  readonly club: SandboxClub;
  readonly message: SlackMessage;
  readonly press: Press;
  readonly responseUrl: string;
  readonly at: Date;
};

let pressSerial = 0;

const payloadOf = ({ club, message, press, responseUrl, at }: Parts): string => {
  const { channelId, teamId } = club.slack;
  const value = valueOf(message, press) ?? "";
  pressSerial += 1;
  return JSON.stringify({
    type: "block_actions",
    user: {
      id: press.user.id,
      username: press.user.name.toLowerCase().replaceAll(" ", "."),
      name: press.user.name,
      team_id: press.teamId ?? teamId,
    },
    api_app_id: "A0SPOTTER",
    token: "deprecated",
    container: { type: "message", message_ts: message.ts, channel_id: channelId, is_ephemeral: false },
    trigger_id: `${pressSerial}.sandbox`,
    team: { id: press.teamId ?? teamId, domain: club.slug },
    channel: { id: channelId, name: "club-alerts" },
    message: { type: "message", text: message.text, ts: message.ts, blocks: message.blocks },
    state: { values: {} },
    response_url: responseUrl,
    actions: [
      {
        type: "button",
        action_id: press.actionId,
        block_id: "spotter",
        ...(value === "" ? {} : { value }),
        action_ts: `${Math.floor(at.getTime() / 1_000)}.${pressSerial.toString().padStart(6, "0")}`,
      },
    ],
  });
};

type Delivery = { readonly club: SandboxClub; readonly press: Press; readonly payload: string };

/** The status of the product's answer; 0 = none in time. A press is not sent again: people press again. */
const deliver = async ({ appUrl, faults, now }: Input, { club, press, payload }: Delivery): Promise<number> => {
  const strike = (kind: "lost_webhook" | "late_webhook" | "duplicate_webhook") =>
    faults.strike({ operation: "webhook", club: club.slug, kinds: [kind] });
  if (strike("lost_webhook") !== null) {
    return 0;
  }
  await pause(strike("late_webhook")?.delayMs ?? 0);
  const body = new URLSearchParams({ payload }).toString();
  const skewMs = press.clockMs + (faults.strike({ operation: "webhook", club: club.slug, kinds: ["clock_skew"] })?.delayMs ?? 0);
  const timestamp = Math.floor((now().getTime() + skewMs) / 1_000).toString();
  const post = () =>
    fetch(`${appUrl}/api/webhooks/slack/${club.connectionId}`, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": sign({ secret: press.secret ?? club.slack.signingSecret, timestamp, body }),
      },
      body,
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
    }).then(
      ({ status }) => status,
      () => 0,
    );
  const status = await post();
  return strike("duplicate_webhook") === null ? status : post();
};

/** `v0=` and the hexadecimal HMAC-SHA256 of version, time and body. */
export const sign = ({ secret, timestamp, body }: { readonly secret: string; readonly timestamp: string; readonly body: string }): string =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;

/** Each may be used five times within half an hour. */
const addResponseUrls = (app: Hono, { now, ownUrl }: Input) => {
  const open = new Map<string, { left: number; readonly endsAtMs: number }>();
  app.post("/actions/:id", async (c) => {
    const known = open.get(c.req.param("id"));
    if (known === undefined || known.endsAtMs < now().getTime()) {
      return c.json({ ok: false, error: "expired_url" }, 404);
    }
    if (known.left === 0) {
      return c.json({ ok: false, error: "used_url" }, 404);
    }
    known.left -= 1;
    return c.json({ ok: true });
  });
  return {
    make: (): string => {
      const id = randomUUID();
      open.set(id, { left: RESPONSE_URL_USES, endsAtMs: now().getTime() + RESPONSE_URL_MINUTES * 60_000 });
      return `${ownUrl()}/actions/${id}`;
    },
  };
};
