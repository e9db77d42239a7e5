import type { AcceptedSend, EffectRow, Evidence, MessageRow, Problem } from "./checker-input.ts";

/**
 * Joins what the vendor accepted with what Spotter wrote down, and returns everything that must not be: lost or double
 * rows, members who got something twice or nothing at all, and sends nobody can see the outcome of.
 */
export const findProblems = (evidence: Evidence): readonly Problem[] => {
  const bursts = burstsOf(evidence);
  const deliveries = deliveriesOf(evidence, bursts);
  return [
    ...rowProblems(evidence),
    ...sendProblems(deliveries),
    ...confirmationProblems(evidence),
    ...evidence.effects.flatMap(effectProblems),
    ...processingProblems({ evidence, bursts, deliveries }),
  ];
};

const keyOf = ({ connectionId, id }: { readonly connectionId: string | null; readonly id: string | null }): string =>
  `${connectionId}/${id}`;

const rowProblems = ({ texts, messages }: Evidence): Problem[] => {
  const rows = Map.groupBy(messages, ({ connectionId, externalId }) => keyOf({ connectionId, id: externalId }));
  const accepted = new Set(texts.map(keyOf));
  const perText = texts.flatMap((text): Problem[] => {
    const found = rows.get(keyOf(text)) ?? [];
    const detail = `${text.id} from ${text.member}: "${text.text}"`;
    if (found.length === 0) {
      return [{ kind: "lost_row", detail }];
    }
    return [
      ...(found.length > 1 ? [{ kind: "double_row" as const, detail: `${detail} (${found.length} rows)` }] : []),
      ...found
        .filter(({ body }) => body !== text.text)
        .map(({ id, body }) => ({ kind: "changed_text" as const, detail: `${detail} became "${body}" in ${id}` })),
    ];
  });
  const stray = messages.filter(({ connectionId, externalId }) => !accepted.has(keyOf({ connectionId, id: externalId })));
  return [...perText, ...stray.map(({ id, body }): Problem => ({ kind: "stray_row", detail: `${id}: "${body}"` }))];
};

type Burst = { readonly id: string; readonly conversationId: string; readonly rows: readonly MessageRow[]; readonly isLast: boolean };

/** By our own clock, which is the one the agent waits by; a webhook that comes again later begins another burst. */
const burstsOf = ({ messages, burstWindowMs }: Evidence): readonly Burst[] => {
  const conversations = Map.groupBy(messages, ({ conversationId }) => conversationId);
  return [...conversations.values()].flatMap((rows) => splitAtPauses(rows, burstWindowMs));
};

const splitAtPauses = (rows: readonly MessageRow[], burstWindowMs: number): Burst[] => {
  const groups: MessageRow[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const row of rows.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())) {
    const atMs = row.receivedAt.getTime();
    if (atMs - lastMs >= burstWindowMs) {
      groups.push([]);
    }
    groups.at(-1)?.push(row);
    lastMs = atMs;
  }
  return groups.map((group, index) => ({
    id: group[0]?.id ?? "",
    conversationId: group[0]?.conversationId ?? "",
    rows: group,
    isLast: index === groups.length - 1,
  }));
};

type Delivery = { readonly send: AcceptedSend; readonly effect: EffectRow | null; readonly burst: Burst | null };

/** Which effect brought each accepted send, and which burst it answers. */
const deliveriesOf = ({ sends, effects, texts, messages }: Evidence, bursts: readonly Burst[]): readonly Delivery[] => {
  const byReference = new Map(effects.map((effect) => [keyOf({ connectionId: effect.connectionId, id: effect.vendorReference }), effect]));
  const burstOfMessage = new Map(bursts.flatMap((burst) => burst.rows.map(({ id }) => [id, burst])));
  const memberOfRow = new Map(texts.map((text) => [keyOf(text), text.member]));
  const rows = messages.map((row) => ({ row, member: memberOfRow.get(keyOf({ connectionId: row.connectionId, id: row.externalId })) }));
  return sends.map((send) => {
    const effect = byReference.get(keyOf(send)) ?? effects.find((other) => isSameWords(other, send)) ?? null;
    // Without an effect only time tells what was answered: the newest message that had come by then.
    const before = rows.filter(
      ({ row, member }) => member === send.member && row.connectionId === send.connectionId && row.receivedAt <= send.at,
    );
    const newest = before.toSorted((a, b) => a.row.receivedAt.getTime() - b.row.receivedAt.getTime()).at(-1)?.row.id;
    return { send, effect, burst: burstOfMessage.get(effect?.answersMessageId ?? newest ?? "") ?? null };
  });
};

