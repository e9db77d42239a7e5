import type { ChannelKind } from "../vocabulary.ts";
import type { SendPurpose } from "./send-purpose.ts";

/** One row of what a person agreed to or refused. */
export type ConsentFact = {
  readonly purpose: SendPurpose;
  readonly channelKind: ChannelKind;
  readonly isGranted: boolean;
  /** The words agreed to, and where they can be seen; either may be missing in what a vendor tells. */
  readonly wording: string | null;
  readonly proof: string | null;
  readonly source: string;
  readonly at: Date;
};

/** `proven`: with what can be shown; `unproven`: somebody says so. */
export type ConsentState = "proven" | "unproven" | "refused" | "none";

type Asked = { readonly purpose: SendPurpose; readonly channelKind: ChannelKind };

const isMail = (channelKind: ChannelKind): boolean => channelKind === "email";

/** The row that counts: the newest of the purpose, for texts whatever carries them; of two at once the refusal. */
export const countingConsent = (consents: readonly ConsentFact[], { purpose, channelKind }: Asked): ConsentFact | null =>
  consents
    .filter((row) => row.purpose === purpose && isMail(row.channelKind) === isMail(channelKind))
    .toSorted((left, right) => right.at.getTime() - left.at.getTime() || Number(left.isGranted) - Number(right.isGranted))[0] ?? null;

export const consentFor = (consents: readonly ConsentFact[], asked: Asked): ConsentState => {
  const row = countingConsent(consents, asked);
  if (row === null) {
    return "none";
  }
  if (!row.isGranted) {
    return "refused";
  }
  return hasText(row.wording) && hasText(row.proof) ? "proven" : "unproven";
};

const hasText = (text: string | null): boolean => text !== null && text.trim() !== "";
