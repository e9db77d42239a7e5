import type { ConnectorSetup } from "../setup.ts";

export const CLUBHUB_SETUP: ConnectorSetup = {
  provider: "clubhub",
  name: "ClubHub",
  summary: "Members, prospects, balances and visits of a club; bans and notes.",
  capabilities: ["members.read", "access.state", "notes.write"],
  fields: [
    {
      name: "appService",
      label: "Use the service behind the ClubHub app",
      kind: "switch",
      isRequired: true,
      where: "There is no official interface. Nothing is read or changed while this is off.",
      initial: "off",
    },
    {
      name: "username",
      label: "E-mail",
      kind: "text",
      isRequired: true,
      where: "The sign-in of the ClubHub app, best one of its own for Spotter.",
    },
    { name: "password", label: "Password", kind: "secret", isRequired: true, where: "The password of that sign-in." },
    { name: "clubId", label: "Club number", kind: "text", isRequired: true, where: "ClubHub → Club → the number beside the club's name." },
    {
      name: "visits",
      label: "Read single visits",
      kind: "choice",
      isRequired: false,
      where: "Recent visits cost one call for each member who came lately.",
      choices: [
        { value: "recent", label: "Of members who came in the last days" },
        { value: "none", label: "Only everybody's last visit" },
      ],
      initial: "recent",
    },
    {
      name: "consentFields",
      label: "Fields that hold a consent",
      kind: "text",
      isRequired: false,
      where:
        "Only if your ClubHub keeps consents: field@dateField:purpose:channel, such as emailOptIn@emailOptInDate:marketing:email. Empty = none are read.",
    },
  ],
  webhook: null,
  channel: null,
  // No limit is published; the app itself asks for several things at once.
  limits: { requestsPerSecond: 8, burst: 16 },
  caution:
    "This uses the service behind the ClubHub app: it is no licensed interface, it can change any day, and the vendor may object. Spotter then stops and says so, and loses nothing.",
};
