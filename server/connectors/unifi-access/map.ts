import type { VendorDoor } from "../acts.ts";
import type { VendorEvent } from "../webhook.ts";
import { ACTOR_MARK } from "./limits.ts";
import type { Door, LogHit, UnlockWebhook, User } from "./schemas.ts";

export const doorOf = (door: Door): VendorDoor => ({
  externalId: door.id,
  name: door.full_name ?? door.name,
  isRemote: door.is_bind_hub,
  isLocked: door.door_lock_relay_status == null ? null : door.door_lock_relay_status === "lock",
});

/** The actor under which a pulse stands in the controller's log: the key is in the id and in the name, so that either tells. */
export const actorOf = (input: { readonly key: string; readonly actorName: string }): { actorId: string; actorName: string } => ({
  actorId: `${ACTOR_MARK}${input.key}`,
  actorName: `${input.actorName} (Spotter ${input.key})`,
});

/** The key of our pulse behind an actor; `null` for everybody else. */
export const keyOfActor = (actor: { readonly id: string | null; readonly name: string | null }): string | null => {
  if (actor.id?.startsWith(ACTOR_MARK) === true) {
    return actor.id.slice(ACTOR_MARK.length);
  }
  return /\(Spotter ([^\s()]+)\)$/.exec(actor.name ?? "")?.[1] ?? null;
};

/** Whether a line of the log is the opening that this key asked for. */
export const isOpeningOf = (hit: LogHit, { key, doorExternalId }: { readonly key: string; readonly doorExternalId: string }): boolean => {
  const { actor, event, target } = hit._source;
  const doors = (target ?? []).filter(({ type }) => type === "door");
  return (
    event.result === "ACCESS" &&
    keyOfActor({ id: actor?.id ?? null, name: actor?.display_name ?? null }) === key &&
    (doors.length === 0 || doors.some(({ id }) => id === doorExternalId))
  );
};

/** Our number first; an e-mail only where exactly one person has it. */
export const personAmong = (
  users: readonly User[],
  { memberExternalId, email }: { readonly memberExternalId: string | null; readonly email: string | null },
): User | null => {
  const numbered = memberExternalId === null ? [] : users.filter(({ employee_number }) => employee_number === memberExternalId);
  const wanted = email?.trim().toLowerCase() ?? "";
  const mailed = wanted === "" ? [] : users.filter((user) => emailsOf(user).includes(wanted));
  const found = numbered.length > 0 ? numbered : mailed;
  return found.length === 1 ? (found[0] ?? null) : null;
};

const emailsOf = (user: User): string[] =>
  [user.user_email, user.email].map((address) => address?.trim().toLowerCase() ?? "").filter((address) => address !== "");

/** What the vendor says when it let somebody in (its reference, 4.0.10). */
const GRANTED = "Access Granted";

export const doorEventOf = (
  { data, extra }: UnlockWebhook,
  { externalId, at }: { readonly externalId: string; readonly at: Date },
): VendorEvent => {
  const actorId = data.actor?.id ?? null;
  const actorName = data.actor?.name ?? null;
  const pulseKey = keyOfActor({ id: actorId, name: actorName }) ?? data.extra?.request_id ?? extra?.request_id ?? null;
  return {
    kind: "door",
    externalId,
    doorExternalId: data.location?.id ?? null,
    doorName: data.location?.name ?? null,
    personExternalId: pulseKey === null && actorId !== "" ? actorId : null,
    personName: pulseKey === null && actorName !== "" && actorName !== "N/A" ? actorName : null,
    isGranted: data.object.result === GRANTED,
    pulseKey,
    at,
  };
};
