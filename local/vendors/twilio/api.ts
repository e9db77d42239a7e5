import { Hono, type Context, type MiddlewareHandler } from "hono";

import { faultyCalls } from "../_shared/faulty-calls.ts";
import type { FaultPlan } from "../_shared/faults.ts";
import type { StoredMessage } from "./entries.ts";
import type { MessageSystem, TwilioClub } from "./message-system.ts";
import { refuse, refuseByFault, type Refusal, type TwilioFault } from "./refusals.ts";
import { accountView, messageView, pageView } from "./views.ts";

type Input = {
  readonly system: MessageSystem;
  readonly faults: FaultPlan<TwilioFault>;
  /** Told of each accepted text, so that it can be delivered. */
  readonly onSent: (club: TwilioClub, message: StoredMessage) => void;
  readonly now: () => Date;
};

type Env = { Variables: { club: TwilioClub } };

const BODY_MAX_CHARACTERS = 1_600;
const ACCOUNT = "/2010-04-01/Accounts/:account";

/** The routes of API 2010-04-01 that the connector calls, with the vendor's own answers and refusals. */
export const createApi = (input: Input): Hono<Env> => {
  const app = new Hono<Env>();
  app.use("/2010-04-01/*", admit(input));
  app.use("/2010-04-01/*", faultyCalls<TwilioFault>({ faults: input.faults, placeOf, refuse: refuseByFault }));
  addSending(app, input);
  addReading(app, input);
  addFiles(app, input);
  return app;
};

/** Account and token name the club; an account reaches nothing but its own. */
const admit =
  ({ system, now }: Input): MiddlewareHandler<Env> =>
  async (c, next) => {
    const [scheme, encoded = ""] = (c.req.header("authorization") ?? "").split(" ");
    const [accountSid = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
    const club = system.clubByCredentials(accountSid, rest.join(":"));
    const asked = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})/.exec(c.req.path)?.[1];
    c.header("date", now().toUTCString());
    if (scheme !== "Basic" || club === undefined || asked !== accountSid) {
      return refuse(c, "unauthorized");
    }
    c.set("club", club);
    await next();
    return undefined;
  };

const placeOf = (c: Context<Env>) => {
  const isList = c.req.path.includes("/Messages");
  return { operation: c.req.method === "POST" ? "send" : isList ? "list" : "account", club: c.get("club").slug };
};

const addSending = (app: Hono<Env>, { system, faults, onSent }: Input): void => {
  app.post(`${ACCOUNT}/Messages.json`, async (c) => {
    const club = c.get("club");
    const isForm = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
    const form = new URLSearchParams(isForm ? await c.req.text() : "");
    const refusal = refusalOf(form, { system, club });
    if (refusal !== null) {
      return refuse(c, refusal);
    }
    const planned = faults.strike({
      operation: "send",
      club: club.slug,
      kinds: ["not_mobile", "region_forbidden", "unverified", "queue_full"],
    });
    if (planned !== null) {
      return refuse(c, planned.kind as Refusal);
    }
    const message = system.accept({
      club,
      memberPhone: form.get("To") ?? "",
      body: form.get("Body") ?? "",
      source: "api",
      statusCallback: form.get("StatusCallback"),
      isByService: form.has("MessagingServiceSid"),
    });
    onSent(club, message);
    return c.json(messageView(system, message), 201);
  });
};

