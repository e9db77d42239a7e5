import { parsePhoneNumberFromString } from "libphonenumber-js";

import { ConnectorError } from "../errors.ts";
import type { JsonValue, VendorMember } from "../ports.ts";
import type { ClubOsClient, OpenedPopup } from "./client.ts";
import { DRAFT_AGREEMENT, PAST_DUE_INVOICES, TRAINEES_PER_PAGE } from "./limits.ts";
import type { PeoplePage, PersonFailure } from "./official-people.ts";
import { PackageDetails, PackageList, PeopleCursor } from "./schemas.ts";

export type TrainingRead = {
  /** What is owed for training, in cents, of each training client who could be read. */
  readonly balances: ReadonlyMap<string, bigint>;
  readonly failures: readonly PersonFailure[];
};

/** What those of the given people owe who train at the club. Each person is a unit of its own, so that replies get their turn. */
export const readTraining = async (client: ClubOsClient, ids: ReadonlySet<string>): Promise<TrainingRead> => {
  const clients = (await client.inUnit(() => client.listAssignees())).filter(({ id }) => ids.has(id));
  const balances = new Map<string, bigint>();
  const failures: PersonFailure[] = [];
  for (const { id } of clients) {
    const read = await ofOnePerson(client, id);
    if ("code" in read) {
      failures.push({ externalId: id, what: "training", code: read.code });
    } else {
      balances.set(id, read.balanceMinor);
    }
  }
  return { balances, failures };
};

/** One page of training clients, where the staff site is all there is: its form tells their names and addresses. */
export const listTrainees = async (client: ClubOsClient, cursor: JsonValue | null): Promise<PeoplePage> => {
  const { afterId } = placeOf(cursor);
  const clients = [...new Map((await client.inUnit(() => client.listAssignees())).map((one) => [one.id, one])).values()]
    .filter(({ id }) => Number(id) > Number(afterId))
    .toSorted((a, b) => Number(a.id) - Number(b.id));
  const turn = clients.slice(0, TRAINEES_PER_PAGE);
  const members: VendorMember[] = [];
  const failures: PersonFailure[] = [];
  for (const { id } of turn) {
    const read = await ofOnePerson(client, id);
    if ("code" in read) {
      failures.push({ externalId: id, what: "training", code: read.code });
    }
    if (read.popup !== null) {
      members.push(toMember(read.popup, "code" in read ? {} : { trainingBalanceMinor: read.balanceMinor }));
    }
  }
  const last = turn.at(-1);
  const next: PeopleCursor | null =
    last === undefined || turn.length === clients.length ? null : { version: 1, list: "training", afterId: last.id };
  return { members, cursor: next, failures, mayHaveMissed: members.length < turn.length };
};

const placeOf = (raw: JsonValue | null): Extract<PeopleCursor, { list: "training" }> => {
  const parsed = PeopleCursor.safeParse(raw ?? { version: 1, list: "training", afterId: "0" });
  if (!parsed.success || parsed.data.list !== "training") {
    throw new ConnectorError("malformed", "the stored place in the ClubOS lists cannot be read", { cause: parsed.error });
  }
  return parsed.data;
};

type OnePerson =
  | { readonly popup: OpenedPopup; readonly balanceMinor: bigint }
  /** What could still be read of a person about whom the site answers with an error. */
  | { readonly popup: OpenedPopup | null; readonly code: string };

/** The site answers "Server Error" about single people; that is their trouble alone, and all others come. */
const ofOnePerson = (client: ClubOsClient, id: string): Promise<OnePerson> =>
  client.inUnit(async () => {
    let popup: OpenedPopup | null = null;
    try {
      popup = await client.openPopup(id);
      return { popup, balanceMinor: await readBalance(client, id) };
    } catch (error) {
      const code = error instanceof ConnectorError ? (error.code ?? "") : "";
      if (/^(server_error|not_right|delegation|no_person|5\d\d)$/.test(code)) {
        return { popup, code };
      }
      throw error;
    }
  });

const ROOT = "/api/agreements/package_agreements";

/** Past due is the sum of the invoices that were rejected or are delinquent: an interpretation, see limits.ts. */
const readBalance = async (client: ClubOsClient, id: string): Promise<bigint> => {
  const packages = await client.readApi(`${ROOT}/list`, PackageList);
  if (packages.some(({ packageAgreement }) => packageAgreement.memberId !== id)) {
    throw new ConnectorError("unavailable", "ClubOS answered about another person", { code: "delegation" });
  }
  let balanceMinor = 0n;
  for (const { packageAgreement } of packages.filter((one) => one.packageAgreement.agreementStatus !== DRAFT_AGREEMENT)) {
    const { include } = await client.readApi(`${ROOT}/V2/${packageAgreement.id}?include=invoices`, PackageDetails);
    for (const { invoiceStatus, totalMinor } of include.invoices) {
      balanceMinor += PAST_DUE_INVOICES.has(invoiceStatus) ? totalMinor : 0n;
    }
  }
  return balanceMinor;
};

/** What could not be read is left out, so that what was known before stays. */
const toMember = (popup: OpenedPopup, training: Pick<VendorMember, "trainingBalanceMinor">): VendorMember => ({
  externalId: popup.personId,
  kind: "member",
  firstName: popup.firstName,
  lastName: popup.lastName,
  phone: phoneOf(popup.mobilePhone),
  email: popup.email.trim().toLowerCase() || null,
  status: "other",
  statusMessage: "Training client",
  balanceMinor: null,
  ...training,
  currency: "USD",
  joinedOn: null,
  dateOfBirth: null,
  lastVisitAt: null,
  membershipType: null,
  state: null,
  zip: null,
});

const phoneOf = (written: string): string | null => {
  const phone = parsePhoneNumberFromString(written, "US");
  return phone?.isPossible() === true ? phone.number : null;
};
