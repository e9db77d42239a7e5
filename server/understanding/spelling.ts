import type { Token } from "./tokens.ts";

/**
 * Repairs one slip of the thumb in the words the tables know: "membrship" reads `membership`, "refnud" reads
 * `refund`. Only words of six letters and more with the right first letter, so that short everyday words stay.
 */
export const correctSpelling = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token) => {
    const word = token.word;
    if (word.length < MIN_LENGTH || KNOWN.has(word) || !/^[a-z]+$/.test(word)) {
      return token;
    }
    const allowed = word.length >= LONG_LENGTH ? 2 : 1;
    const match = TARGETS.find((target) => target[0] === word[0] && isWithin(word, { target, allowed }));
    return match === undefined ? token : { ...token, word: match };
  });

const MIN_LENGTH = 5;
const LONG_LENGTH = 9;

const TARGETS: readonly string[] = (
  "account agreement appointment available balance billing booking broken cancel cancellation cancelled charged " +
  "chargeback childcare cleaning closed collections complaint confirm confirmed contract dispute equipment freeze frozen " +
  "gift guest holiday injured invoice lawyer location locker manager member membership opening parking password payment " +
  "personal please policy prices pricing receipt refund reschedule reservation reserve reset sauna schedule session shower " +
  "simulator subscription suspend thanks towels trainer training treadmill trial unlock unsubscribe upgrade waitlist working " +
  "cancelar membresia horario precio reembolso factura"
)
  .split(" ")
  .filter((word) => word.length >= MIN_LENGTH);

/** Real words that lie one slip away from a target and mean something else. */
const LOOKALIKES =
  "cancer cancers charge charger chargers changed chanced closet closer closes close clothed broke broker freezer frozen trail trails " +
  "trains trained trainers members lockers locked locks quest guess guests rest reserved towel shower showers showed members price " +
  "priced prince working walking worked booking books looking cooking balanced session sessions passion unlocked personnel person " +
  "contacts contact contrast leaving parking packing packed barking marking police policies thanked thank refunds refunded resets " +
  "bills filling pilling holidays invoices payments invested payed member remember injury injuries opening openings opens " +
  "managers manage managed lawyers layer later suspended upgraded classes classy reserves preserve confirms complaints complain " +
  "persona personas reserva reservas reservar confirmo precios horarios " +
  "trainer trailer appointments schedules scheduled schedule locations vacation accounts cancels canceled canceling cancelling";

const KNOWN: ReadonlySet<string> = new Set([...TARGETS, ...LOOKALIKES.split(" ")]);

/** Whether one word becomes the other with so many letters added, dropped, replaced or swapped with their neighbour. */
const isWithin = (word: string, { allowed, target }: { target: string; allowed: number }): boolean => {
  if (Math.abs(word.length - target.length) > allowed) {
    return false;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: target.length + 1 }, (_, index) => index);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= target.length; column += 1) {
      const isSame = word[row - 1] === target[column - 1];
      const isSwap = row > 1 && column > 1 && word[row - 1] === target[column - 2] && word[row - 2] === target[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return (last[target.length] ?? Number.POSITIVE_INFINITY) <= allowed;
};
