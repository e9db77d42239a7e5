import type { ConnectorSetup } from "../setup.ts";

export const CLUBHUB_SETUP: ConnectorSetup = {
  provider: "clubhub",
  name: "ClubHub",
  summary: "Members, prospects, balances and visits of a club.",
  capabilities: ["members.read"],
  fields: [
    {
      name: "username",
      label: "E-mail",
      kind: "text",
      isRequired: true,
      where: "The sign-in of the ClubHub app, best one of its own for Spotter.",
    },
    { name: "password", label: "Password", kind: "secret", isRequired: true, where: "The password of that sign-in." },
    { name: "clubId", label: "Club number", kind: "text", isRequired: true, where: "ClubHub → Club → the number beside the club's name." },
  ],
  webhook: null,
  channel: null,
  // No limit is published; the app itself asks for several things at once.
  limits: { requestsPerSecond: 8, burst: 16 },
  caution:
    "This reads the service behind the ClubHub app: it is no licensed interface and can change any day. Spotter then stops and says so, and loses nothing.",
};
