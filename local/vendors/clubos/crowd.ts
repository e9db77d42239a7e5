import type { DemoClub } from "../../../prisma/demo.ts";
import { FIRST_NAMES, LAST_NAMES } from "../world-names.ts";
import type { WorldPerson } from "../world.ts";

/** 555-0100 to 555-0199 of each area code. */
const NUMBERS_PER_AREA = 100;
const FIRST_AREA = 200;
const AREA_COUNT = 700;
/** Ids above those of the invented world. */
const FIRST_ID = 90_000_000;
export const CROWD_MAX_COUNT = NUMBERS_PER_AREA * AREA_COUNT;

/** So many invented prospects more, for measuring: each with a number, an address and ids of their own, and with nothing to tell. */
export const crowdOf = (club: DemoClub, count: number): readonly WorldPerson[] =>
  Array.from({ length: count }, (_, index): WorldPerson => {
    const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? "Kit";
    const lastName = `${LAST_NAMES[(index * 7) % LAST_NAMES.length] ?? "Pebbleton"}-${index + 1}`;
    const area = FIRST_AREA + Math.floor(index / NUMBERS_PER_AREA);
    const id = `${FIRST_ID + Number(club.clubHub.clubId) * CROWD_MAX_COUNT + index}`;
    return {
      id: `${club.slug}-crowd-${index + 1}`,
      clubSlug: club.slug,
      clubOsId: id,
      clubHubId: id,
      firstName,
      lastName,
      phone: `+1${area}55501${(index % NUMBERS_PER_AREA).toString().padStart(2, "0")}`,
      email: `${firstName}.${lastName}@crowd.example`.toLowerCase(),
      standing: "prospect",
      statusMessage: "",
      balanceMinor: 0n,
      trainingOwedMinor: 0n,
      daysPastDue: 0,
      hasTraining: false,
      joinedOn: null,
      dateOfBirth: "1990-01-01",
      isMinor: false,
      membershipType: null,
      duesMinor: 0n,
      state: "",
      zip: "",
      language: "en",
      visits: [],
      lastVisitAt: null,
      consents: [],
    };
  });
