import { Hono } from "hono";
import { z } from "zod";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { ThreadAnswer, ThreadMessage } from "../thread.ts";
import type { AcceptLog } from "../_shared/accept-log.ts";
import type { Entry, LoggedEntry, StoredCall, StoredMessage } from "./entries.ts";
import { participantOf } from "./phone-system.ts";
import type { PhoneSystem } from "./phone-system.ts";

type Input = {
  readonly system: PhoneSystem;
  readonly log: AcceptLog<Entry>;
  readonly onReceived: (club: DemoClub, message: StoredMessage) => void;
  readonly onSent: (club: DemoClub, message: StoredMessage) => void;
  readonly onCalled: (club: DemoClub, call: StoredCall) => void;
};

const Phone = z.string().regex(/^\+[1-9]\d{7,14}$/);
const TextBody = z.object({
  from: Phone,
  /** Slug or id of a club, or its number in `to`. */
  toClub: z.string().optional(),
  to: z.string().optional(),
  text: z.string().max(1_600),
  mediaUrls: z.array(z.url()).max(10).default([]),
});
const StaffTextBody = z.object({
  clubPhoneNumberId: z.string(),
  to: Phone,
  text: z.string().min(1).max(1_600),
  staffName: z.string().default("Front desk"),
});
const CallBody = z.object({
  from: Phone,
  toClub: z.string(),
  isAnswered: z.boolean(),
  /** What the caller says to the voicemail; only of a call that nobody answered. */
  voicemail: z.string().min(1).max(5_000).optional(),
});

const LOG_PAGE_MAX = 1_000;

/** What a test or the phone page may do that no customer of the vendor could: text and call as a member, look. */
export const createLevers = (input: Input): Hono => {
  const app = new Hono();
  addTexting(app, input);
  addCalling(app, input);
  addLooking(app, input);
  return app;
};

const addTexting = (app: Hono, { system, onReceived, onSent }: Input): void => {
  app.post("/_sandbox/texts", async (c) => {
    const body = TextBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? (system.clubByName(body.data.toClub ?? "") ?? system.clubByNumber(body.data.to ?? "")) : undefined;
    if (!body.success || club === undefined) {
      return c.json({ error: "from, text and a known club in toClub or to are needed" }, 400);
    }
    const { from, text, mediaUrls } = body.data;
    const message = system.accept({ club, memberPhone: from, text, mediaUrls, source: "member" });
    onReceived(club, message);
    return c.json({ message }, 201);
  });

  app.post("/_sandbox/staff-texts", async (c) => {
    const body = StaffTextBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? system.clubByNumber(body.data.clubPhoneNumberId) : undefined;
    if (!body.success || club === undefined) {
      return c.json({ error: "clubPhoneNumberId, to and text are needed" }, 400);
    }
    const { to, text, staffName } = body.data;
    const message = system.accept({ club, memberPhone: to, text, staffName, source: "staff" });
    onSent(club, message);
    return c.json({ message }, 201);
  });
};

const addCalling = (app: Hono, { system, onCalled }: Input): void => {
  app.post("/_sandbox/calls", async (c) => {
    const body = CallBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? system.clubByName(body.data.toClub) : undefined;
    if (!body.success || club === undefined || (body.data.isAnswered && body.data.voicemail !== undefined)) {
      return c.json({ error: "from, a known club in toClub and isAnswered are needed; nobody speaks to a voicemail when answered" }, 400);
    }
    const { from, isAnswered, voicemail = null } = body.data;
    const call = system.receiveCall({ club, memberPhone: from, isAnswered, voicemail });
    onCalled(club, call);
    return c.json({ call }, 201);
  });
};

const addLooking = (app: Hono, { system, log }: Input): void => {
  app.get("/_sandbox/log", (c) => {
    const { cursor, limit, ...filter } = c.req.query();
    const size = Math.min(Number(limit) || LOG_PAGE_MAX, LOG_PAGE_MAX);
    const matching = log.entries().filter((entry) => entry.seq > (Number(cursor) || 0) && isWanted(entry, filter));
    return c.json({ entries: matching.slice(0, size), nextCursor: matching.length > size ? `${matching[size - 1]?.seq ?? 0}` : null });
  });

  app.get("/_sandbox/threads", (c) => {
    const club = system.clubByName(c.req.query("club") ?? "");
    const member = c.req.query("member");
    if (club === undefined) {
      return c.json({ error: "club is unknown" }, 404);
    }
    if (member === undefined) {
      return c.json({ club: club.slug, threads: latestPerMember(system, club) });
    }
    const messages = system.thread(club, member).map((message) => shown(system, message));
    return c.json({ club: club.slug, member, messages } satisfies ThreadAnswer);
  });
};

/**
 * `to` and `from` ask for messages only; without them changes of status are shown as well. Calls and contacts are shown to
 * whoever asks for that `kind`.
 */
const isWanted = (entry: LoggedEntry, filter: { kind?: string; to?: string; from?: string; since?: string }): boolean => {
  if (filter.since !== undefined && Date.parse(entry.at) < Date.parse(filter.since)) {
    return false;
  }
  if (filter.kind !== undefined || entry.kind === "call" || entry.kind === "contact") {
    return entry.kind === filter.kind;
  }
  if (entry.kind !== "message") {
    return filter.to === undefined && filter.from === undefined;
  }
  return (filter.to === undefined || entry.message.to.includes(filter.to)) && (filter.from ?? entry.message.from) === entry.message.from;
};

/** Newest first: with whom the club has talked, and the last word of each. */
const latestPerMember = (system: PhoneSystem, club: DemoClub) => {
  const latest = new Map<string, StoredMessage>();
  for (const message of system.messages()) {
    if (message.phoneNumberId === club.openPhone.phoneNumberId) {
      latest.set(participantOf(message), message);
    }
  }
  return [...latest]
    .map(([member, message]) => ({ member, last: shown(system, message) }))
    .toSorted((a, b) => b.last.at.localeCompare(a.last.at));
};

const shown = (system: PhoneSystem, message: StoredMessage): ThreadMessage => ({
  id: message.id,
  from: message.direction === "incoming" ? "member" : "club",
  text: message.text,
  at: message.createdAt,
  status: system.statusOf(message.id).status,
  author: message.staffName,
  mediaUrls: message.mediaUrls,
});
