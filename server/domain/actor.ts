import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";

/** Who acts. Stored with every change; the agent never hides behind the person it acts for. */
export type Actor =
  | {
      readonly kind: "staff";
      readonly userId: Id<"user">;
      readonly name: string;
      readonly role: Role;
      /** When they proved who they are; null where they did not, as with a button at a vendor. */
      readonly signedInAt: Date | null;
      /** The shared computer where they typed their PIN; left out on a device of their own. */
      readonly deskId?: Id<"desk">;
    }
  | { readonly kind: "agent"; readonly runId: Id<"agentRun"> }
  /** Work that no conversation binds: a run of a workflow, or the answer to what somebody of the club asked. */
  | { readonly kind: "workflow"; readonly runId: Id<"workflowRun"> | Id<"askTurn"> }
  | { readonly kind: "webhook"; readonly connectionId: Id<"connection"> }
  | { readonly kind: "system"; readonly job: string };

/** The shared computer at which somebody acts, or null. */
export const deskOf = (actor: Actor): Id<"desk"> | null => (actor.kind === "staff" ? (actor.deskId ?? null) : null);

export const isAtDesk = (actor: Actor): boolean => deskOf(actor) !== null;

/** The id an audit row keeps for an actor. */
export const actorId = (actor: Actor): string => {
  switch (actor.kind) {
    case "staff":
      return actor.userId;
    case "agent":
    case "workflow":
      return actor.runId;
    case "webhook":
      return actor.connectionId;
    case "system":
      return actor.job;
  }
};
