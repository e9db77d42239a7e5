/** A phone's reaction to one of our messages, sent as a text, or emoji alone: nobody waits for an answer. */
export const isTapBack = (text: string): boolean => {
  const line = text.trim();
  return (EMOJI_ONLY.test(line) && !ASKING.test(line)) || QUOTING_REACTIONS.some((pattern) => pattern.test(line));
};

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\s)+$/u;
/** Signs that ask, stop or call for help are words of their own. */
const ASKING = /[❓❔⁉‼❗🆘🛑✋🚨🚑🚒👮]/u;

const QUOTE = `["“”„«»'‘’]`;
const THING =
  "(?:an? |the |una? |la |el |tu )?(?:image|photo|picture|video|movie|audio message|voice message|attachment|link|message|imagen|foto|video|mensaje|enlace)";
const TARGET = `(?:${QUOTE}[\\s\\S]*|${THING})`;

const QUOTING_REACTIONS = [
  new RegExp(`^(?:liked|loved|disliked|emphasi[sz]ed|questioned|laughed at|hearted) ${TARGET}$`, "iu"),
  new RegExp(`^reacted (?:with )?\\S{1,12} to ${TARGET}$`, "iu"),
  new RegExp(
    `^removed (?:an? |the )?(?:like|heart|dislike|laugh|exclamation(?: mark)?|exclamation point|question mark|reaction|\\S{1,12}) from ${TARGET}$`,
    "iu",
  ),
  new RegExp(`^(?:\\p{Extended_Pictographic}|\\p{Emoji_Modifier})+\\s*(?:to|a) ${TARGET}$`, "iu"),
  new RegExp(`^(?:a \\S+ )?(?:le|me) (?:gust[oóa]|encant[oóa]|disgust[oóa]|dio risa|no gust[oóa]) ${TARGET}$`, "iu"),
  new RegExp(`^no le gust[oó] ${TARGET}$`, "iu"),
  new RegExp(
    `^(?:enfatiz[oó]|destac[oó]|cuestion[oó]|puso en duda|resalt[oó]|se (?:rio|rió) (?:de|con)|exclam[oó] (?:a|sobre)) ${TARGET}$`,
    "iu",
  ),
  new RegExp(`^reaccion[oó] con \\S{1,12} a ${TARGET}$`, "iu"),
  new RegExp(`^(?:quit[oó]|elimin[oó]) (?:un|una|el|la) (?:me gusta|coraz[oó]n|reacci[oó]n|risa|no me gusta)(?: de| a) ${TARGET}$`, "iu"),
];
