import "server-only";

import { TZDate } from "@date-fns/tz";

import { todayIn } from "#server/domain/calendar-date.ts";
import { canSend, isText, type ProactiveMessage, type SendFacts, type SendVerdict } from "#server/domain/sending/can-send.ts";
import { hasOptOutLine, statesAmount } from "#server/domain/sending/message-marks.ts";
import type { SendPurpose } from "#server/domain/sending/send-purpose.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { brandFreeAt } from "./brand-budget.ts";
import { currentSendSettings, type CurrentSendSettings } from "./current-settings.ts";
import { historyRows, type HistoryRows } from "./history-rows.ts";
import { keysOf, personRows, silenceKeysOf, type Addressee, type PersonRows } from "./person-rows.ts";

const ADULT_YEARS = 18;

/** A message that a workflow would send, before or after it became an effect. */
export type PlannedMessage = Addressee & {
  readonly purpose: SendPurpose;
  readonly text: string;
  readonly unsubscribeUrl?: string | undefined;
};

export type Judged = {
  readonly verdict: SendVerdict;
  readonly message: ProactiveMessage;
  readonly facts: SendFacts & { readonly settingsVersion: number };
};

type Options = {
  /** The effect that is asked about is not in its own way. */
  readonly exceptEffectId?: string;
  /** People that are read already. */
  readonly people?: PersonRows;
};

/**
 * What may go out now, and why not, for any number of messages with a fixed number of queries. Nothing is stored and
 * nothing is reserved: whoever dispatches asks again under the person's lock (`pass-gate`).
 */
export const judgeMessages = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { messages, exceptEffectId, people: known }: Options & { readonly messages: readonly PlannedMessage[] },
): Promise<readonly Judged[]> => {
  const contactIds = [...new Set(messages.map(({ contactId }) => contactId))];
  const people = known ?? (await personRows(tx, ctx, contactIds));
  const keys = [...new Set(messages.flatMap((message) => keysOf(people, message)))];
  const history = await historyRows(tx, ctx, { contactIds, keys, exceptEffectId: exceptEffectId ?? null });
  const shared = await sharedFacts(tx, ctx, { messages, exceptEffectId });
  return messages.map((planned) => {
    const message: ProactiveMessage = {
      channelKind: planned.channelKind,
      purpose: planned.purpose,
      statesAmount: statesAmount(planned.text),
      hasOptOutLine: hasOptOutLine(planned),
    };
    const facts = factsOf(planned, { people, history, shared, now: tx.now });
    return { message, facts, verdict: canSend(message, facts, tx.now) };
  });
};

type Shared = CurrentSendSettings & {
  readonly clubTimeZone: string;
  readonly quietHours: SendFacts["quietHours"];
  readonly brandFreeAt: Date | null;
  /** How many records of the club have an address key. */
  readonly recordsWith: ReadonlyMap<string, number>;
};

type Batch = { readonly messages: readonly PlannedMessage[]; readonly exceptEffectId: string | undefined };

/** What is the same for everybody, and whose addresses are whose. */
const sharedFacts = async (tx: ServiceTx, ctx: ServiceContext, { messages, exceptEffectId }: Batch): Promise<Shared> => {
  const { settings, version } = await currentSendSettings(tx, ctx);
  const { policy } = await resolvedPolicy(tx, ctx);
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  return {
    settings,
    version,
    clubTimeZone: club.timeZone,
    quietHours: policy.quietHours,
    brandFreeAt: messages.some(({ channelKind }) => isText(channelKind))
      ? await brandFreeAt(tx, ctx, { perDay: settings.brandTextsPerDay, exceptEffectId })
      : null,
    recordsWith: await countRecords(tx, ctx, [...new Set(messages.map(({ addressKey }) => addressKey))]),
  };
};

const countRecords = async (tx: ServiceTx, { clubId }: ServiceContext, keys: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const where = { clubId, archivedAt: null, OR: [{ phoneKey: { in: [...keys] } }, { emailKey: { in: [...keys] } }] };
  const select = { phoneKey: true, emailKey: true } as const;
  const rows = [...(await tx.db.member.findMany({ where, select })), ...(await tx.db.prospect.findMany({ where, select }))];
  const counts = new Map<string, number>();
  for (const { phoneKey, emailKey } of rows) {
    for (const key of new Set([phoneKey, emailKey].filter((one) => one !== null))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
};

type Rows = { readonly people: PersonRows; readonly history: HistoryRows; readonly shared: Shared; readonly now: Date };

const factsOf = (message: PlannedMessage, { people, history, shared, now }: Rows): Judged["facts"] => {
  const { contactId } = message;
  const contact = people.contacts.get(contactId);
  const records = people.records.get(contactId) ?? [];
  const members = records.filter(({ kind }) => kind === "member");
  const today = todayIn(shared.clubTimeZone, now);
  const promisedOn = history.promisedOn.get(contactId);
  return {
    whereabouts: {
      phone: phoneOf(message, people),
      state: contact?.state ?? null,
      postalCode: contact?.postalCode ?? null,
      timeZone: contact?.timeZone ?? null,
      clubTimeZone: shared.clubTimeZone,
    },
    isMinor: members.some(({ dateOfBirth }) => dateOfBirth !== null && isYoungerThan(dateOfBirth, today)),
    binding: bindingOf(message.channelKind === "clubos" ? records.length : (shared.recordsWith.get(message.addressKey) ?? 0)),
    hasContract: members.some(({ status }) => status !== "cancelled"),
    consents: history.consents.get(contactId) ?? [],
    suppressions: silenceKeysOf(people, message).flatMap((key) => history.suppressions.get(key) ?? []),
    lastInboundAt: history.lastInboundAt.get(contactId) ?? null,
    isDisputed: history.disputed.has(contactId),
    isReferred: members.some(({ status }) => status === "in_collections") || history.referred.has(contactId),
    promisedFrom: promisedOn === undefined ? null : beginOf(promisedOn, shared.clubTimeZone),
    touches: touchesOf(message, { people, history }),
    waiting: history.waiting.get(contactId) ?? [],
    brandFreeAt: shared.brandFreeAt,
    quietHours: shared.quietHours,
    settings: shared.settings,
    settingsVersion: shared.version,
  };
};

const bindingOf = (count: number): SendFacts["binding"] => (count === 0 ? "unknown" : count === 1 ? "bound" : "shared");

/** The number that rings: of the very address, or for ClubOS and e-mail the one on record, whose area code tells of a place. */
const phoneOf = ({ contactId, channelKind, addressKey }: PlannedMessage, { identities, records }: PersonRows): string | null => {
  const exact = identities.get(contactId)?.find((row) => row.channelKind === channelKind && row.addressKey === addressKey);
  if (channelKind === "sms" && exact?.address) {
    return exact.address;
  }
  return records.get(contactId)?.find((row) => row.phone !== null)?.phone ?? null;
};

/** One message may stand under several keys of a person and counts once. */
const touchesOf = (message: PlannedMessage, { people, history }: Pick<Rows, "people" | "history">): SendFacts["touches"] => [
  ...new Map(
    keysOf(people, message).flatMap((key) => (history.touches.get(key) ?? []).map((touch) => [touch.effectId, touch] as const)),
  ).values(),
];

/** @param dateOfBirth `2011-06-30` */
const isYoungerThan = (dateOfBirth: string, today: string): boolean =>
  `${Number(today.slice(0, 4)) - ADULT_YEARS}${today.slice(4)}` < dateOfBirth;

const beginOf = (date: string, timeZone: string): Date => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, timeZone).getTime());
};
