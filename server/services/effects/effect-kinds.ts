import "server-only";

import { z } from "zod";

import type { SentFile } from "#server/connectors/files.ts";
import type { Capability, Connector } from "#server/connectors/ports.ts";
import { ConnectorError } from "#server/connectors/errors.ts";
import type { EffectWords } from "#server/services/effects/effect-words.ts";
import { EFFECT_WORDS } from "#server/services/effects/effect-words.ts";
import {
  AccessArguments,
  BookArguments,
  CampaignArguments,
  CancelBookingArguments,
  ContactArguments,
  DoorArguments,
  InvoiceArguments,
  LockListArguments,
  NoteArguments,
  NoticeArguments,
  PayLinkArguments,
  ReferralArguments,
  ResetArguments,
  SendArguments,
} from "#server/services/effects/effect-arguments.ts";
import { revealCode } from "#server/services/identity-checks/check-code.ts";

/** What an effect came to, as the vendor says. `result` is kept with the effect: addresses of links, ids, states. */
export type EffectOutcome = {
  readonly vendorReference: string | null;
  readonly result?: Readonly<Record<string, string | boolean | null>>;
};

export type EffectCall = { readonly key: string; readonly arguments: unknown; readonly files?: readonly SentFile[] };

export type LookBack = EffectCall & { readonly since: Date; readonly knownReferences: readonly string[] };

export type EffectSpec = {
  readonly effectKind: "state" | "pulse" | "send" | "charge" | "export";
  readonly risk: "reversible" | "sends" | "money" | "physical";
  readonly capability: Capability;
  /**
   * What follows an unknown outcome. `read_back`: look at the vendor, twice absent = once more. `again`: a state that
   * is set, or a vendor that knows our key: the same call once more is the same deed. `person`: somebody must look.
   */
  readonly afterUnknown: "read_back" | "again" | "person";
  /** An entry is never unlocked by a machine alone. */
  readonly needsPerson: boolean;
  /** Whoever approves it has signed in a moment ago: it lets somebody in, or shuts somebody out. */
  readonly needsRecentSignIn: boolean;
  readonly words: EffectWords;
  readonly schema: z.ZodType;
  /** One call. */
  readonly run: (connector: Connector, call: EffectCall) => Promise<EffectOutcome>;
  /** `undefined` where this connection cannot show what was done. */
  readonly readBack: (connector: Connector, look: LookBack) => Promise<{ readonly vendorReference: string | null } | null> | undefined;
};

type Definition<A> = Omit<EffectSpec, "schema" | "run" | "readBack" | "words" | "needsPerson" | "needsRecentSignIn"> & {
  readonly needsPerson?: boolean;
  readonly needsRecentSignIn?: boolean;
  readonly schema: z.ZodType<A>;
  readonly run: (
    connector: Connector,
    call: { readonly key: string; readonly args: A; readonly files: readonly SentFile[] },
  ) => Promise<EffectOutcome> | undefined;
  readonly readBack?: (
    connector: Connector,
    look: { readonly key: string; readonly args: A; readonly since: Date; readonly knownReferences: readonly string[] },
  ) => Promise<{ readonly found: { readonly vendorReference: string | null } | null }> | undefined;
};

const define = <A>(kind: keyof typeof EFFECT_WORDS, { run, readBack, ...rest }: Definition<A>): EffectSpec => ({
  needsPerson: false,
  needsRecentSignIn: false,
  ...rest,
  words: EFFECT_WORDS[kind],
  run: async (connector, { files = [], key, arguments: raw }) => {
    const outcome = run(connector, { key, args: rest.schema.parse(raw), files });
    if (outcome === undefined) {
      throw new ConnectorError("rejected", "this connection cannot do that", { reason: "not_allowed" });
    }
    return outcome;
  },
  readBack: (connector, { key, arguments: raw, since, knownReferences }) =>
    readBack?.(connector, { key, args: rest.schema.parse(raw), since, knownReferences })?.then(({ found }) => found),
});

