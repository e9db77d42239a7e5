import type { DemoClub } from "../../../prisma/demo.ts";
import type { Accepted, AcceptLog } from "../_shared/accept-log.ts";
import { worldOf } from "../world.ts";

/** What the controller of one club has accepted or seen. Everything it knows beside its people follows from this list. */
export type Entry = { readonly club: string } & Deed;

export type Deed =
  | {
      readonly kind: "unlock";
      readonly doorId: string;
      readonly actorId: string;
      readonly actorName: string;
      readonly requestId: string | null;
    }
  | { readonly kind: "badge"; readonly doorId: string; readonly userId: string; readonly name: string; readonly isGranted: boolean }
  | { readonly kind: "status"; readonly userId: string; readonly status: string }
  | { readonly kind: "policies"; readonly userId: string; readonly policyIds: readonly string[] };

export type Door = { readonly id: string; readonly name: string; readonly hasHub: boolean };
export type Person = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** The club's own number of the person: the id at ClubHub. */
  readonly employeeNumber: string;
};

export type Controller = ReturnType<typeof createController>;

export const POLICIES = [
  { id: "pol-247", name: "Members 24/7" },
  { id: "pol-staffed", name: "Staffed hours" },
  { id: "pol-sauna", name: "Sauna" },
] as const;

/** One in so many people has a second access policy. */
const SAUNA_EVERY = 5;

/** The door controller of one club, as the accept log has left it. */
export const createController = ({ club, log }: { readonly club: DemoClub; readonly log: AcceptLog<Entry> }) => {
  const doors: readonly Door[] = [
    { id: `door-${club.slug}-front`, name: "Front door", hasHub: true },
    { id: `door-${club.slug}-back`, name: "Back door", hasHub: true },
    { id: `door-${club.slug}-roof`, name: "Roof hatch", hasHub: false },
  ];
  const people: readonly Person[] = worldOf(club)
    .filter(({ standing }) => standing !== "prospect")
    .map(({ id, firstName, lastName, email, clubHubId }) => ({ id: `user-${id}`, firstName, lastName, email, employeeNumber: clubHubId }));
  const offline = new Set<string>();

  const entries = (): readonly Accepted<Entry>[] => log.entries().filter((entry) => entry.club === club.slug);
  const statusOf = (userId: string): string =>
    entries()
      .flatMap((entry) => (entry.kind === "status" && entry.userId === userId ? [entry.status] : []))
      .at(-1) ?? "ACTIVE";
  const policiesOf = (userId: string): readonly string[] =>
    entries()
      .flatMap((entry) => (entry.kind === "policies" && entry.userId === userId ? [entry.policyIds] : []))
      .at(-1) ?? firstPolicies(people.findIndex(({ id }) => id === userId));

  return {
    club,
    doors,
    people,
    entries,
    statusOf,
    policiesOf,
    isOffline: (doorId: string) => offline.has(doorId),
    setOffline: (doorId: string, isOffline: boolean) => {
      (isOffline ? offline.add(doorId) : offline.delete(doorId)) satisfies unknown;
    },
    /** Whether a card of this person opens a door now. */
    letsIn: (userId: string) => statusOf(userId) !== "DEACTIVATED" && policiesOf(userId).length > 0,
  };
};

const firstPolicies = (place: number): readonly string[] =>
  place < 0 ? [] : place % SAUNA_EVERY === 0 ? ["pol-247", "pol-sauna"] : ["pol-247"];
