import type { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { setupOf, splitValues } from "#server/services/connections/setup-values.ts";

import type { DemoClub } from "../demo.ts";
import { fixedId, serialOf } from "./fixed-id.ts";
import { followStack, mailAccount, type StackPort } from "./mail-account.ts";

type Sketch = {
  readonly id: string;
  readonly provider: "openphone" | "clubos" | "clubhub" | "unifi_access" | "twilio" | "ninjaone" | "slack" | "square" | "email";
  readonly name: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** `null` where there is no inbox to poll. */
  readonly channel: {
    readonly kind: "sms" | "clubos" | "email";
    readonly name: string;
    readonly externalId: string;
    readonly address: string | null;
  } | null;
};

/** The vendor accounts of a club with their channels. A connection that exists keeps its credentials and settings. */
export const seedConnections = async (
  tx: Tx,
  { club, franchiseId, port }: { readonly club: DemoClub; readonly franchiseId: string } & StackPort,
): Promise<void> => {
  const scope = { franchiseId, clubId: club.id };
  const sketches = sketchesOf(club, { port });
  await followStack(tx, { club, port });
  await keepTurnedOn(tx, club);
  const known = await tx.db.connection.findMany({
    where: { clubId: club.id, id: { in: sketches.map(({ id }) => id) } },
    select: { id: true },
  });
  const missing = sketches.filter(({ id }) => !known.some((row) => row.id === id));
  if (missing.length === 0) {
    return;
  }
  const connections: Prisma.ConnectionCreateManyInput[] = [];
  for (const { id, provider, name, channel, ...account } of missing) {
    // Wherever a sketch names a value, secrets are sealed and the rest is a setting, as on the connect page.
    const { credentials, settings } = splitValues(setupOf(provider), { ...account.settings, ...account.credentials });
    connections.push({
      id,
      ...scope,
      provider,
      name,
      status: "active",
      settings,
      sealedCredentials: await sealCredentials(tx, scope, { connectionId: id, credentials }),
      nextPollAt: channel === null ? null : tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
  }
  await tx.db.connection.createMany({ data: connections });
  await tx.db.channel.createMany({
    data: missing.flatMap(({ id, channel }) =>
      channel === null ? [] : [{ id: fixedId("channel", serialOf(id)), ...scope, connectionId: id, ...channel, createdAt: tx.now }],
    ),
  });
};

/** A demo that was started before these surfaces had a switch goes on reading them. */
const keepTurnedOn = async (tx: Tx, { id: clubId, clubOs, connections }: DemoClub): Promise<void> => {
  await tx.db.$executeRaw`
    update "Connection" set settings = settings || '{"appService": "on"}'::jsonb
    where id = ${connections.clubHub} and "clubId" = ${clubId} and settings->>'appService' is null`;
  if (clubOs !== null) {
    await tx.db.$executeRaw`
      update "Connection" set settings = settings || '{"staffSite": "on"}'::jsonb
      where id = ${connections.clubOs} and "clubId" = ${clubId} and settings->>'staffSite' is null`;
  }
};

const emailSketch = (club: DemoClub, stack: StackPort): readonly Sketch[] => {
  const { email, connections } = club;
  const account = mailAccount(club, stack);
  if (email === null || connections.email === null || account === null) {
    return [];
  }
  const channel = { kind: "email", name: "Mailbox", externalId: email.address, address: email.address } as const;
  return [{ id: connections.email, provider: "email", name: "E-mail", ...account, channel }];
};

const HISTORY_DAYS = "3";

/** The sandbox's own guess at the fields in which the club app keeps a consent. */
const CONSENT_FIELDS = "smsOptIn@smsOptInDate:marketing:sms,emailOptIn@emailOptInDate:marketing:email";

/** The official API for everybody; the staff site, switched on by an owner, where there is an inbox to read. */
const clubOsSketch = ({ clubOs, clubOsApi, connections, timeZone }: DemoClub): Sketch => {
  const { apiKey, v1Username, v1Password, locationId } = clubOsApi;
  const official = { credentials: { apiKey, v1Password }, settings: { v1Username, locationId, timeZone, people: "off" } };
  const { clubOs: id } = connections;
  if (clubOs === null) {
    return { id, provider: "clubos", name: "ClubOS", ...official, channel: null };
  }
  const { ownerId, username, password } = clubOs;
  return {
    id,
    provider: "clubos",
    name: "ClubOS",
    credentials: { ...official.credentials, username, password },
    settings: { ...official.settings, staffSite: "on", ownerId, historyDays: HISTORY_DAYS, training: "on" },
    // The connector names the inbox by the user whose messages it lists.
    channel: { kind: "clubos", name: "ClubOS inbox", externalId: ownerId, address: null },
  };
};

const openPhoneSketch = ({ openPhone, phone, connections }: DemoClub): Sketch => ({
  id: connections.openPhone,
  provider: "openphone",
  name: "OpenPhone",
  credentials: openPhone,
  settings: {},
  channel: { kind: "sms", name: "Text number", externalId: openPhone.phoneNumberId, address: phone },
});

const clubHubSketch = ({ clubHub, connections, timeZone }: DemoClub): Sketch => ({
  id: connections.clubHub,
  provider: "clubhub",
  name: "ClubHub",
  credentials: { username: clubHub.username, password: clubHub.password },
  settings: { clubId: clubHub.clubId, timeZone, appService: "on", consentFields: CONSENT_FIELDS },
  channel: null,
});

const sketchesOf = (club: DemoClub, stack: StackPort): readonly Sketch[] => {
  const { unifi, twilio, ninjaOne, slack, square, connections } = club;
  const others: Sketch[] = [];
  if (unifi !== null && connections.unifiAccess !== null) {
    // Its token is the relay's to keep.
    const { webhookSecret } = unifi;
    others.push({
      id: connections.unifiAccess,
      provider: "unifi_access",
      name: "Doors",
      credentials: { webhookSecret },
      settings: { road: "relay", unlockSeconds: "5" },
      channel: null,
    });
  }
  if (twilio !== null && connections.twilio !== null) {
    const { authToken, ...settings } = twilio;
    const channel = { kind: "sms", name: "Second text number", externalId: twilio.phoneNumber, address: twilio.phoneNumber } as const;
    others.push({ id: connections.twilio, provider: "twilio", name: "Twilio", credentials: { authToken }, settings, channel });
  }
  if (ninjaOne !== null && connections.ninjaOne !== null) {
    const { clientSecret, ...settings } = ninjaOne;
    others.push({
      id: connections.ninjaOne,
      provider: "ninjaone",
      name: "NinjaOne",
      credentials: { clientSecret },
      settings,
      channel: null,
    });
  }
  if (slack !== null && connections.slack !== null) {
    const { botToken, signingSecret, ...settings } = slack;
    others.push({
      id: connections.slack,
      provider: "slack",
      name: "Slack",
      credentials: { botToken, signingSecret },
      settings,
      channel: null,
    });
  }
  if (square !== null && connections.square !== null) {
    const { accessToken, signatureKey, locationId } = square;
    others.push({
      id: connections.square,
      provider: "square",
      name: "Square",
      credentials: { accessToken, signatureKey },
      settings: { locationId },
      channel: null,
    });
  }
  return [openPhoneSketch(club), clubOsSketch(club), clubHubSketch(club), ...others, ...emailSketch(club, stack)];
};
