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
  const roadOf = await roadsOf(tx, ctx, writing);
  const messages = writing.flatMap(({ act, contactId, purpose }): readonly PlannedMessage[] => {
    const road = roadOf(contactId, act);
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
    const isElsewhere = verdict.act.channel !== undefined && roadOf(row.contactId, verdict.act)?.kind !== verdict.act.channel;
    return {
      ...row,
      ...(isElsewhere ? { verdict: { ...verdict, act: { ...verdict.act, reason: "step_other_channel" } } } : {}),
      waits: said.kind === "defer" ? { until: said.until, reason: said.reason } : null,
    };
  });
};

type Writing = { readonly contactId: string; readonly act: PlannedAct };

/** The road of each act: over its own channel where that leads to the person, else the best one. */
const roadsOf = async (tx: ServiceTx, ctx: ServiceContext, writing: readonly Writing[]) => {
  const best = await roadsTo(tx, ctx, { contactIds: writing.map(({ contactId }) => contactId) });
  const own = new Map<string, typeof best>();
  for (const { act } of writing) {
    if (act.channel !== undefined && !own.has(act.channel)) {
      const contactIds = writing.filter((one) => one.act.channel === act.channel).map(({ contactId }) => contactId);
      own.set(act.channel, await roadsTo(tx, ctx, { contactIds, kinds: [act.channel] }));
    }
  }
  return (contactId: string, { channel }: PlannedAct) =>
    (channel === undefined ? undefined : own.get(channel)?.get(contactId)) ?? best.get(contactId);
};

/** Whose consent it needs to be written; null = nothing is. */
const purposeOf = ({ templateKey, writes }: PlannedAct) =>
  templateKey === null ? (writes?.purpose ?? null) : templateSpec(templateKey).purpose;
