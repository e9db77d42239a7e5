import "server-only";

import { maySwitchOn, predecessorOf } from "#server/domain/automation-order.ts";
import { AUTOMATION_CATALOGUE, AUTOMATIONS, type AutomationName } from "#server/domain/automations.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import { seenAutomations } from "#server/services/policies/seen-automations.ts";

import { NO_USES, USE_COUNT_DAYS, useCounts, type UseCounts } from "./use-counts.ts";

export type AutomationCard = {
  readonly name: AutomationName;
  readonly label: string;
  readonly trigger: string;
  readonly source: string;
  /** Null where it only answers. */
  readonly action: string | null;
  readonly counts: UseCounts;
  /** When an owner last said that they looked at these figures. */
  readonly seen: { readonly at: Date; readonly by: string | null } | null;
  readonly maySwitchOn: boolean;
  /** The automation whose figures come first. */
  readonly after: AutomationName | null;
};

export type AutomationList = { readonly days: number; readonly items: readonly AutomationCard[] };

/** What each automation is and what it did, in the order they are offered. Its switches are part of the policy. */
export const listAutomations = async (ctx: ServiceContext): Promise<AutomationList> => {
  assertCan(ctx, "policy.read");
  return withClub(
    ctx,
    async (tx) => {
      const counts = await useCounts(tx, ctx.clubId);
      const seen = new Map((await seenAutomations(tx, ctx.clubId)).map((one) => [one.name, one]));
      const names = await staffNames(
        tx,
        [...seen.values()].map(({ userId }) => userId),
      );
      const seenNames = new Set(seen.keys());
      const items = AUTOMATIONS.map((name): AutomationCard => {
        const { label, trigger, source, action } = AUTOMATION_CATALOGUE[name];
        const last = seen.get(name);
        return {
          name,
          label,
          trigger,
          source,
          action,
          counts: counts.get(name) ?? NO_USES,
          seen: last === undefined ? null : { at: last.seenAt, by: last.userId === null ? null : (names.get(last.userId) ?? null) },
          maySwitchOn: maySwitchOn(name, seenNames),
          after: predecessorOf(name),
        };
      });
      return { days: USE_COUNT_DAYS, items };
    },
    { fixedNow: ctx.fixedNow },
  );
};
