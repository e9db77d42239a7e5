/**
 * The invented world of the demo: two franchises, five clubs in different time zones, their staff and their
 * vendor accounts. The seed writes it into the database; the vendor sandboxes read the same constants, so that
 * both sides know the same keys. Every phone number lies in 555-0100 to 555-0199, every name is made up.
 */

export type DemoClub = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly areaCode: string;
  /** The club's own text number (E.164): always …5550100. */
  readonly phone: string;
  readonly address: string;
  readonly kind: "gym" | "golf";
  /** How many invented members and prospects the sandbox keeps for this club. */
  readonly memberCount: number;
  readonly openPhone: { readonly phoneNumberId: string; readonly apiKey: string; readonly webhookKey: string };
  readonly clubOs: {
    readonly username: string;
    readonly password: string;
    /** The staff user whose messages the staff site lists. */
    readonly ownerId: string;
    readonly clubId: string;
    readonly clubLocationId: string;
  } | null;
  /** The official API of the same vendor and the calendar that needs no sign-in; every demo club has them. */
  readonly clubOsApi: {
    readonly apiKey: string;
    readonly v1Username: string;
    readonly v1Password: string;
    readonly locationId: string;
    /** 40 figures and letters of the calendar's address: whoever has them reads the calendar. */
    readonly calendarToken: string;
  };
  readonly clubHub: { readonly username: string; readonly password: string; readonly clubId: string };
  /** A second text number, of a club that has one; texts go out through its messaging service. */
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly phoneNumber: string;
    readonly messagingServiceSid: string;
  } | null;
  /** Golf clubs have bays whose computers can be reset. */
  readonly ninjaOne: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly organizationId: string;
    readonly scriptId: string;
    readonly scriptName: string;
  } | null;
  /** One workspace a franchise, joined by one of its clubs. */
  readonly slack: {
    readonly botToken: string;
    readonly signingSecret: string;
    readonly teamId: string;
    readonly channelId: string;
  } | null;
  /** A door controller in the club's own network, reached through the relay that `npm start` runs for it. */
  readonly unifi: { readonly token: string; readonly webhookSecret: string; readonly relayId: string; readonly relayToken: string } | null;
  /** The seller's account, one location of it a club. */
  readonly square: {
    readonly accessToken: string;
    readonly merchantId: string;
    readonly locationId: string;
    readonly signatureKey: string;
  } | null;
  /** A mailbox at a provider that files what is sent. */
  readonly email: { readonly address: string; readonly user: string; readonly password: string; readonly keepsSent: boolean } | null;
  readonly connections: {
    readonly email: string | null;
    readonly square: string | null;
    readonly unifiAccess: string | null;
    readonly openPhone: string;
    readonly clubOs: string;
    readonly clubHub: string;
    readonly twilio: string | null;
    readonly ninjaOne: string | null;
    readonly slack: string | null;
  };
};

export type DemoFranchise = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly clubs: readonly DemoClub[];
};

/** The one password of all demo sign-ins; printed by `npm start`, never used outside the demo. */
export const DEMO_PASSWORD = "spot-me-please";

/** A well-formed id for a row that must have the same id on every machine. */
export const fixedId = (prefix: string, serial: number): string => `${prefix}_01kd3m0dem000000000000${serial.toString().padStart(4, "0")}`;

const key = (name: string): string => Buffer.from(`spotter-demo-${name}-0123456789abcdef`).toString("base64");

type Sketch = Pick<DemoClub, "slug" | "name" | "timeZone" | "areaCode" | "address" | "kind" | "memberCount"> & {
  readonly serial: number;
  readonly hasClubOs: boolean;
};

const SLACK_CLUBS: ReadonlySet<string> = new Set(["ironwood-denver", "fairway-brooklyn"]);

const UNIFI_CLUBS: ReadonlySet<string> = new Set(["ironwood-denver", "fairway-brooklyn"]);

const TWILIO_CLUBS: ReadonlySet<string> = new Set(["ironwood-phoenix"]);

/** The vendor's ids are a mark of two letters and 32 hexadecimal digits. */
const twilioSid = (mark: "AC" | "MG", serial: number): string => `${mark}${`de30${serial}`.padEnd(32, "0")}`;

const ninjaOneOf = ({ slug, serial }: Sketch): DemoClub["ninjaOne"] => ({
  clientId: `ninja-demo-${slug}`,
  clientSecret: `ninjaone-demo-secret-${slug}`,
  organizationId: `${40 + serial}`,
  scriptId: `${210 + serial}`,
  scriptName: "Reset bay",
});

const slackOf = ({ slug, serial }: Sketch): DemoClub["slack"] => ({
  botToken: `xoxb-demo-${slug}`,
  signingSecret: `slack-demo-signing-${slug}`,
  teamId: `T0DEMO${serial}`,
  channelId: `C0DEMO${serial}`,
});

const SQUARE_CLUBS: ReadonlySet<string> = new Set(["ironwood-denver", "fairway-brooklyn"]);

const squareOf = ({ slug, serial }: Sketch): DemoClub["square"] => ({
  accessToken: `square-demo-${slug}`,
  merchantId: `MDEMO${serial}`,
  locationId: `LDEMO${serial}`,
  signatureKey: `square-demo-signing-${slug}`,
});

const EMAIL_CLUBS: ReadonlySet<string> = new Set(["ironwood-denver"]);

const emailOf = ({ slug }: Sketch): DemoClub["email"] => ({
  address: `hello@${slug}.example`,
  user: `hello@${slug}.example`,
  password: `mail-demo-${slug}`,
  keepsSent: true,
});

