import { now } from "#server/platform/clock.ts";

import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createEmailConnector } from "./connector.ts";

/** What a mail sandbox tells of itself. */
type Provider = {
  readonly smtpPort: number;
  readonly imapPort: number;
  readonly club: { readonly name: string };
  readonly mailbox: { readonly address: string; readonly user: string; readonly password: string; readonly keepsSent: boolean };
};

type Over = {
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  readonly settings?: Readonly<Record<string, string>>;
  readonly network?: Partial<ConnectorContext>;
};

/** A connector of the one demo mailbox, with everything a person would have entered. */
export const connectorTo = (world: Provider, over: Over = {}): Connector => {
  const { address, user, password, keepsSent } = world.mailbox;
  return createEmailConnector(
    {
      connectionId: "conn_mailbox",
      credentials: { password },
      settings: {
        address,
        user,
        fromName: world.club.name,
        keepsSent: keepsSent ? "on" : "off",
        security: "none",
        smtpHost: "127.0.0.1",
        smtpPort: `${world.smtpPort}`,
        imapHost: "127.0.0.1",
        imapPort: `${world.imapPort}`,
        ...over.settings,
      },
      ...openTestNetwork(),
      now: over.now ?? now,
      session: createMemorySession(),
      ...over.network,
    },
    over.timeoutMs === undefined ? {} : { answerTimeoutMs: over.timeoutMs },
  );
};