/** Everything that can be done at a vendor. Nothing reaches one except by an entry of this table. */
export const EFFECT_KINDS = {
  "message.send": define("message.send", {
    effectKind: "send",
    risk: "sends",
    capability: "message.send",
    afterUnknown: "read_back",
    schema: SendArguments,
    run: (connector, { key, args, files }) =>
      files.length === 0
        ? connector.send?.send({ key, ...revealCode(args) })
        : connector.capabilities.includes("message.files")
          ? connector.send?.send({ key, ...revealCode(args), files })
          : undefined,
    readBack: (connector, { key, args, since, knownReferences }) =>
      connector.send?.readBack?.({ key, ...revealCode(args), since, knownReferences }),
  }),
  "door.pulse": define("door.pulse", {
    effectKind: "pulse",
    risk: "physical",
    capability: "door.pulse",
    // A door that stood open for seconds is no door that must be opened again: what nobody can tell, a person looks at.
    afterUnknown: "person",
    needsPerson: true,
    needsRecentSignIn: true,
    schema: DoorArguments,
    run: (connector, { key, args }) => connector.doors?.pulse({ key, doorExternalId: args.doorExternalId, actorName: args.actorName }),
    readBack: (connector, { key, args, since }) => connector.doors?.readBack?.({ key, doorExternalId: args.doorExternalId, since }),
  }),
  "access.set": define("access.set", {
    effectKind: "state",
    risk: "physical",
    capability: "access.state",
    afterUnknown: "again",
    needsRecentSignIn: true,
    schema: AccessArguments,
    run: (connector, { key, args }) =>
      connector.access
        ?.set({ key, personExternalId: args.personExternalId, state: args.state, note: args.note })
        .then(({ vendorReference, state }) => ({ vendorReference, result: { state } })),
  }),
  "device.reset": define("device.reset", {
    effectKind: "pulse",
    risk: "physical",
    capability: "device.reset",
    afterUnknown: "person",
    schema: ResetArguments,
    run: (connector, { key, args }) => connector.devices?.reset({ key, deviceExternalId: args.deviceExternalId }),
  }),
  "invoice.issue": define("invoice.issue", {
    effectKind: "charge",
    risk: "money",
    capability: "invoice",
    afterUnknown: "again",
    schema: InvoiceArguments,
    run: (connector, { key, args }) =>
      connector.invoices
        ?.issue({ key, ...args, amountMinor: BigInt(args.amountMinor) })
        .then(({ vendorReference, ...state }) => ({ vendorReference, result: state })),
  }),
  "payLink.create": define("payLink.create", {
    effectKind: "charge",
    risk: "money",
    capability: "payLink",
    afterUnknown: "again",
    schema: PayLinkArguments,
    run: (connector, { key, args }) =>
      connector.payLinks
        ?.create({ key, ...args, amountMinor: BigInt(args.amountMinor) })
        .then(({ vendorReference, ...link }) => ({ vendorReference, result: link })),
  }),
  "notice.post": define("notice.post", {
    effectKind: "send",
    risk: "sends",
    capability: "notify",
    afterUnknown: "person",
    schema: NoticeArguments,
    run: (connector, { key, args }) => connector.notices?.post({ key, ...args }),
  }),
  "note.add": define("note.add", {
    effectKind: "state",
    risk: "reversible",
    capability: "notes.write",
    // A note has no key and no read-back, and twice is worse than a glance of a person.
    afterUnknown: "person",
    schema: NoteArguments,
    run: (connector, { key, args }) => connector.notes?.add({ key, ...args }),
  }),
  "contact.save": define("contact.save", {
    effectKind: "state",
    risk: "reversible",
    capability: "contacts.write",
    afterUnknown: "again",
    schema: ContactArguments,
    run: (connector, { key, args }) => connector.contacts?.save({ key, ...args }),
  }),
  // Nothing is called for these three: a person's yes to the whole is what makes each message, lock or note a plan of its own.
  "campaign.send": define("campaign.send", {
    effectKind: "send",
    risk: "sends",
    capability: "message.send",
    afterUnknown: "again",
    needsPerson: true,
    needsRecentSignIn: true,
    schema: CampaignArguments,
    run: () => Promise.resolve({ vendorReference: null }),
  }),
  "lock.list": define("lock.list", {
    effectKind: "state",
    risk: "physical",
    capability: "access.state",
    afterUnknown: "again",
    needsPerson: true,
    needsRecentSignIn: true,
    schema: LockListArguments,
    run: () => Promise.resolve({ vendorReference: null }),
  }),
  "referral.list": define("referral.list", {
    effectKind: "export",
    risk: "money",
    capability: "notes.write",
    afterUnknown: "again",
    needsPerson: true,
    needsRecentSignIn: true,
    schema: ReferralArguments,
    run: () => Promise.resolve({ vendorReference: null }),
  }),
  "booking.book": define("booking.book", {
    effectKind: "send",
    risk: "reversible",
    capability: "bookings.write",
    afterUnknown: "person",
    schema: BookArguments,
    run: (connector, { key, args }) => connector.bookings?.book?.({ key, ...args }),
  }),
  "booking.cancel": define("booking.cancel", {
    effectKind: "state",
    risk: "reversible",
    capability: "bookings.write",
    afterUnknown: "again",
    schema: CancelBookingArguments,
    run: (connector, { key, args }) => connector.bookings?.cancel?.({ key, ...args }),
  }),
} as const satisfies Record<keyof typeof EFFECT_WORDS, EffectSpec>;

export type EffectKind = keyof typeof EFFECT_KINDS;

export const EffectKind = z.enum(Object.keys(EFFECT_KINDS) as [EffectKind, ...EffectKind[]]);
