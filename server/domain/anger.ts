import { matchesAny, plainWords } from "./plain-words.ts";

const ANGRY = [
  /\b(?:ridiculous|unacceptable|outrageous|pathetic|disgusting|disgraceful|worst|terrible|horrible|awful|useless|joke|scam|rip ?off|furious|pissed|fed up|sick of|tired of|had enough|wtf|bullshit|bs|damn|fuck\w*|shit\w*|crap|hell)\b/,
  /\b(?:again|third time|second time|every time|always|once more|otra vez|siempre) .*\b(?:broken|frozen|freez\w*|stuck|locked|down|not work\w*|doesnt work|rot[oa]|congelad\w*)\b|\b(?:broken|frozen|freez\w*|froze|stuck|locked out|down|not work\w*)\b.* (?:again|third time|second time|every time)\b/,
  /\b(?:want|demand|need) (?:my money|a refund|to speak|to talk|a manager|compensation)\b/,
  /\b(?:inaceptable|ridiculo|vergonzoso|pesimo|horrible|estafa|harto|harta|mierda)\b/,
];

/** Whether a person should answer because somebody is upset: strong words, shouting, or a fault that came back. */
export const soundsAngry = (text: string): boolean => matchesAny(plainWords(text), ANGRY) || isShouted(text) || /[!?]{4,}/.test(text);

const SHOUT_MIN_LETTERS = 16;

const isShouted = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= SHOUT_MIN_LETTERS && letters.every((letter) => letter === letter.toUpperCase());
};
