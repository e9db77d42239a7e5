import type { DemoClub } from "../../../prisma/demo.ts";
import { FIRST_NAMES, LAST_NAMES } from "../world-names.ts";
import { STATUS_WORDS, type WorldPerson } from "../world.ts";

/** 555-0100 to 555-0199 of each area code. */
const NUMBERS_PER_AREA = 100;
const FIRST_AREA = 200;
const AREA_COUNT = 700;
/** Ids above those of the invented world. */
const FIRST_ID = 90_000_000;
export const CROWD_MAX_COUNT = NUMBERS_PER_AREA * AREA_COUNT;

export type CrowdWish = {
  /** Everybody; whoever is not one of the members below is a prospect. */
  readonly count: number;
  /** The first of them joined within the last four weeks. */
  readonly greenCount?: number | undefined;
  /** The next of them pay per visit. */
  readonly payPerVisitCount?: number | undefined;
  /** Area codes of their numbers, a hundred people each, with the state of the address; made up where none are named. */
  readonly areas?: readonly { readonly code: string; readonly state: string }[] | undefined;
};

/** So many invented people more, for measuring: each with a number, an address and ids of their own, and with nothing else to tell. */
export const crowdOf = (club: DemoClub, wish: CrowdWish, now: Date): readonly WorldPerson[] =>
  Array.from({ length: wish.count }, (_, index): WorldPerson => {
    const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? "Kit";
    const lastName = `${LAST_NAMES[(index * 7) % LAST_NAMES.length] ?? "Pebbleton"}-${index + 1}`;
    const place = Math.floor(index / NUMBERS_PER_AREA);
    const { code: area, state } = wish.areas?.[place] ?? { code: `${FIRST_AREA + place}`, state: "" };
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
      ...membershipAt(index, { wish, now }),
      balanceMinor: 0n,
      trainingOwedMinor: 0n,
      daysPastDue: 0,
      hasTraining: false,
      dateOfBirth: "1990-01-01",
      isMinor: false,
      duesMinor: 0n,
      state,
      zip: "",
      language: "en",
      visits: [],
      lastVisitAt: null,
      consents: [],
    };
  });

const GREEN_DAYS = 28;
const DAY_MS = 86_400_000;
const LONG_AGO = "2024-03-01";

type Membership = Pick<WorldPerson, "standing" | "statusMessage" | "joinedOn" | "membershipType">;

const membershipAt = (index: number, { wish, now }: { readonly wish: CrowdWish; readonly now: Date }): Membership => {
  const { greenCount = 0, payPerVisitCount = 0 } = wish;
  if (index < greenCount) {
    const joinedOn = new Date(now.getTime() - (1 + (index % (GREEN_DAYS - 1))) * DAY_MS).toISOString().slice(0, 10);
    return { standing: "good_standing", statusMessage: STATUS_WORDS.good_standing, joinedOn, membershipType: "Open Ended" };
  }
  return index < greenCount + payPerVisitCount
    ? { standing: "pay_per_visit", statusMessage: STATUS_WORDS.pay_per_visit, joinedOn: LONG_AGO, membershipType: "Pay Per Visit" }
    : { standing: "prospect", statusMessage: STATUS_WORDS.prospect, joinedOn: null, membershipType: null };
};
