import { z } from "zod";

import { formatMoney } from "#server/domain/money.ts";

/** What of a member an approval rests on; what does not matter for the deed is left out. */
const MemberBasis = z.object({
  id: z.string(),
  /** Minor units as digits: JSON has no bigint. Null = nobody knows. */
  balanceMinor: z.string().nullable().exactOptional(),
  currency: z.string(),
  /** `open`, `locked` or null, and the state of the membership: both decide who may enter. */
  accessState: z.string().nullable().exactOptional(),
  status: z.string().exactOptional(),
});
export type MemberBasis = z.infer<typeof MemberBasis>;

/** What a person was shown, or could rely on, when they were asked. */
export const ApprovalBasis = z.object({ arguments: z.record(z.string(), z.json()), members: z.array(MemberBasis) });
export type ApprovalBasis = z.infer<typeof ApprovalBasis>;

type Deed = { readonly kind: string; readonly purpose: string; readonly arguments: Readonly<Record<string, unknown>> };

const MONEY_KINDS: ReadonlySet<string> = new Set(["payLink.create", "invoice.issue", "access.set"]);
const MONEY_PURPOSES: ReadonlySet<string> = new Set(["billing", "collections"]);
const ENTRY_KINDS: ReadonlySet<string> = new Set(["door.pulse", "access.set", "booking.book"]);
const NAMES_AMOUNT = /[$€£]\s?\d|\d\s?(?:dollars|bucks|usd|cad)\b/iu;

/** Which facts a deed rests on: a draft about opening hours does not change with a balance, one that names an amount does. */
export const restsOn = ({ arguments: args, kind, purpose }: Deed): { readonly balance: boolean; readonly access: boolean } => ({
  balance: MONEY_KINDS.has(kind) || MONEY_PURPOSES.has(purpose) || NAMES_AMOUNT.test(String(args["text"] ?? "")),
  access: ENTRY_KINDS.has(kind),
});

const SHOWN_MAX_CHARACTERS = 160;

/** What is different between two moments, in sentences for whoever is asked again; empty = nothing. */
export const changesBetween = (before: ApprovalBasis, after: ApprovalBasis): readonly string[] => [
  ...changedArguments(before.arguments, after.arguments),
  ...before.members.flatMap((member) =>
    changedMember(
      member,
      after.members.find(({ id }) => id === member.id),
    ),
  ),
];

type Arguments = ApprovalBasis["arguments"];

const changedArguments = (before: Arguments, after: Arguments): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .filter((key) => canonical(before[key]) !== canonical(after[key]))
    .map((key) => `${wordsOf(key)} was ${shown(before[key])} and is now ${shown(after[key])}.`);

const changedMember = (before: MemberBasis, after: MemberBasis | undefined): readonly string[] => {
  if (after === undefined) {
    return ["The member is no longer on the club's list."];
  }
  const money = ({ balanceMinor, currency }: MemberBasis): string =>
    balanceMinor == null ? "not known" : formatMoney(balanceMinor, currency);
  return [
    before.balanceMinor === undefined || before.balanceMinor === after.balanceMinor
      ? null
      : `The balance was ${money(before)} and is now ${money(after)}.`,
    before.accessState === undefined || before.accessState === after.accessState
      ? null
      : `The access was ${before.accessState ?? "not known"} and is now ${after.accessState ?? "not known"}.`,
    before.status === undefined || before.status === after.status
      ? null
      : `The membership was ${plain(before.status)} and is now ${plain(after.status ?? "not known")}.`,
  ].filter((line) => line !== null);
};

/** Keys in one order at every level: the database gives them back in another. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : entry,
  );

const shown = (value: unknown): string => {
  const text = typeof value === "string" ? value : value === undefined || value === null ? "empty" : canonical(value);
  return `“${text.length > SHOWN_MAX_CHARACTERS ? `${text.slice(0, SHOWN_MAX_CHARACTERS)}…` : text}”`;
};

/** `doorName` → `The door name`. */
const wordsOf = (key: string): string => `The ${key.replaceAll(/([A-Z])/g, " $1").toLowerCase()}`;

const plain = (state: string): string => state.replaceAll("_", " ");
