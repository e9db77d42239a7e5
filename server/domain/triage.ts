import { readEmergency } from "./emergency-words.ts";
import { isAutoReply, isSpam } from "./machine-texts.ts";
import { readSuppressionWord } from "./suppression-words.ts";
import { isTapBack } from "./tap-backs.ts";

/** Chosen by us: nobody texts this fast; beyond it no model is called for this sender. */
export const FLOOD_MAX_MESSAGES = 20;
export const FLOOD_WINDOW_MINUTES = 10;

export type TriageInput = {
  /** As `cleanInbound` left it. */
  readonly text: string;
  /** A picture, a voice note or a file came with it. */
  readonly hasMedia: boolean;
  /** The sender opted out on this channel and did not come back. */
  readonly isSuppressed: boolean;
  /** The vendor shows that a machine or a list wrote it, whatever its words. */
  readonly isAutomatic?: boolean;
  /** Inbound messages of this sender in the last `FLOOD_WINDOW_MINUTES`, this one included. */
  readonly recentInboundCount: number;
};

export type TriageResult =
  | { readonly kind: "none" }
  | { readonly kind: "opt_out"; readonly certainty: "word" | "phrase"; readonly evidence: string }
  /** Never by the words alone: the local reading is not sure enough to act on it, and too sure to write back. */
  | { readonly kind: "possible_opt_out"; readonly evidence: string }
  | { readonly kind: "opt_in"; readonly evidence: string }
  | { readonly kind: "help"; readonly evidence: string }
  | { readonly kind: "emergency"; readonly evidence: string }
  | { readonly kind: "empty" }
  | { readonly kind: "media_only" }
  | { readonly kind: "tap_back" }
  | { readonly kind: "auto_reply" }
  | { readonly kind: "spam" }
  | { readonly kind: "flood" };

/**
 * What can be said about a message without any model. Nothing stands before an opt-out but a machine, which has no
 * wishes, and a reaction that merely quotes one; an emergency is found before anything that would leave a message alone.
 */
export const triage = (input: TriageInput): TriageResult => {
  const { text } = input;
  if (input.isAutomatic === true) {
    return { kind: "auto_reply" };
  }
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}?¿]/u.test(text)) {
    return { kind: input.hasMedia ? "media_only" : "empty" };
  }
  if (isTapBack(text)) {
    return { kind: "tap_back" };
  }
  const word = readSuppressionWord(text, input.isSuppressed);
  if (word !== null) {
    return word;
  }
  const evidence = readEmergency(text);
  if (evidence !== null) {
    return { kind: "emergency", evidence };
  }
  if (isAutoReply(text)) {
    return { kind: "auto_reply" };
  }
  if (isSpam(text)) {
    return { kind: "spam" };
  }
  return { kind: input.recentInboundCount > FLOOD_MAX_MESSAGES ? "flood" : "none" };
};
