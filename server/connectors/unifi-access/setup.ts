import type { ConnectorSetup } from "../setup.ts";

export const UNIFI_ACCESS_SETUP: ConnectorSetup = {
  provider: "unifi_access",
  name: "UniFi Access",
  summary: "Unlocks a door for a few seconds, suspends and restores a member's access, and sees who was let in.",
  capabilities: ["door.pulse", "access.state", "door.events"],
  fields: [
    {
      name: "road",
      label: "How Spotter reaches the controller",
      kind: "choice",
      isRequired: true,
      where:
        "The relay is a small program on any computer at the club; it calls Spotter, so nothing is opened to the internet. Directly works only where Spotter runs in the same network.",
      choices: [
        { value: "relay", label: "Through the relay at the club" },
        { value: "direct", label: "Directly" },
      ],
      initial: "relay",
    },
    {
      name: "address",
      label: "Address of the controller",
      kind: "address",
      isRequired: false,
      where: "Directly only. The console's address with the port of the API, 12445.",
      placeholder: "https://192.168.1.1:12445",
    },
    {
      name: "fingerprint",
      label: "SHA-256 fingerprint of its certificate",
      kind: "text",
      isRequired: false,
      where:
        "Directly only. On a computer at the club: openssl s_client -connect 192.168.1.1:12445 </dev/null | openssl x509 -noout -fingerprint -sha256",
      placeholder: "AB:CD:…",
    },
    {
      name: "token",
      label: "API token",
      kind: "secret",
      isRequired: false,
      where:
        "Directly only; for the relay it is typed in at the club and stays there. Access → Settings → General → Advanced → API Token, with view:space, edit:space, view:user, edit:user, view:policy and view:system_log.",
    },
    {
      name: "unlockSeconds",
      label: "Seconds a door stays unlocked",
      kind: "number",
      isRequired: false,
      where: "As the controller is set. Spotter tells a member so many seconds, and no number where this is left out.",
    },
    {
      name: "webhookSecret",
      label: "Webhook secret",
      kind: "secret",
      takesTwo: true,
      isRequired: false,
      where: "The secret that the controller answers when the webhook is registered.",
    },
  ],
  webhook: {
    where:
      "Registered at the controller's API: POST /api/v1/developer/webhooks/endpoints with this address, a name and the events; docs/relay.md has the command.",
    events: ["access.door.unlock"],
  },
  channel: null,
  pairing: { field: "road", value: "relay" },
  // Guess: 429 is documented without a number. A club's controller is a small computer.
  limits: { requestsPerSecond: 5, burst: 10 },
  caution: null,
};
