import { parsePhoneNumberFromString } from "libphonenumber-js";

import { standingOfWords } from "../_shared/gym-standing.ts";
import { ConnectorError } from "../errors.ts";
import type { JsonValue, VendorMember } from "../ports.ts";
import { IDS_PER_CALL, PASSES_MAX_COUNT } from "./limits.ts";
import { PeopleCursor } from "./schemas.ts";
import type { TrainingRead } from "./training.ts";
import type { V1Client } from "./v1.ts";
import type { ApiAgreement, ApiUser, V3Client } from "./v3.ts";

/** Something about one person that could not be read; the person is in the page all the same, without it. */
export type PersonFailure = { readonly externalId: string; readonly what: "training"; readonly code: string };

export type PeoplePage = {
  readonly members: readonly VendorMember[];
  readonly cursor: JsonValue | null;
  readonly mayHaveMissed: boolean;
  readonly failures: readonly PersonFailure[];
};

type Input = {
  readonly api: V3Client;
  readonly older: V1Client | null;
  readonly cursor: JsonValue | null;
  readonly pageSize: number;
  /** What the staff site says of the training of these people; `null` where it is turned off. */
  readonly readTraining: ((ids: ReadonlySet<string>) => Promise<TrainingRead>) | null;
};

/**
 * One page of users, in the order of their ids, with their agreements, check-ins and training. The list tells how many
 * there are: when that number changes between two pages, the list is read a second time.
 */
export const listOfficialPeople = async ({ api, older, cursor, pageSize, readTraining }: Input): Promise<PeoplePage> => {
  const place = placeOf(cursor);
  const { rows, totalCount, isLast } = await api.listUsers({ page: place.page, size: pageSize });
  const people = [...new Map(rows.map((row) => [row.id, row])).values()].filter(({ type }) => KIND_OF[type] !== null);
  const memberIds = people.filter(({ type }) => KIND_OF[type] === "member").map(({ id }) => id);
  const agreements = await readAgreements(api, memberIds);
  const visits = older === null || memberIds.length === 0 ? null : await older.listCheckIns();
  const training = readTraining === null ? null : await readTraining(new Set(memberIds));
  return {
    members: people.map((user) =>
      toMember(user, { agreements: agreements.get(user.id) ?? [], visits: visits?.get(user.id) ?? null, training }),
    ),
    cursor: nextPlace(place, { isLast, totalCount }),
    // The last pass that is made shifted, too: somebody may still be missing.
    mayHaveMissed: hasShifted(place, totalCount) && place.pass >= PASSES_MAX_COUNT,
    failures: training?.failures ?? [],
  };
};

type Place = Extract<PeopleCursor, { list: "official" }>;

const START: Place = { version: 1, list: "official", page: 0, pass: 1, totalCount: null, hasShifted: false };

const placeOf = (raw: JsonValue | null): Place => {
  const parsed = PeopleCursor.safeParse(raw ?? START);
  if (!parsed.success || parsed.data.list !== "official") {
    throw new ConnectorError("malformed", "the stored place in the ClubOS lists cannot be read", { cause: parsed.error });
  }
  return parsed.data;
};

const hasShifted = (place: Place, totalCount: number): boolean =>
  place.hasShifted || (place.totalCount !== null && place.totalCount !== totalCount);

const nextPlace = (place: Place, { isLast, totalCount }: { readonly isLast: boolean; readonly totalCount: number }): Place | null => {
  if (!isLast) {
    return { ...place, page: place.page + 1, totalCount, hasShifted: hasShifted(place, totalCount) };
  }
  return hasShifted(place, totalCount) && place.pass < PASSES_MAX_COUNT ? { ...START, pass: place.pass + 1 } : null;
};

/** People who work at the club are no members. */
const KIND_OF = {
  MEMBER: "member",
  PROSPECT: "prospect",
  LEAD: "prospect",
  GUEST: "prospect",
  STAFF: null,
  EMPLOYEE: null,
} as const satisfies Record<ApiUser["type"], VendorMember["kind"] | null>;

const readAgreements = async (api: V3Client, ids: readonly string[]): Promise<ReadonlyMap<string, readonly ApiAgreement[]>> => {
  const found: ApiAgreement[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
    const userIds = ids.slice(start, start + IDS_PER_CALL);
    for (let page = 0, isLast = false; !isLast; page += 1) {
      const answer = await api.listAgreements({ userIds, page });
      found.push(...answer.rows);
      ({ isLast } = answer);
    }
  }
  return Map.groupBy(found, ({ userId }) => userId);
};

type Extras = {
  readonly agreements: readonly ApiAgreement[];
  readonly visits: readonly Date[] | null;
  readonly training: TrainingRead | null;
};

const toMember = (user: ApiUser, { agreements, visits, training }: Extras): VendorMember => {
  const kind = KIND_OF[user.type] ?? "prospect";
  const standing = standingOfWords(user.memberStatus);
  return {
    externalId: user.id,
    kind,
    firstName: user.firstName ?? "",
    lastName: user.lastName ?? "",
    phone: phoneOf(user.mobilePhone) ?? phoneOf(user.homePhone),
    email: user.email?.toLowerCase() ?? null,
    status: standing.status,
    statusMessage: user.memberStatus ?? "",
    balanceMinor: balanceOf(agreements) ?? (standing.debt === "none" ? 0n : null),
    ...trainingOf(user.id, training),
    currency: user.country === "CA" ? "CAD" : "USD",
    joinedOn: user.memberSince,
    dateOfBirth: user.birthDate,
    lastVisitAt: user.lastVisit ?? null,
    membershipType: agreements.find(({ name }) => name !== null)?.name ?? null,
    state: user.state,
    zip: user.postalCode,
    ...(visits === null ? {} : { visits }),
  };
};

/** `null` for whoever trains with nobody; what could not be read is left out, so that what was known before stays. */
const trainingOf = (id: string, training: TrainingRead | null): Pick<VendorMember, "trainingBalanceMinor"> =>
  training === null || training.failures.some(({ externalId }) => externalId === id)
    ? {}
    : { trainingBalanceMinor: training.balances.get(id) ?? null };

/** `null` where no agreement tells. */
const balanceOf = (agreements: readonly ApiAgreement[]): bigint | null => {
  const amounts = agreements.flatMap(({ amountPastDue }) => amountPastDue ?? []);
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + BigInt(Math.round(amount * 100)), 0n);
};

const phoneOf = (written: string | null): string | null => {
  const phone = parsePhoneNumberFromString(written ?? "", "US");
  return phone?.isPossible() === true ? phone.number : null;
};
