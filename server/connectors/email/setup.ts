import type { ConnectorSetup } from "../setup.ts";
import { SENT_FILES } from "./limits.ts";

export const EMAIL_SETUP: ConnectorSetup = {
  provider: "email",
  name: "E-mail",
  summary: "Mail to one address of the club arrives in the inbox, and answers go out from that address.",
  capabilities: ["inbox.poll", "message.send", "message.readBack", "message.files"],
  fields: [
    {
      name: "address",
      label: "Address",
      kind: "text",
      isRequired: true,
      where: "The address members write to.",
      placeholder: "hello@yourclub.com",
    },
    { name: "fromName", label: "Sender's name", kind: "text", isRequired: false, where: "How the club is named in front of its address." },
    {
      name: "user",
      label: "User name",
      kind: "text",
      isRequired: false,
      where: "Only where the provider's user name is not the address itself.",
    },
    {
      name: "password",
      label: "Password",
      kind: "secret",
      isRequired: true,
      where:
        "Gmail: Google Account → Security → 2-Step Verification → App passwords. Elsewhere the mailbox's password, or an app password where the provider offers one.",
    },
    // No web address: where a server's name leads is checked each time it is called.
    {
      name: "imapHost",
      label: "Incoming server (IMAP)",
      kind: "text",
      isRequired: true,
      where: "In the provider's help under IMAP settings.",
      placeholder: "imap.gmail.com",
    },
    { name: "imapPort", label: "IMAP port", kind: "number", isRequired: false, where: "993, or 143 with STARTTLS.", initial: "993" },
    {
      name: "smtpHost",
      label: "Outgoing server (SMTP)",
      kind: "text",
      isRequired: true,
      where: "In the provider's help under SMTP settings.",
      placeholder: "smtp.gmail.com",
    },
    { name: "smtpPort", label: "SMTP port", kind: "number", isRequired: false, where: "465, or 587 with STARTTLS.", initial: "465" },
    {
      name: "keepsSent",
      label: "The server files sent mail by itself",
      kind: "switch",
      isRequired: false,
      where:
        "On for Gmail and Microsoft 365. Off: Spotter files a copy, and asks a person whenever it cannot tell whether a mail went out.",
      initial: "off",
    },
    {
      name: "sentFolder",
      label: "Folder of sent mail",
      kind: "text",
      isRequired: false,
      where: "auto finds the one the server marks; else its full name, or none.",
      initial: "auto",
    },
    {
      name: "security",
      label: "Encryption",
      kind: "choice",
      isRequired: false,
      where: "Without encryption only a server in a network that this installation allows is called.",
      choices: [
        { value: "tls", label: "TLS" },
        { value: "none", label: "None" },
      ],
      initial: "tls",
    },
  ],
  webhook: null,
  channel: { kind: "email", addressField: "address", externalIdField: "address" },
  files: { kind: "taken", rules: SENT_FILES },
  // Chosen by us: one login at a time, since providers count connections per mailbox (Gmail about 15, a guess).
  limits: { requestsPerSecond: 1, burst: 4 },
  caution: null,
};