const clubOsOf = ({ slug, serial }: Sketch): DemoClub["clubOs"] => ({
  username: `desk.${slug}`,
  password: `clubos-demo-${slug}`,
  ownerId: `${187_000_000 + serial}`,
  clubId: `${serial}`,
  clubLocationId: `${3_500 + serial}`,
});

const clubOsApiOf = ({ slug, serial }: Sketch): DemoClub["clubOsApi"] => ({
  apiKey: `clubos-key-demo-${slug}`,
  v1Username: `api.${slug}`,
  v1Password: `clubos-v1-demo-${slug}`,
  locationId: `${3_500 + serial}`,
  calendarToken: serial.toString(16).padStart(40, "5ca1e"),
});

const club = (sketch: Sketch): DemoClub => {
  const { serial, hasClubOs, ...rest } = sketch;
  const hasEmail = EMAIL_CLUBS.has(sketch.slug);
  const hasSquare = SQUARE_CLUBS.has(sketch.slug);
  const hasTwilio = TWILIO_CLUBS.has(sketch.slug);
  const hasBays = sketch.kind === "golf";
  const hasSlack = SLACK_CLUBS.has(sketch.slug);
  const hasUnifi = UNIFI_CLUBS.has(sketch.slug);
  return {
    ...rest,
    id: fixedId("club", serial),
    phone: `+1${sketch.areaCode}5550100`,
    openPhone: {
      phoneNumberId: `PN${sketch.slug}`,
      apiKey: `op-demo-${sketch.slug}`,
      webhookKey: `whsec_${key(sketch.slug)}`,
    },
    clubOs: hasClubOs ? clubOsOf(sketch) : null,
    clubOsApi: clubOsApiOf(sketch),
    clubHub: {
      username: `desk.${sketch.slug}@clubhub.example`,
      password: `clubhub-demo-${sketch.slug}`,
      clubId: `${1_150 + serial}`,
    },
    twilio: hasTwilio
      ? {
          accountSid: twilioSid("AC", serial),
          authToken: `twilio-demo-${sketch.slug}`,
          // The members' phones of this club end below.
          phoneNumber: `+1${sketch.areaCode}5550199`,
          messagingServiceSid: twilioSid("MG", serial),
        }
      : null,
    ninjaOne: hasBays ? ninjaOneOf(sketch) : null,
    slack: hasSlack ? slackOf(sketch) : null,
    unifi: hasUnifi
      ? {
          token: `unifi-demo-${sketch.slug}`,
          webhookSecret: `unifi-demo-webhook-${sketch.slug}`,
          relayId: fixedId("relay", serial),
          // As long as a real one, which 32 random bytes make.
          relayToken: `relay-demo-${sketch.slug}`.padEnd(43, "_"),
        }
      : null,
    square: hasSquare ? squareOf(sketch) : null,
    email: hasEmail ? emailOf(sketch) : null,
    connections: {
      email: hasEmail ? fixedId("conn", serial * 10 + 5) : null,
      square: hasSquare ? fixedId("conn", serial * 10 + 6) : null,
      unifiAccess: hasUnifi ? fixedId("conn", serial * 10 + 9) : null,
      openPhone: fixedId("conn", serial * 10),
      clubOs: fixedId("conn", serial * 10 + 1),
      clubHub: fixedId("conn", serial * 10 + 2),
      twilio: hasTwilio ? fixedId("conn", serial * 10 + 3) : null,
      ninjaOne: hasBays ? fixedId("conn", serial * 10 + 7) : null,
      slack: hasSlack ? fixedId("conn", serial * 10 + 8) : null,
    },
  };
};

export const DEMO_FRANCHISES: readonly DemoFranchise[] = [
  {
    id: fixedId("fr", 1),
    slug: "ironwood",
    name: "Ironwood Fitness",
    clubs: [
      club({
        serial: 1,
        slug: "ironwood-denver",
        name: "Ironwood Denver",
        timeZone: "America/Denver",
        areaCode: "303",
        address: "1450 Larkspur Street, Denver, CO 80202",
        kind: "gym",
        memberCount: 90,
        hasClubOs: true,
      }),
      club({
        serial: 2,
        slug: "ironwood-phoenix",
        name: "Ironwood Phoenix",
        timeZone: "America/Phoenix",
        areaCode: "602",
        address: "88 Saguaro Avenue, Phoenix, AZ 85004",
        kind: "gym",
        memberCount: 70,
        hasClubOs: true,
      }),
      club({
        serial: 3,
        slug: "ironwood-chicago",
        name: "Ironwood Chicago",
        timeZone: "America/Chicago",
        areaCode: "312",
        address: "27 Lakeline Road, Chicago, IL 60601",
        kind: "gym",
        memberCount: 80,
        hasClubOs: true,
      }),
    ],
  },
  {
    id: fixedId("fr", 2),
    slug: "fairway",
    name: "Fairway Social",
    clubs: [
      club({
        serial: 4,
        slug: "fairway-brooklyn",
        name: "Fairway Brooklyn",
        timeZone: "America/New_York",
        areaCode: "718",
        address: "310 Navy Yard Lane, Brooklyn, NY 11205",
        kind: "golf",
        memberCount: 60,
        hasClubOs: false,
      }),
      club({
        serial: 5,
        slug: "fairway-san-diego",
        name: "Fairway San Diego",
        timeZone: "America/Los_Angeles",
        areaCode: "619",
        address: "9 Harbor Mist Drive, San Diego, CA 92101",
        kind: "golf",
        memberCount: 60,
        hasClubOs: true,
      }),
    ],
  },
];

export const DEMO_CLUBS: readonly DemoClub[] = DEMO_FRANCHISES.flatMap((franchise) => franchise.clubs);
