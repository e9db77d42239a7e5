import "server-only";

import { OPT_OUT_LINE } from "#server/domain/workflows/merge-fields.ts";
import { templateSpec } from "#server/domain/workflows/templates.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { roadsTo } from "#server/services/messages/roads-to.ts";
import { judgeMessages, type PlannedMessage } from "#server/services/sending/send-facts.ts";
import type { PlannedAct, PlannedRow } from "#server/services/workflows/define.ts";

/** `waits` = it may go out, and not yet. */
export type JudgedRow = PlannedRow & { readonly waits: { readonly until: Date; readonly reason: string } | null };

/**
 * Asks the rules of writing uninvited about a page of planned messages, in a fixed number of statements: whoever may not be written to is
 * told so in the plan, and costs nothing later. The last gate asks again for each.
 */
export const judgePage = async (tx: ServiceTx, ctx: ServiceContext, rows: readonly PlannedRow[]): Promise<readonly JudgedRow[]> => {
  const writing = rows.flatMap(({ contactId, verdict }) =>
    verdict.kind === "act" && purposeOf(verdict.act) !== null
      ? [{ contactId, act: verdict.act, purpose: purposeOf(verdict.act) ?? "marketing" }]
      : [],
  );
  if (writing.length === 0) {
    return rows.map((row) => ({ ...row, waits: null }));
  }
  const roads = await roadsTo(tx, ctx, { contactIds: writing.map(({ contactId }) => contactId) });
  const messages = writing.flatMap(({ act, contactId, purpose }): readonly PlannedMessage[] => {
    const road = roads.get(contactId);
    return road === undefined
      ? []
      : [
          {
            contactId,
            channelKind: road.kind,
            addressKey: road.identity.addressKey,
            purpose,
            // The words come later; what counts is whether an amount stands in them, and the line that is always there.
            text: act.writes?.text ?? `${act.fields.amount ?? ""} ${OPT_OUT_LINE}`,
            ...(road.kind === "email" ? { unsubscribeUrl: "https://" } : {}),
          },
        ];
  });
  const judged = await judgeMessages(tx, ctx, { messages });
  const verdicts = new Map(messages.map(({ contactId }, index) => [contactId, judged[index]?.verdict] as const));
  return rows.map((row): JudgedRow => {
    const { verdict } = row;
    if (verdict.kind !== "act" || purposeOf(verdict.act) === null) {
      return { ...row, waits: null };
    }
    const { amountMinor, group, tier } = verdict.act;
    const common = { group, ...(tier === undefined ? {} : { tier }), ...(amountMinor === undefined ? {} : { amountMinor }) };
    const said = verdicts.get(row.contactId);
    if (said === undefined || said.kind === "suppress") {
      return { ...row, waits: null, verdict: { kind: "suppress", reason: said?.reason ?? "no_address", ...common } };
    }
    return { ...row, waits: said.kind === "defer" ? { until: said.until, reason: said.reason } : null };
  });
};

/** Whose consent it needs to be written; null = nothing is. */
const purposeOf = ({ templateKey, writes }: PlannedAct) =>
  templateKey === null ? (writes?.purpose ?? null) : templateSpec(templateKey).purpose;
