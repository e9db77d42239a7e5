import { isIP } from "node:net";

import { isAllowedIp } from "../_shared/address-rules.ts";
import { ConnectorError, HttpFailure } from "../errors.ts";
import type { CheckedAddress, ConnectorNetwork } from "../ports.ts";
import { IMAP_PORTS, SMTP_PORTS, TLS_FIRST_PORTS } from "./limits.ts";
import type { EmailAccount } from "./schemas.ts";

export type MailServer = {
  /** The socket is opened to this, the certificate is that of `servername`. */
  readonly ip: string;
  /** `undefined` where the server is known by its IP address only. */
  readonly servername: string | undefined;
  readonly port: number;
  /** `first`: before any word. `upgrade`: by STARTTLS, without which nothing is said. */
  readonly tls: "first" | "upgrade" | "none";
};

/** Waits for this connection's turn and finds out where the typed name leads now, and whether that may be called so. */
export const reachServer = async (
  network: Pick<ConnectorNetwork, "checkAddress" | "takeTurn">,
  { account, protocol }: { readonly account: EmailAccount; readonly protocol: "smtp" | "imap" },
): Promise<MailServer> => {
  const [host, port, usual] =
    protocol === "smtp" ? [account.smtpHost, account.smtpPort, SMTP_PORTS] : [account.imapHost, account.imapPort, IMAP_PORTS];
  await network.takeTurn();
  const { ip } = await checked(network, host);
  // Whatever was let through and is not of the open internet lies in a range that the installation allows.
  const isWithinOwnRange = !isAllowedIp(ip, []);
  if (!isWithinOwnRange && account.security === "none") {
    throw new ConnectorError("rejected", "a mail server on the internet is never called without encryption", { reason: "not_allowed" });
  }
  if (!isWithinOwnRange && !usual.includes(port)) {
    throw new ConnectorError("rejected", `port ${port} is none of ${protocol.toUpperCase()}`, { reason: "not_allowed" });
  }
  const tls = account.security === "none" ? "none" : TLS_FIRST_PORTS.includes(port) ? "first" : "upgrade";
  return { ip, servername: isIP(host) === 0 ? host : undefined, port, tls };
};

const checked = async (network: Pick<ConnectorNetwork, "checkAddress">, host: string): Promise<CheckedAddress> => {
  try {
    return await network.checkAddress(host);
  } catch (error) {
    if (error instanceof HttpFailure) {
      throw new ConnectorError("unavailable", error.message, { cause: error });
    }
    throw error;
  }
};
