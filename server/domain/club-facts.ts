import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";

const NAME_MAX_CHARACTERS = 80;
const ADDRESS_MAX_CHARACTERS = 200;

export const CLUB_KINDS = ["gym", "golf"] as const;
export const CURRENCIES = ["USD", "CAD"] as const;
export const CURRENCY_LABELS = { USD: "US dollars", CAD: "Canadian dollars" } as const satisfies Record<
  (typeof CURRENCIES)[number],
  string
>;

/** The zones of the countries whose money a club can take, by the place people know them by (IANA, 2026a). */
export const TIME_ZONES = {
  "America/St_Johns": "St. John’s",
  "America/Halifax": "Halifax (Atlantic)",
  "America/New_York": "New York (Eastern)",
  "America/Toronto": "Toronto (Eastern)",
  "America/Chicago": "Chicago (Central)",
  "America/Winnipeg": "Winnipeg (Central)",
  "America/Regina": "Regina (no summer time)",
  "America/Denver": "Denver (Mountain)",
  "America/Edmonton": "Edmonton (Mountain)",
  "America/Phoenix": "Phoenix (no summer time)",
  "America/Los_Angeles": "Los Angeles (Pacific)",
  "America/Vancouver": "Vancouver (Pacific)",
  "America/Anchorage": "Anchorage (Alaska)",
  "Pacific/Honolulu": "Honolulu (Hawaii)",
} as const;
export type TimeZone = keyof typeof TIME_ZONES;

const isListedZone = (zone: string): zone is TimeZone => Object.hasOwn(TIME_ZONES, zone);

/** What a browser calls its zone, where it is one of ours; else the most common one. */
export const nearestZone = (zone: string): TimeZone => (isListedZone(zone) ? zone : "America/New_York");

/** A number as people write it; comes out as E.164, and null when left empty. Without a prefix it is a North American one. */
export const OptionalPhone = z
  .string()
  .max(40)
  .nullable()
  .transform((written, context) => {
    if (written === null || written.trim() === "") {
      return null;
    }
    const phone = parsePhoneNumberFromString(written, "US");
    if (phone?.isPossible() !== true) {
      context.addIssue({ code: "custom", message: "this does not look like a phone number" });
      return z.NEVER;
    }
    return phone.number;
  });

export const FranchiseName = z
  .string()
  .trim()
  .min(1, "give it a name")
  .max(NAME_MAX_CHARACTERS, `at most ${NAME_MAX_CHARACTERS} characters`);

/** What a club is called, where it is and how it is reached. */
export const ClubFacts = z.object({
  name: z.string().trim().min(1, "give it a name").max(NAME_MAX_CHARACTERS, `at most ${NAME_MAX_CHARACTERS} characters`),
  timeZone: z.string().refine(isListedZone, { error: "choose one of the zones" }),
  phone: OptionalPhone,
  emergencyPhone: OptionalPhone,
  managerPhone: OptionalPhone,
  address: z
    .string()
    .trim()
    .max(ADDRESS_MAX_CHARACTERS, `at most ${ADDRESS_MAX_CHARACTERS} characters`)
    .nullable()
    .transform((address) => (address === "" ? null : address)),
});

/** What is settled once, when the club is made. */
export const NewClubFacts = ClubFacts.extend({ kind: z.enum(CLUB_KINDS), currency: z.enum(CURRENCIES) });
