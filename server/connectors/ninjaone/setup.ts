import type { ConnectorSetup } from "../setup.ts";

export const NINJAONE_SETUP: ConnectorSetup = {
  provider: "ninjaone",
  name: "NinjaOne",
  summary: "Finds the computer of a bay, runs the reset script on it and follows the run to its end.",
  capabilities: ["device.reset"],
  fields: [
    {
      name: "region",
      label: "Region",
      kind: "choice",
      isRequired: true,
      where: "The address of your NinjaOne console: its first word is the region.",
      choices: [
        { value: "app", label: "United States (app.ninjarmm.com)" },
        { value: "us2", label: "United States 2 (us2.ninjarmm.com)" },
        { value: "eu", label: "Europe (eu.ninjarmm.com)" },
        { value: "ca", label: "Canada (ca.ninjarmm.com)" },
        { value: "oc", label: "Oceania (oc.ninjarmm.com)" },
        { value: "fed", label: "US government (fed.ninjarmm.com)" },
      ],
      initial: "app",
    },
    {
      name: "clientId",
      label: "Client id",
      kind: "text",
      isRequired: true,
      where:
        "Administration → Apps → API → Client app IDs → Add: platform “API Services (machine-to-machine)”, scopes Monitoring and Management, grant type Client credentials.",
    },
    {
      name: "clientSecret",
      label: "Client secret",
      kind: "secret",
      isRequired: true,
      where: "Shown once, when the client app is saved.",
    },
    {
      name: "organizationId",
      label: "Organization number",
      kind: "number",
      isRequired: true,
      where: "Open the club's organization in the console: the number at the end of its address.",
    },
    {
      name: "scriptId",
      label: "Number of the reset script",
      kind: "number",
      isRequired: true,
      where: "Administration → Library → Automation → the script: the number at the end of its address.",
    },
    {
      name: "scriptName",
      label: "Name of the reset script",
      kind: "text",
      isRequired: true,
      where: "The same page: its name, letter by letter. The outcome is found under this name.",
      placeholder: "Reset bay",
    },
    {
      name: "runAs",
      label: "Run as",
      kind: "text",
      isRequired: false,
      where: "`system`, `loggedonuser`, or a credential role or number of your NinjaOne.",
      initial: "system",
    },
    {
      name: "deviceWords",
      label: "How bays are named",
      kind: "text",
      isRequired: false,
      where: "The words of a bay's device name, with {number} where its number stands.",
      initial: "Bay {number}",
    },
  ],
  webhook: null,
  channel: null,
  // No limit is published (2026-11); other programs of the account need room too.
  limits: { requestsPerSecond: 5, burst: 5 },
  caution: null,
};
