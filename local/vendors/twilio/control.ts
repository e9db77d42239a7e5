import { Hono } from "hono";
import { z } from "zod";

import type { ThreadAnswer, ThreadMessage } from "../thread.ts";
import type { StoredMessage } from "./entries.ts";
import { isInbound, participantOf, type MessageSystem, type TwilioClub } from "./message-system.ts";

type Input = {
  readonly system: MessageSystem;
  readonly onReceived: (club: TwilioClub, message: StoredMessage) => void;
  readonly onSent: (club: TwilioClub, message: StoredMessage) => void;
};

const Phone = z.string().regex(/^\+[1-9]\d{7,14}$/);
const TextBody = z.object({
  from: Phone,
  /** Slug or id of a club, or its number in `to`. */
  toClub: z.string().optional(),
  to: z.string().optional(),
  text: z.string().max(1_600),
  mediaUrls: z.array(z.url()).max(10).default([]),
  files: z
    .array(z.object({ type: z.string(), contentBase64: z.base64() }))
    .max(10)
    .default([]),
});
const StaffTextBody = z.object({ club: z.string(), to: Phone, text: z.string().min(1).max(1_600) });

/** What a test or the phone page may do that no customer of the vendor could: text as a member, write in the console, look. */
export const createLevers = (input: Input): Hono => {
  const app = new Hono();
  addTexting(app, input);
  addLooking(app, input);
  return app;
};

const addTexting = (app: Hono, { system, onReceived, onSent }: Input): void => {
  app.post("/_sandbox/texts", async (c) => {
    const body = TextBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? (system.clubByName(body.data.toClub ?? "") ?? system.clubByNumber(body.data.to ?? "")) : undefined;
    if (!body.success || club === undefined) {
      return c.json({ error: "from, text and a club with a number, in toClub or to, are needed" }, 400);
    }
    const { from, text, mediaUrls, files } = body.data;
    const message = system.accept({ club, memberPhone: from, body: text, mediaUrls, files, source: "member" });
    onReceived(club, message);
    return c.json({ message }, 201);
  });

  app.post("/_sandbox/staff-texts", async (c) => {
    const body = StaffTextBody.safeParse(await c.req.json().catch(() => null));
    const club = body.success ? system.clubByName(body.data.club) : undefined;
    if (!body.success || club === undefined) {
      return c.json({ error: "club, to and text are needed" }, 400);
    }
    const message = system.accept({ club, memberPhone: body.data.to, body: body.data.text, source: "staff" });
    onSent(club, message);
    return c.json({ message }, 201);
  });
};

const addLooking = (app: Hono, { system }: Input): void => {
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

/** Newest first: with whom the club has talked, and the last word of each. */
const latestPerMember = (system: MessageSystem, club: TwilioClub) => {
  const ours = system.messages().filter(({ accountSid }) => accountSid === club.twilio.accountSid);
  const latest = new Map(ours.map((message) => [participantOf(message), message]));
  return [...latest]
    .map(([member, message]) => ({ member, last: shown(system, message) }))
    .toSorted((a, b) => b.last.at.localeCompare(a.last.at));
};

const AUTHOR_OF = { member: null, api: null, staff: "Console", vendor: "Twilio" } as const;

const shown = (system: MessageSystem, message: StoredMessage): ThreadMessage => ({
  id: message.sid,
  from: isInbound(message) ? "member" : "club",
  text: message.body,
  at: message.createdAt,
  status: system.standingOf(message).status,
  author: AUTHOR_OF[message.source],
  mediaUrls: message.mediaUrls,
});
