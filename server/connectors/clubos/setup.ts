import type { ConnectorSetup } from "../setup.ts";

export const CLUBOS_SETUP: ConnectorSetup = {
  provider: "clubos",
  name: "ClubOS",
  summary: "Reads people, bookings and the messages of a club's inbox, and answers as staff.",
  capabilities: ["inbox.poll", "message.send", "message.readBack", "members.read", "bookings.read", "bookings.write"],
  fields: [
    {
      name: "apiKey",
      label: "Key of the official API (V3)",
      kind: "secret",
      isRequired: false,
      where: "Ask ClubOS support for an API key. With it Spotter reads people and bookings, and books.",
    },
    {
      name: "locationId",
      label: "Location number",
      kind: "text",
      isRequired: false,
      where:
        "ClubOS support names it with the key; also Dashboard → the list “Messages of” → Club Messages. Needed for both versions of the API.",
    },
    {
      name: "v1Username",
      label: "User name of the older API (V1)",
      kind: "text",
      isRequired: false,
      where: "Given by ClubOS support. Adds check-ins as visits.",
    },
    {
      name: "v1Password",
      label: "Password of the older API",
      kind: "secret",
      isRequired: false,
      where: "Given together with that user name.",
    },
    {
      name: "people",
      label: "Read people from the official API",
      kind: "switch",
      isRequired: false,
      where: "Off where ClubHub lists the same people.",
      initial: "on",
    },
    {
      name: "calendarUrl",
      label: "Calendar address (iCal)",
      kind: "secret",
      isRequired: false,
      where: "ClubOS → Calendar → Calendar Sync → copy the address. Whoever has it can read the calendar. Not needed beside an API key.",
    },
    {
      name: "staffSite",
      label: "Use the staff site",
      kind: "switch",
      isRequired: false,
      where: "Turns on the inbox and sending as staff, for which ClubOS has no interface.",
      initial: "off",
    },
    {
      name: "username",
      label: "User name at the staff site",
      kind: "text",
      isRequired: false,
      where: "The sign-in of the staff site, best one of its own for Spotter. Needed with the staff site.",
    },
    { name: "password", label: "Password at the staff site", kind: "secret", isRequired: false, where: "The password of that sign-in." },
    {
      name: "ownerId",
      label: "Owner of the inbox",
      kind: "text",
      isRequired: false,
      where: "Dashboard → the list “Messages of”; the number of the chosen entry. Needed with the staff site.",
    },
    {
      name: "historyDays",
      label: "Days to read back",
      kind: "number",
      isRequired: false,
      where: "How far back the first reading of the inbox goes, today included; 1 to 90.",
      initial: "3",
    },
    {
      name: "training",
      label: "Read training clients and what they owe",
      kind: "switch",
      isRequired: false,
      where: "Reads Assignees and training packages at the staff site, one person after the other.",
      initial: "off",
    },
  ],
  webhook: null,
  channel: { kind: "clubos", addressField: null, externalIdField: "ownerId" },
  // No limit is published for any surface; these are ours.
  limits: { requestsPerSecond: 2, burst: 8 },
  caution:
    "The staff site is made for people: using it by program is no licensed interface, it can change any day, and ClubOS may object. The official API and the calendar need it for nothing. Leave it off unless you want the ClubOS inbox in Spotter; when the site changes, Spotter stops reading it and says so.",
};
