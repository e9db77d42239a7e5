import type { ConnectorSetup } from "../setup.ts";

export const CLUBOS_SETUP: ConnectorSetup = {
  provider: "clubos",
  name: "ClubOS",
  summary: "Reads the messages of a club's inbox and answers them as staff.",
  capabilities: ["inbox.poll", "message.send", "message.readBack"],
  fields: [
    {
      name: "username",
      label: "User name",
      kind: "text",
      isRequired: true,
      where: "The sign-in of the staff site, best one of its own for Spotter.",
    },
    { name: "password", label: "Password", kind: "secret", isRequired: true, where: "The password of that sign-in." },
    {
      name: "ownerId",
      label: "Owner of the inbox",
      kind: "text",
      isRequired: true,
      where: "Dashboard → the list “Messages of”; the number of the chosen entry.",
    },
    {
      name: "historyDays",
      label: "Days to read back",
      kind: "number",
      isRequired: false,
      where: "How far back the first reading goes, today included; 1 to 90.",
      initial: "3",
    },
  ],
  webhook: null,
  channel: { kind: "clubos", addressField: null, externalIdField: "ownerId" },
  // No limit is published; one call a second per session is ours.
  limits: { requestsPerSecond: 2, burst: 8 },
  caution:
    "This reads the staff site, which is made for people: it is no licensed interface and can change any day. Spotter then stops and says so, and loses nothing.",
};
