import type { ConnectorSetup } from "../setup.ts";

export const SLACK_SETUP: ConnectorSetup = {
  provider: "slack",
  name: "Slack",
  summary: "Tells a channel what needs a person, with buttons to approve or deny.",
  capabilities: ["notify", "notify.decide"],
  fields: [
    {
      name: "botToken",
      label: "Bot token",
      kind: "secret",
      isRequired: true,
      where: "api.slack.com/apps → your app → OAuth & Permissions: add the scope chat:write, install, copy “Bot User OAuth Token”.",
      placeholder: "xoxb-…",
    },
    {
      name: "signingSecret",
      label: "Signing secret",
      kind: "secret",
      takesTwo: true,
      isRequired: false,
      where: "Your app → Basic Information → App Credentials → Signing Secret. Needed for buttons.",
    },
    {
      name: "teamId",
      label: "Workspace id",
      kind: "text",
      isRequired: true,
      where: "Open Slack in a browser: the part of the address that begins with T.",
      placeholder: "T…",
    },
    {
      name: "channelId",
      label: "Channel id",
      kind: "text",
      isRequired: true,
      where: "Channel name → About → Channel ID, at the bottom. Invite the app to the channel.",
      placeholder: "C…",
    },
    {
      name: "announce",
      label: "Tell the channel of",
      kind: "choice",
      isRequired: false,
      where: "What Spotter asks about in the channel. Everything waits in Spotter as well.",
      choices: [
        { value: "deeds", label: "Doors, access, money and devices" },
        { value: "all", label: "Everything that waits, drafted messages too" },
        { value: "none", label: "Nothing" },
      ],
      initial: "deeds",
    },
  ],
  webhook: {
    where: "Your app → Interactivity & Shortcuts → on → Request URL. Paste the address below.",
    events: ["Buttons (block_actions)"],
  },
  channel: null,
  // Vendor, 2026-11: about one message a second and channel; short bursts are allowed.
  limits: { requestsPerSecond: 1, burst: 4 },
  caution: null,
};