/** What the vendor objects to, in its own order. */
const refusalOf = (form: URLSearchParams, { system, club }: { system: MessageSystem; club: TwilioClub }): Refusal | null => {
  const to = form.get("To") ?? "";
  const from = form.get("From");
  const service = form.get("MessagingServiceSid");
  const body = form.get("Body") ?? "";
  const callback = form.get("StatusCallback");
  const objections: readonly (readonly [boolean, Refusal])[] = [
    [to === "", "no_to"],
    [!/^\+[1-9]\d{7,14}$/.test(to), "bad_to"],
    [from === null && service === null, "no_from"],
    [(from ?? club.twilio.phoneNumber) !== club.twilio.phoneNumber, "bad_from"],
    [(service ?? club.twilio.messagingServiceSid) !== club.twilio.messagingServiceSid, "missing"],
    [body.trim() === "", "no_body"],
    [body.length > BODY_MAX_CHARACTERS, "long_body"],
    [callback !== null && !URL.canParse(callback), "bad_callback"],
    [system.isBlocked(club.twilio.phoneNumber, to), "opted_out"],
  ];
  return objections.find(([isObjected]) => isObjected)?.[1] ?? null;
};

const addReading = (app: Hono<Env>, { system, faults }: Input): void => {
  const messagesOf = (c: Context<Env>): readonly StoredMessage[] =>
    system.messages().filter(({ accountSid }) => accountSid === c.get("club").twilio.accountSid);

  app.get(`${ACCOUNT}/Messages.json`, (c) => {
    const { pathname: path, searchParams: query } = new URL(c.req.url);
    const items = messagesOf(c)
      .filter(({ to, from }) => (query.get("To") ?? to) === to && (query.get("From") ?? from) === from)
      .map((message) => ({ view: messageView(system, message), sid: message.sid, sentAt: system.standingOf(message).sentAt }))
      .filter(({ sentAt }) => isSentBetween(sentAt, query))
      .toReversed();
    const drift = query.has("PageToken") ? faults.strike({ ...placeOf(c), kinds: ["page_drift"] }) : null;
    const page = pageView({ items, path, query, hasDrifted: drift !== null });
    const views = new Map(items.map(({ sid, view }) => [sid, view]));
    return page === null ? refuse(c, "bad_page") : c.json({ ...page, messages: page.messages.flatMap(({ sid }) => views.get(sid) ?? []) });
  });

  app.get(`${ACCOUNT}/Messages/:file`, (c) => {
    const message = messagesOf(c).find(({ sid }) => `${sid}.json` === c.req.param("file"));
    return message === undefined ? refuse(c, "missing") : c.json(messageView(system, message));
  });

  app.get("/2010-04-01/Accounts/:file", (c) => c.json(accountView(c.get("club"))));
};

/** The API asks for the account and sends on; where the bytes lie nobody is asked, and the vendor's own sign-in is refused. */
const addFiles = (app: Hono<Env>, { system }: Input): void => {
  app.get(`${ACCOUNT}/Messages/:sid/Media/:file`, (c) => {
    const message = system.messages().find(({ sid }) => sid === c.req.param("sid"));
    const file =
      message?.accountSid === c.get("club").twilio.accountSid ? message.files?.find(({ sid }) => sid === c.req.param("file")) : undefined;
    return file === undefined ? refuse(c, "missing") : c.redirect(`/_bytes/${file.sid}`, 307);
  });

  app.get("/_bytes/:file", (c) => {
    const file = system.messages().flatMap(({ files = [] }) => files.filter(({ sid }) => sid === c.req.param("file")))[0];
    if (file === undefined || c.req.header("authorization") !== undefined) {
      return c.text("not here", 404);
    }
    return c.body(new Uint8Array(Buffer.from(file.contentBase64, "base64")), 200, { "content-type": file.type });
  });
};

/** The documented filter looks at days, and at messages only that have left the queue. `>` and `<` include their day. */
const isSentBetween = (sentAt: string | null, query: URLSearchParams): boolean => {
  const bounds = [query.get("DateSent"), query.get("DateSent>"), query.get("DateSent<")].map((value) => value?.slice(0, 10) ?? null);
  if (bounds.every((bound) => bound === null)) {
    return true;
  }
  const day = sentAt?.slice(0, 10);
  const [on, after, before] = bounds;
  return day !== undefined && day === (on ?? day) && day >= (after ?? day) && day <= (before ?? day);
};
