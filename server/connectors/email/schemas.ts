import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";

const Port = z.coerce.number().int().min(1).max(65_535);

/** What a person enters, see `setup.ts`. All values arrive as texts. */
export const EmailAccount = z.object({
  address: z.string().trim().toLowerCase().pipe(z.email()),
  fromName: z.string().trim().max(100).default(""),
  /** The address where the provider does not say otherwise. */
  user: z.string().min(1).optional(),
  password: z.string().min(1),
  smtpHost: z.string().trim().min(1),
  smtpPort: Port.default(465),
  imapHost: z.string().trim().min(1),
  imapPort: Port.default(993),
  /** `tls`: from the first byte or by STARTTLS, by the port. `none` only within a network the installation allows. */
  security: z.enum(["tls", "none"]).default("tls"),
  /** Whether the server itself files what is sent by SMTP, as Gmail and Microsoft 365 do. */
  keepsSent: z.enum(["on", "off"]).default("off"),
  /** `auto`: the folder the server marks as sent; `none`: there is none. */
  sentFolder: z.string().trim().min(1).default("auto"),
});

export type EmailAccount = z.infer<typeof EmailAccount>;

export const accountOf = ({ credentials, settings }: Pick<ConnectorContext, "credentials" | "settings">): EmailAccount => {
  const entered = Object.entries({ ...settings, ...credentials }).filter(([, value]) => value !== undefined && value.trim() !== "");
  const parsed = EmailAccount.safeParse(Object.fromEntries(entered));
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the mailbox is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

/** How far one folder has been read. */
const Position = z.object({
  /** While this stays the same, a UID means the same mail for ever (RFC 3501, 2.3.1.1). */
  uidValidity: z.string(),
  /** What arrived earlier lies before this connection's time (ISO instant). */
  from: z.string(),
  /** And so do lower numbers. */
  begin: z.int().min(1),
  /** The highest number that was read. */
  uid: z.int().min(0),
  /** The numbers read within the overlap. */
  recent: z.array(z.int()),
  /** When the newest mail that was read arrived (ISO instant). */
  newestAt: z.string().nullable(),
});

export type Position = z.infer<typeof Position>;

export const Cursor = z.object({ inbox: Position, sent: Position.nullable() });

export type Cursor = z.infer<typeof Cursor>;

/** What a server must tell of a mail that it was asked for. */
export const FetchedMail = z.object({
  uid: z.int().min(1),
  source: z.instanceof(Buffer),
  internalDate: z.union([z.date(), z.string().transform((text) => new Date(text))]).refine((date) => !Number.isNaN(date.getTime())),
});

export type FetchedMail = z.infer<typeof FetchedMail>;

/** The same without the mail itself. */
export const ListedMail = z.object({ uid: z.int().min(1), size: z.int().min(0), internalDate: FetchedMail.shape.internalDate });
