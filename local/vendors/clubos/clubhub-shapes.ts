import type { DemoClub } from "../../../prisma/demo.ts";
import type { Person } from "./club-store.ts";

/** One person as the club app's lists show them; unknown values are null, never missing. */
export const memberOf = ({ world, profile, isStaff }: Person, club: DemoClub) => {
  const isProspect = world.standing === "prospect";
  return {
    id: Number(world.clubHubId),
    guid: `00000000-0000-4000-8000-0000${world.clubHubId}`,
    clubId: Number(club.clubHub.clubId),
    prospect: isProspect,
    trial: false,
    bucket: isProspect ? 2 : 1,
    isContractBillable: !isProspect,
    created: world.joinedOn === null ? null : `${world.joinedOn}T00:00:00`,
    type: isProspect ? 2 : 1,
    status: world.standing === "ex_member" ? 0 : 1,
    gender: null,
    firstName: profile.firstName,
    lastName: profile.lastName,
    address1: null,
    city: null,
    state: world.state,
    zip: world.zip,
    country: "US",
    homePhone: emptyAsNull(profile.homePhone),
    mobilePhone: emptyAsNull(profile.mobilePhone.replaceAll(/\D/g, "")),
    workPhone: emptyAsNull(profile.workPhone),
    email: emptyAsNull(profile.email),
    rating: null,
    lastActivity: null,
    lastVisit: world.lastVisitAt?.toISOString() ?? null,
    source: isProspect ? "Web" : null,
    originatedFrom: null,
    hasApp: false,
    contractTypes: world.membershipType === null ? [] : [world.membershipType],
    preferredAccessType: 1,
    agreementId: isProspect ? null : Number(world.clubHubId) + 500_000,
    dateOfBirth: `${world.dateOfBirth}T00:00:00`,
    keyFob: null,
    statusMessage: isStaff ? "Staff Member" : emptyAsNull(world.statusMessage),
    billerMessage: null,
    photoUrl: null,
    emergencyContact: null,
    emergencyPhone: null,
    ...optInsOf(world),
  };
};

/** A guess: no field for a consent is known. The connector reads these only where a setting names them. */
const optInsOf = ({ consents }: Person["world"]) => {
  const given = (channel: "sms" | "email") => consents.find((consent) => consent.purpose === "marketing" && consent.channel === channel);
  const [sms, email] = [given("sms"), given("email")];
  return {
    smsOptIn: sms?.granted ?? null,
    smsOptInDate: sms?.at.toISOString() ?? null,
    emailOptIn: email?.granted ?? null,
    emailOptInDate: email?.at.toISOString() ?? null,
  };
};

/** Amounts are decimal dollars, as in the captured traffic. */
export const agreementOf = ({ world }: Person) => ({
  agreementID: Number(world.clubHubId) + 500_000,
  agreementGuid: `00000000-0000-4000-9000-0000${world.clubHubId}`,
  agreementType: world.membershipType,
  agreementTerm: 12,
  amountPastDue: dollars(world.balanceMinor),
  amountOfNextPayment: dollars(world.duesMinor),
  dateOfNextPayment: null,
  amountCollected: dollars(world.duesMinor * 6n),
  valueRemaining: dollars(world.duesMinor * 6n),
  renewalRate: dollars(world.duesMinor),
  isAutoRenew: true,
  frequency: 1,
  statusMessage: world.statusMessage,
  recurringCost: { total: dollars(world.duesMinor), subTotal: dollars(world.duesMinor), taxes: 0 },
  cancel: null,
});

/** Newest first. */
export const usagesOf = ({ world }: Person) =>
  world.visits.toReversed().map((at, index) => ({
    id: Number(world.clubHubId) * 100 + index,
    date: at.toISOString(),
    door: { id: 1, name: "Front" },
    manual: false,
    admitted: true,
  }));

const dollars = (minor: bigint): number => Number(minor) / 100;

const emptyAsNull = (text: string): string | null => (text === "" ? null : text);
