/** An amount of money in any of the ways in which people write it. */
const AMOUNT = /[$€£¢]\s?\d|\d\s?(?:[$€£¢]|(?:usd|cad|dollars?|bucks|dólares)\b)|\b(?:usd|cad)\s?\d|\b\d{1,6}[.,]\d{2}\b/i;
/** A word by which somebody can end the messages, with what it does. */
const OPT_OUT_LINE =
  /\b(?:reply|text|send|responde|responda|envía|envíe)\s+["'“]?(?:stop|alto|parar)\b|\bstop\b[^.!?\n]{0,40}\b(?:opt[ -]?out|unsubscribe|end|cancel|no more)\b|\bunsubscribe\b/i;

export const statesAmount = (text: string): boolean => AMOUNT.test(text);

/** Whether a message says how to be left in peace; a mail may do so by its link. */
export const hasOptOutLine = ({ text, unsubscribeUrl }: { readonly text: string; readonly unsubscribeUrl?: string | undefined }): boolean =>
  unsubscribeUrl !== undefined || OPT_OUT_LINE.test(text);
