import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";

/** Two secrets may stand in `webhookSecret`, separated by a blank, while one replaces the other. */
const WebhookSecret = z.string().default("");

/** Over the relay Spotter holds no token of the controller: it was typed into the relay and stays there. */
const RelayAccount = z.object({ road: z.literal("relay"), webhookSecret: WebhookSecret });

const DirectAccount = z.object({
  road: z.literal("direct"),
  address: z.url({ protocol: /^https$/ }),
  /** SHA-256, 64 hex digits, with or without colons. */
  fingerprint: z.string().regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i),
  token: z.string().min(1),
  webhookSecret: WebhookSecret,
});

export type Account = z.infer<typeof RelayAccount> | z.infer<typeof DirectAccount>;

/** @throws `unauthorized` when something is missing */
export const accountOf = ({ credentials, settings }: Pick<ConnectorContext, "credentials" | "settings">): Account => {
  const parsed = z
    .discriminatedUnion("road", [RelayAccount, DirectAccount])
    .safeParse({ road: "relay", ...blankless(settings), ...credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the UniFi Access connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

/** A field that a person left empty counts as not given. */
const blankless = (settings: ConnectorContext["settings"]): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value.trim() !== ""));
