import type { Accepted } from "../_shared/accept-log.ts";
import type { Controller, Door, Entry, Person } from "./controller.ts";
import { POLICIES } from "./controller.ts";

/** How the controller writes what it knows (vendor's reference 4.0.10). */

export const success = (data: unknown, pagination?: { page_num: number; page_size: number; total: number }) => ({
  code: "SUCCESS",
  msg: "success",
  data,
  ...(pagination === undefined ? {} : { pagination }),
});

export const refusal = (code: string, msg: string) => ({ code, msg, data: null });

export const doorShape = (door: Door) => ({
  id: door.id,
  name: door.name,
  full_name: `Main - 1F - ${door.name}`,
  floor_id: "floor-1",
  type: "door",
  is_bind_hub: door.hasHub,
  door_lock_relay_status: "lock",
  door_position_status: door.hasHub ? "close" : null,
});

export const userShape = (controller: Controller, person: Person) => ({
  id: person.id,
  first_name: person.firstName,
  last_name: person.lastName,
  full_name: `${person.firstName} ${person.lastName}`,
  alias: "",
  user_email: person.email,
  email: "",
  employee_number: person.employeeNumber,
  onboard_time: 0,
  status: controller.statusOf(person.id),
  // Keys to the building: whatever stands between must not carry them around.
  nfc_cards: [{ id: "1001", token: `card-token-of-${person.id}`, type: "ua_card" }],
  pin_code: { token: `pin-token-of-${person.id}` },
});

export const policyShape = (id: string) => ({
  id,
  name: POLICIES.find((policy) => policy.id === id)?.name ?? "",
  resources: [{ id: "door-group-1", type: "door_group" }],
  schedule_id: "schedule-1",
});

type Opening = Accepted<Entry & { readonly kind: "unlock" | "badge" }>;

export const isOpening = (entry: Accepted<Entry>): entry is Opening => entry.kind === "unlock" || entry.kind === "badge";

export const openingShape = (controller: Controller, entry: Opening) => ({
  "@timestamp": entry.at,
  _id: "",
  tag: "access",
  _source: {
    actor: {
      id: entry.kind === "unlock" ? entry.actorId : entry.userId,
      type: "user",
      display_name: entry.kind === "unlock" ? entry.actorName : entry.name,
      alternate_id: "",
      alternate_name: "",
    },
    authentication: { credential_provider: entry.kind === "unlock" ? "REMOTE_THROUGH_UAH" : "NFC", issuer: "" },
    event: {
      type: "access.door.unlock",
      result: isGranted(entry) ? "ACCESS" : "BLOCKED",
      display_message: isGranted(entry) ? "Access Granted" : "Access Denied",
      published: Date.parse(entry.at),
      reason: "",
    },
    target: [
      { type: "UAH", id: "7483c2773855", display_name: "UA-HUB-3855" },
      { type: "door", id: entry.doorId, display_name: doorName(controller, entry.doorId) },
    ],
  },
});

export const webhookShape = (controller: Controller, entry: Opening) => ({
  event: "access.door.unlock",
  event_object_id: `event-${controller.club.slug}-${entry.seq}`,
  save_to_history: false,
  data: {
    location: { id: entry.doorId, location_type: "door", name: doorName(controller, entry.doorId) },
    device: { id: "7483c2773855", name: "UA-HUB-3855", device_type: "UAH" },
    actor: {
      id: entry.kind === "unlock" ? entry.actorId : entry.userId,
      name: entry.kind === "unlock" ? entry.actorName : entry.name,
      type: "user",
    },
    object: {
      authentication_type: entry.kind === "unlock" ? "REMOTE_THROUGH_UAH" : "NFC",
      authentication_value: "",
      policy_id: "",
      policy_name: "",
      reader_id: null,
      result: isGranted(entry) ? "Access Granted" : "Access Denied / Unknown",
    },
    ...(entry.kind === "unlock" && entry.requestId !== null ? { extra: { request_id: entry.requestId } } : {}),
  },
});

const isGranted = (entry: Opening): boolean => entry.kind === "unlock" || entry.isGranted;

const doorName = ({ doors }: Controller, doorId: string): string => doors.find(({ id }) => id === doorId)?.name ?? "";
