/** The kind of message that carries no words of its own, or `null`. */
export const readReaction = (text: string): "reaction" | "emoji_only" | "unclear" | null => {
  const trimmed = text.replaceAll(INVISIBLE, "").trim();
  if (trimmed === "") {
    return "unclear";
  }
  if (TAP_BACKS.some((pattern) => pattern.test(trimmed))) {
    return "reaction";
  }
  return /[\p{L}\p{N}?]/u.test(trimmed) ? null : "emoji_only";
};

const INVISIBLE = /[\u200B-\u200F\u2060\u{E0000}-\u{E007F}\u00AD]|[\uFE00-\uFE0F]/gu;

/** What phones write into a text message when somebody presses a reaction (iOS and Android, English and Spanish). */
const TAP_BACKS = [
  /^(liked|loved|disliked|laughed at|emphasi[sz]ed|questioned) ([“"«]|an? (image|photo|message|attachment|movie|video|link))/i,
  /^(reacted|ha reaccionado|reaccionó) .{1,12} (to|a|con) /i,
  /^(le gustó|le encantó|no le gustó|se rió de|le dio risa|destacó|puso en duda|removed an? .{1,20} from) ([“"«]|una? )/i,
  /^\p{Extended_Pictographic}.{0,6}\s(to|a)\s[“"«]/iu,
] as const;
