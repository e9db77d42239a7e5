import { Hono } from "hono";
import { z } from "zod";

import type { AcceptLog } from "../_shared/accept-log.ts";
import type { Entry } from "./accept-log.ts";
import { bounceOf, LETTER_SHAPES, letterOf } from "./letters.ts";
import { addressIn, headerOf, type MailClub, type PostOffice } from "./post-office.ts";

type Input = { readonly office: PostOffice; readonly log: AcceptLog<Entry>; readonly now: () => Date };

const Answer = { inReplyTo: z.string().optional(), references: z.array(z.string()).optional(), messageId: z.string().optional() };

const MailBody = z.object({
  /** Slug of a club that has a mailbox. */
  club: z.string(),
  from: z.email(),
  fromName: z.string().default("A Member"),
  subject: z.string().default("A question"),
  text: z.string(),
  shape: z.enum(LETTER_SHAPES).default("plain"),
  files: z.array(z.object({ name: z.string(), type: z.string(), contentBase64: z.base64() })).default([]),
  ...Answer,
});

const StaffMailBody = z.object({
  club: z.string(),
  to: z.email(),
  staffName: z.string().default("Front desk"),
  subject: z.string().default("Re: A question"),
  text: z.string(),
  ...Answer,
});

/** `messageId`: of the mail that comes back, one the club has sent. */
const BounceBody = z.object({
  club: z.string(),
  recipient: z.email(),
  status: z.string().regex(/^[45]\.\d+\.\d+$/),
  messageId: z.string(),
});

/** What a test or a person may do that no customer of a provider could: write as a member, answer as staff, move the mailbox. */
export const createLevers = ({ office, log, now }: Input): Hono => {
  const app = new Hono();
  const clubOf = (slug: string | undefined): MailClub | undefined => office.clubs.find(({ club }) => club.slug === slug);

  app.post("/_sandbox/mails", async (c) => {
    const body = MailBody.safeParse(await c.req.json().catch(() => null));
    const club = clubOf(body.data?.club);
    if (!body.success || club === undefined) {
      return c.json({ error: "from, text and a club with a mailbox are needed" }, 400);
    }
    const raw = letterOf({ ...body.data, to: club.account.address, at: now() });
    return c.json({ uid: office.file(club, { folder: "INBOX", raw }), messageId: headerOf(raw, "message-id") }, 201);
  });

  app.post("/_sandbox/staff-mails", async (c) => {
    const body = StaffMailBody.safeParse(await c.req.json().catch(() => null));
    const club = clubOf(body.data?.club);
    if (!body.success || club === undefined) {
      return c.json({ error: "to, text and a club with a mailbox are needed" }, 400);
    }
    const { staffName: fromName, ...rest } = body.data;
    const raw = letterOf({ ...rest, fromName, from: club.account.address, shape: "plain", at: now() });
    return c.json({ uid: office.file(club, { folder: "Sent", raw }), messageId: headerOf(raw, "message-id") }, 201);
  });

  app.post("/_sandbox/bounces", async (c) => {
    const body = BounceBody.safeParse(await c.req.json().catch(() => null));
    const club = clubOf(body.data?.club);
    if (!body.success || club === undefined) {
      return c.json({ error: "recipient, status, messageId and a club with a mailbox are needed" }, 400);
    }
    const { recipient, status, messageId } = body.data;
    const returned = `Message-ID: ${messageId}\nTo: ${recipient}\nSubject: what came back`;
    const raw = bounceOf({ mailbox: club.account.address, recipient, status, returned, at: now() });
    return c.json({ uid: office.file(club, { folder: "INBOX", raw }) }, 201);
  });

  app.post("/_sandbox/renumber", async (c) => {
    const body = z.object({ club: z.string() }).safeParse(await c.req.json().catch(() => null));
    const club = clubOf(body.data?.club);
    if (club === undefined) {
      return c.json({ error: "a club with a mailbox is needed" }, 400);
    }
    office.renumber(club);
    return c.json({ ok: true }, 201);
  });

  // What the invented members have received, newest last.
  app.get("/_sandbox/mails", (c) => {
    const to = addressIn(c.req.query("to") ?? "");
    const sent = log.entries().flatMap((entry) => (entry.kind === "sent" && (to === null || entry.to.includes(to)) ? [entry] : []));
    return c.json({
      mails: sent.map(({ seq, at, club, messageId, to: recipients, raw }) => ({
        seq,
        at,
        club,
        messageId,
        to: recipients,
        raw: Buffer.from(raw, "base64").toString("utf8"),
      })),
    });
  });
  return app;
};
