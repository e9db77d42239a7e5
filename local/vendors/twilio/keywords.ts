/** Vendor, 2026-11: single words, in any case; "STOP please" is none. */
const STOP = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const START = new Set(["START", "YES", "UNSTOP"]);
const HELP = new Set(["HELP", "INFO"]);

export type Keyword = "STOP" | "START" | "HELP";

export const keywordOf = (body: string): Keyword | null => {
  const word = body.trim().toUpperCase();
  if (STOP.has(word)) {
    return "STOP";
  }
  if (START.has(word)) {
    return "START";
  }
  return HELP.has(word) ? "HELP" : null;
};

/** What the vendor itself answers, in its own words' stead. */
export const ANSWER_TO: Readonly<Record<Keyword, string>> = {
  STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  START: "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.",
  HELP: "Reply STOP to unsubscribe. Msg and data rates may apply.",
};
