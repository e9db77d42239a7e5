import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";

import type { DemoClub } from "../../../prisma/demo.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import type { FaultPlan } from "../_shared/faults.ts";
import { addContacts } from "./contacts-api.ts";
import type { StoredMessage } from "./entries.ts";
import { pageOf } from "./pages.ts";
import { participantOf } from "./phone-system.ts";
import type { Conversation, PhoneSystem } from "./phone-system.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { refuse, refuseByFault, type OpenPhoneFault } from "./refusals.ts";

type Input = {
  readonly system: PhoneSystem;
  readonly faults: FaultPlan<OpenPhoneFault>;
  readonly limiter: RateLimiter;
  /** Told of each accepted text, so that it can be delivered. */
  readonly onSent: (club: DemoClub, message: StoredMessage) => void;
  readonly now: () => Date;
};

export type Env = { Variables: { club: DemoClub } };

const SendBody = z.object({
  content: z
    .string()
    .max(1_600)
    .refine((text) => text.trim() !== ""),
  from: z.string(),
  to: z.array(z.string().regex(/^\+[1-9]\d{7,14}$/)).length(1),
  userId: z.string().optional(),
});

/** The v1 routes the connector calls, with the vendor's own answers and refusals. */
export const createApi = (input: Input): Hono<Env> => {
  const app = new Hono<Env>();
  app.use("/v1/*", admit(input));
  app.use("/v1/*", faultyCalls<OpenPhoneFault>({ faults: input.faults, placeOf, refuse: refuseByFault }));
  addSending(app, input);
  addReading(app, input);
  addContacts(app, input.system);
  return app;
};

/** The key names the club; then its rate limit. */
const admit =
  ({ system, limiter, now }: Input): MiddlewareHandler<Env> =>
  async (c, next) => {
    const apiKey = c.req.header("authorization") ?? "";
    const club = system.clubByKey(apiKey);
    c.header("date", now().toUTCString());
    if (club === undefined) {
      return refuse(c, "unauthorized");
    }
    if (!limiter.admit(apiKey)) {
      return refuse(c, "throttled");
    }
    c.set("club", club);
    await next();
    return undefined;
  };

const placeOf = (c: Context<Env>) => {
  const act = c.req.path.startsWith("/v1/contacts") ? "contact" : "send";
  return { operation: c.req.method === "GET" ? "list" : act, club: c.get("club").slug };
};

const addSending = (app: Hono<Env>, { system, faults, onSent }: Input): void => {
  app.post("/v1/messages", async (c) => {
    const club = c.get("club");
    const body = SendBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return refuse(c, "invalid");
    }
    const { content, from, to, userId = null } = body.data;
    if (system.clubByNumber(from) !== club) {
      return refuse(c, "foreign_number");
    }
    if (faults.strike({ ...placeOf(c), kinds: ["no_credits"] }) !== null) {
      return refuse(c, "no_credits");
    }
    const message = system.accept({ club, memberPhone: to[0] ?? "", text: content, source: "api", userId });
    onSent(club, message);
    return c.json({ data: messageView(system, message) }, 202);
  });
};

const addReading = (app: Hono<Env>, { system, faults }: Input): void => {
  const hasDrifted = (c: Context<Env>): boolean =>
    c.req.query("pageToken") !== undefined && faults.strike({ ...placeOf(c), kinds: ["page_drift"] }) !== null;

  app.get("/v1/messages", (c) => {
    const query = new URL(c.req.url).searchParams;
    const participants = new Set(query.getAll("participants"));
    const phoneNumberId = query.get("phoneNumberId");
    if (phoneNumberId === null || participants.size === 0) {
      return refuse(c, "invalid");
    }
    if (system.clubByNumber(phoneNumberId) !== c.get("club")) {
      return refuse(c, "foreign_number");
    }
    const found = system
      .messages()
      .filter((message) => message.phoneNumberId === phoneNumberId && participants.has(participantOf(message)))
      .filter((message) => isBetween(message.createdAt, query, "created"))
      .map((message) => messageView(system, message))
      .toReversed();
    return c.json(pageOf(found, query, hasDrifted(c)));
  });

  app.get("/v1/messages/:id", (c) => {
    const ours = c.get("club").openPhone.phoneNumberId;
    const message = system.messages().find(({ id, phoneNumberId }) => id === c.req.param("id") && phoneNumberId === ours);
    return message === undefined ? refuse(c, "missing") : c.json({ data: messageView(system, message) });
  });

  app.get("/v1/conversations", (c) => {
    const query = new URL(c.req.url).searchParams;
    const club = c.get("club");
    const asked = query.getAll("phoneNumbers");
    const isAsked = asked.length === 0 || asked.some((number) => system.clubByNumber(number) === club);
    const found = system
      .conversations()
      .filter(({ phoneNumberId }) => isAsked && phoneNumberId === club.openPhone.phoneNumberId)
      .filter((conversation) => isBetween(conversation.lastActivityAt, query, "updated"))
      .toSorted((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt))
      .map(conversationView);
    return c.json(pageOf(found, query, hasDrifted(c)));
  });

  app.get("/v1/phone-numbers", (c) => {
    const { openPhone, phone, name } = c.get("club");
    return c.json({ data: [{ id: openPhone.phoneNumberId, number: phone, name, users: [], restrictions: null }] });
  });
};

const messageView = (system: PhoneSystem, message: StoredMessage) => {
  const { status, at } = system.statusOf(message.id);
  const { id, to, from, text, phoneNumberId, conversationId, direction, userId, createdAt } = message;
  return { id, to, from, text, phoneNumberId, conversationId, direction, userId, status, createdAt, updatedAt: at };
};

const conversationView = ({ participant, ...conversation }: Conversation) => ({
  ...conversation,
  name: null,
  participants: [participant],
  updatedAt: conversation.lastActivityAt,
  mutedUntil: null,
  snoozedUntil: null,
  deletedAt: null,
});

/** `createdAfter`, `createdBefore` and their `updated` twins; the deprecated `since` acts like `createdBefore`. */
const isBetween = (instant: string, query: URLSearchParams, field: "created" | "updated"): boolean => {
  const at = Date.parse(instant);
  const after = Date.parse(query.get(`${field}After`) ?? "");
  const before = Date.parse(query.get(`${field}Before`) ?? (field === "created" ? query.get("since") : null) ?? "");
  return !(at < after) && !(at > before);
};
