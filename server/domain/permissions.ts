import { deskOf, type Actor } from "#server/domain/actor.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { ROLES } from "#server/domain/vocabulary.ts";

/** Everything that can be asked of the product, `noun.verb`. */
export const PERMISSIONS = [
  "conversation.read",
  "conversation.reply",
  "conversation.take",
  "conversation.resolve",
  "conversation.snooze",
  "conversation.assign",
  "snippet.read",
  "snippet.write",
  "message.ingest",
  "message.rate",
  "approval.read",
  /** To answer a question: an answer to a member, as it stands or changed. */
  "approval.decide",
  /** To answer one about a deed: a door, money, an access, many people. Whose role reaches stands on each question. */
  "deed.decide",
  "approval.request",
  "approval.press",
  "alert.read",
  "alert.resolve",
  "alert.raise",
  /** Who is told of what nobody takes. */
  "escalation.manage",
  /** To read what one was told of, and to choose of what one is told. */
  "notification.own",
  "connection.read",
  "connection.manage",
  "connection.poll",
  "key.rotate",
  "member.read",
  /** To write down what somebody agreed to, or no longer agrees to. */
  "consent.record",
  /** To take the people of a list out of the house as a file. */
  "member.export",
  /** To keep a choice of people for everybody of the club. */
  "filter.share",
  "member.import",
  "member.sync",
  "booking.read",
  "booking.sync",
  "payment.read",
  "action.read",
  /** To take the ledger out of the house as a file. */
  "action.export",
  /** Figures of the club: dashboard, usage, summaries. */
  "report.read",
  "agent.run",
  "agent.rehearse",
  "effect.plan",
  "effect.dispatch",
  "team.read",
  "team.invite",
  "team.manage",
  /** Clubs of the franchise: adds them, sets them up, changes what they are called and where they are. */
  "club.manage",
  /** Shared computers of the club: turns them on and off, and takes a forgotten PIN away. */
  "desk.manage",
  "policy.read",
  "policy.publish",
  "emergency.stop",
  "live.listen",
  "relay.serve",
  "knowledge.read",
  /** To look something up in what is published, as an answer does. */
  "knowledge.search",
  "knowledge.stop",
  "knowledge.write",
  /** Articles of the whole franchise. */
  "knowledge.share",
  "knowledge.ask",
  "learning.read",
  "learning.decide",
  /** Compares, reviews, offers and takes back; it decides nothing for the owner. */
  "learning.measure",
  /** To write down what somebody said about a debt: a promise, a plan, hardship, a dispute, a call. */
  "debt.note",
  /** To let a member in again, and to except somebody from all that follows from a debt. */
  "access.decide",
  /** Cases that two people let go leave the house. */
  "referral.export",
  "workflow.read",
  /** To ask Spotter about the club, and to have it prepare what the asker may decide. */
  "ask.use",
  /** Previews, runs now, pauses, resumes, stops, and says yes to a run. */
  "workflow.run",
  /** Settings, texts, on and off, going live. */
  "workflow.manage",
  /** The machinery's part: starts what is due, plans, acts, reports. */
  "workflow.work",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const STAFF: readonly Permission[] = [
  "conversation.read",
  "conversation.reply",
  "conversation.take",
  "conversation.resolve",
  "conversation.snooze",
  "conversation.assign",
  "snippet.read",
  "message.rate",
  "approval.read",
  "approval.decide",
  "deed.decide",
  "alert.read",
  "alert.resolve",
  "notification.own",
  "connection.read",
  "member.read",
  "booking.read",
  "payment.read",
  "action.read",
  "effect.plan",
  "effect.dispatch",
  "team.read",
  "policy.read",
  "live.listen",
  "knowledge.read",
  "knowledge.search",
  "knowledge.stop",
  "debt.note",
  "consent.record",
  "workflow.read",
];

const MANAGER: readonly Permission[] = [
  ...STAFF,
  "snippet.write",
  "escalation.manage",
  "member.import",
  "member.export",
  "filter.share",
  "action.export",
  "team.invite",
  "desk.manage",
  "emergency.stop",
  "knowledge.write",
  "learning.read",
  "report.read",
  "agent.rehearse",
  "ask.use",
  "workflow.run",
  "access.decide",
  "referral.export",
];

const OWNER: readonly Permission[] = [
  ...MANAGER,
  "connection.manage",
  "team.manage",
  "club.manage",
  "policy.publish",
  "knowledge.share",
  "learning.decide",
  "workflow.manage",
];

/** What each role of people may do. */
export const ROLE_PERMISSIONS = { staff: STAFF, manager: MANAGER, owner: OWNER } as const satisfies Record<Role, readonly Permission[]>;

/**
 * All that a PIN opens at a shared computer, of what the role allows anyhow: the inbox and what answering takes. Whatever is not
 * named here is done on one's own device, also what is added later.
 */
export const AT_DESK: readonly Permission[] = [
  "conversation.read",
  "conversation.reply",
  "conversation.take",
  "conversation.resolve",
  "conversation.snooze",
  "conversation.assign",
  "snippet.read",
  "message.rate",
  "approval.read",
  "approval.decide",
  "alert.read",
  "alert.resolve",
  "member.read",
  "consent.record",
  "booking.read",
  "payment.read",
  "action.read",
  "effect.plan",
  "effect.dispatch",
  "team.read",
  "policy.read",
  "live.listen",
  "knowledge.read",
  "knowledge.search",
  "knowledge.stop",
];

/** What the machinery may do: never to read as a person, never to decide an approval. */
export const MACHINE_PERMISSIONS = {
  agent: [
    "agent.run",
    "effect.plan",
    "effect.dispatch",
    "approval.request",
    "alert.raise",
    "conversation.read",
    "booking.read",
    "policy.read",
    "knowledge.search",
  ],
  workflow: [
    "workflow.work",
    "member.read",
    "effect.plan",
    "effect.dispatch",
    "approval.request",
    "alert.raise",
    "policy.read",
    "knowledge.search",
  ],
  webhook: ["message.ingest", "approval.press", "effect.plan", "effect.dispatch", "alert.raise"],
  system: [
    "relay.serve",
    "message.ingest",
    "connection.poll",
    "key.rotate",
    "member.read",
    "member.import",
    "member.sync",
    "booking.read",
    "booking.sync",
    "agent.run",
    "effect.plan",
    "effect.dispatch",
    "approval.request",
    "alert.raise",
    "alert.resolve",
    "knowledge.search",
    "conversation.read",
    "policy.read",
    "knowledge.ask",
    "learning.measure",
    "workflow.work",
  ],
} as const satisfies Record<Exclude<Actor["kind"], "staff">, readonly Permission[]>;

/** What somebody of the club may do, where they stand. */
export const permissionsOf = ({ role, isAtDesk }: { readonly role: Role; readonly isAtDesk: boolean }): readonly Permission[] =>
  isAtDesk ? ROLE_PERMISSIONS[role].filter((permission) => AT_DESK.includes(permission)) : ROLE_PERMISSIONS[role];

export const can = (actor: Actor, permission: Permission): boolean => {
  const granted: readonly Permission[] =
    actor.kind === "staff" ? permissionsOf({ role: actor.role, isAtDesk: deskOf(actor) !== null }) : MACHINE_PERMISSIONS[actor.kind];
  return granted.includes(permission);
};

/** Whether a role is at least another: staff < manager < owner. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);
