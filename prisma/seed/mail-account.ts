import type { Tx } from "#server/platform/tenant.ts";

import type { DemoClub } from "../demo.ts";

/** The first port of the local stack: the sandbox of a mail provider is reached by typed host and port, as a real one is. */
export type StackPort = { readonly port: number };

type Account = { readonly credentials: Readonly<Record<string, string>>; readonly settings: Readonly<Record<string, string>> };

/** As a person would fill it in, except that the sandbox lies in a network of the installation and speaks no TLS. */
export const mailAccount = ({ name, email }: DemoClub, stack: StackPort): Account | null => {
  if (email === null) {
    return null;
  }
  const { password, keepsSent, ...account } = email;
  return {
    credentials: { password },
    settings: {
      ...account,
      fromName: name,
      smtpHost: "127.0.0.1",
      imapHost: "127.0.0.1",
      ...mailPorts(stack),
      security: "none",
      keepsSent: keepsSent ? "on" : "off",
      sentFolder: "auto",
    },
  };
};

/** The stack may have been started on other ports since: then the account of the sandbox follows, and no other. */
export const followStack = async (tx: Tx, { club, port }: { readonly club: DemoClub } & StackPort): Promise<void> => {
  if (club.connections.email !== null) {
    const { smtpPort, imapPort } = mailPorts({ port });
    await tx.db.$executeRaw`
      update "Connection" set settings = settings || jsonb_build_object('smtpPort', ${smtpPort}::text, 'imapPort', ${imapPort}::text)
      where id = ${club.connections.email} and "clubId" = ${club.id} and settings->>'security' = 'none'
        and settings->>'smtpPort' <> ${smtpPort}::text`;
  }
};

/** As in `local/start/ports.ts`. */
const mailPorts = ({ port }: StackPort) => ({ smtpPort: `${port + 13}`, imapPort: `${port + 14}` });