const isSameWords = (effect: EffectRow, send: AcceptedSend): boolean =>
  effect.connectionId === send.connectionId && effect.to === send.member && effect.text === send.text;

const sendProblems = (deliveries: readonly Delivery[]): Problem[] => [
  ...deliveries.filter(({ effect }) => effect === null).map(({ send }): Problem => ({ kind: "send_without_effect", detail: said(send) })),
  ...[...Map.groupBy(deliveries, ({ burst, effect, send }) => burst?.id ?? effect?.id ?? send.id).values()].flatMap(repeated),
];

/** Of all that answers one burst, everything after the first is one too many. */
const repeated = (deliveries: readonly Delivery[]): Problem[] => {
  const [first, ...others] = deliveries.toSorted((a, b) => a.send.at.getTime() - b.send.at.getTime());
  return others.map(({ send }, index) => {
    const isSame = [first, ...others.slice(0, index)].some((earlier) => earlier?.send.text === send.text);
    return { kind: isSame ? "double_send" : "extra_answer", detail: said(send) };
  });
};

const said = ({ id, member, text, at }: AcceptedSend): string => `${id} to ${member} at ${at.toISOString()}: "${text}"`;

const confirmationProblems = ({ effects, sends }: Evidence): Problem[] => {
  const open = new Set(sends.map(keyOf));
  return effects
    .filter(({ status }) => status === "confirmed")
    .flatMap((effect): Problem[] => {
      // Deleted, so that two effects cannot both claim one send.
      const isTrue = open.delete(keyOf({ connectionId: effect.connectionId, id: effect.vendorReference }));
      return isTrue ? [] : [{ kind: "false_confirmation", detail: `${effect.id} to ${effect.to}: "${effect.text}"` }];
    });
};

const UNSETTLED = new Set(["planned", "approved", "dispatching"]);
const MUST_BE_SHOWN = new Set(["unknown", "needs_human", "failed"]);

const effectProblems = (effect: EffectRow): Problem[] => {
  const detail = `${effect.id} (${effect.status}) to ${effect.to}: "${effect.text}"`;
  if (UNSETTLED.has(effect.status) && !effect.hasPendingApproval) {
    return [{ kind: "unsettled_effect", detail }];
  }
  const isSilent = (MUST_BE_SHOWN.has(effect.status) && !effect.hasOpenAlert) || (effect.wasUnknown && !effect.wasShown);
  return isSilent ? [{ kind: "silent_effect", detail }] : [];
};

type Processing = { readonly evidence: Evidence; readonly bursts: readonly Burst[]; readonly deliveries: readonly Delivery[] };

const processingProblems = ({ evidence, bursts, deliveries }: Processing): Problem[] => {
  const unprocessed = evidence.messages.filter(({ agentProcessedAt }) => agentProcessedAt === null);
  const answered = new Set(deliveries.map(({ burst }) => burst?.id));
  const planned = new Set(
    evidence.effects.filter(({ status }) => status !== "dropped" && status !== "confirmed").map(({ answersMessageId }) => answersMessageId),
  );
  const unanswered = bursts.filter((burst) => {
    // An answer that a newer burst made stale is rightly dropped: the newer one is answered.
    const isDue = burst.isLast && burst.rows.some(({ agentOutcome }) => agentOutcome === "respond");
    return isDue && !answered.has(burst.id) && !burst.rows.some(({ id }) => planned.has(id));
  });
  return [
    ...unprocessed.map(({ id, body }): Problem => ({ kind: "unprocessed_message", detail: `${id}: "${body}"` })),
    ...unanswered.map(({ id, rows }): Problem => ({ kind: "unanswered_burst", detail: `${id}: "${rows.at(-1)?.body ?? ""}"` })),
  ];
};
