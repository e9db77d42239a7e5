import type { Category } from "../../domain/intent.ts";

/**
 * What single words suggest where no phrase was recognised: "the projector is dim and flickering" has no known
 * wording, yet its words leave little doubt. `*` stands for any ending. Weights add up, to `WORDS_SCORE_MAX`.
 */
const WORDS = {
  complaint:
    "noise*:.9 weird:.6 beep*:.9 red:.3 losing:.6 loses:.6 invalid:.9 error*:1 flicker*:1.1 dim:.8 aggressive:1.1 again:.4 nobody:.8 noone:.8 broken:1.2 " +
    "problem*:.8 issue*:.8 wrong:.6 stops:.7 stopped:.7 smell*:.8 loud:.8 slow:.8 missing:.8 leak*:1 stuck:1 frozen:.8 keeps:1 restart*:.8 isnt:.5 doesnt:.5 " +
    "wont:.6 cant:.3 couldnt:.4 never:.5 rude:1.2 wait*:.6 notice:.5 denied:.9 ripped:.9 torn:.9 loose:.8 cold:.5 dirty:1.1 gross:1.1 trash:.7 messy:.9 mess:.7 " +
    "bug*:.6 buffering:.9 lag*:.8 shuts:.7 dies:.8 died:.7 shock*:.7 squeak*:.9 wobbl*:.9 rattl*:.9 drip*:.8 flood*:1 overflow*:1 bad:.6 worse:.8 hate:.8 ugh:.6 seriously:.5 stole*:1.1 stolen:1.1 dangerous:1.1 unsafe:1.1 safe:.3 downhill:1.1 taken:.4 fray*:1.1 snapped:1 propped:.7 cucaracha*:1.2 " +
    "treadmill*:.3 machine*:.3 app:.3 door*:.3 fob:.4 bathroom*:.4 shower*:.3 simulator:.3 trackman:.3 projector:.4 screen:.3 tv*:.3 funciona:.7 sucio:1 roto:1 rota:1 puerta:.4 problema*:.8 ruido:.8 queja:1.1 frio:.4",
  payment_inquiry:
    "charge*:1 charging:1 payment*:.9 pay:.8 paying:.8 paid:.9 bill*:.9 dues:1.1 fee:.5 fees:.5 money:.8 card:.6 bank:.8 account:.6 draft*:.8 refund*:1.2 contract:.8 " +
    "balance:1.1 owe*:1.1 owing:1 cancel*:.5 freeze:.6 plan:.4 membership:.4 quit:.9 autopay:1 statement:.8 invoice*:1 transaction*:.9 withdraw*:.9 declined:.9 collections:1 late:.2 " +
    "pago:1 pagos:1 pagar:1 tarjeta:.8 cobr*:1 cargo*:.8 dinero:.7 deuda:1 debo:1 mensualidad:1 membresia:.4 contrato:.8 cuenta:.6",
  scheduling:
    "book*:.9 reserv*:.9 schedul*:.9 class:.6 classes:.4 session*:.7 appointment*:1 spot*:.8 slot*:.8 tonight:.3 tomorrow:.3 tour:1.1 league:.3 bay:.4 bays:.4 sim:.4 sims:.4 " +
    "bail:1 lesson*:.6 waitlist:1 yoga:.5 spin:.5 pilates:.5 reschedul*:1.2 earlier:.5 later:.4 instead:.5 swap:.7 move:.5 push:.5 monday:.3 tuesday:.3 wednesday:.3 thursday:.3 " +
    "thurs:.3 friday:.3 saturday:.3 sunday:.3 am:.3 pm:.3 noon:.3 clase:.6 clases:.4 cita:1 reserva*:1 sesion:.8 cupo:.9 hoy:.2 manana:.2",
  question:
    "nearest:.8 policy:.9 hours:.9 price*:.9 cost*:.9 discount*:.9 amenities:1 parking:.8 guest*:.7 towel*:.6 pool:.6 sauna:.4 included:.7 allowed:.8 info:.8 information:.8 horario:1 precio:1 direccion:1",
  praise:
    "appreciate*:1 blast:1.2 love*:.9 great:.7 awesome:.9 amazing:1 incredible:1 nice:.6 best:.8 thank:.5 thanks:.4 happy:.6 fun:.8 kind:.5 wonderful:1 fantastic:1 excellent:1 friendly:.9 " +
    "helpful:.9 clean:.5 spotless:1 welcome:.7 welcoming:1 made:.2 feel:.2 favorite:.8 impressed:1 excelente:1 encanta*:1 amable*:1 genial:1 increible:1 gracias:.4 feliz:.6",
  confirmation:
    "works:.7 ok:.6 yes:.9 yep:.9 sure:.9 confirm*:1.1 perfect:.8 set:.6 claro:1.1 good:.3 fine:.4 agreed:1 deal:.6 cool:.5 nope:.7 seguro:.8 confirmo:1.2 listo:.9 dale:.8",
  opt_out:
    "unsubscribe:1.5 texts:.6 texting:.8 messages:.5 messaging:.8 stop:.7 spam:.9 promos:.6 marketing:.6 list:.4 mensajes:.7 optout:1.4",
  other: "lol:1 haha*:1 loan*:.9 apply:.5 invest*:.9 seo:1.2 website:.2 leads:.6 funding:.9 jaja*:1",
} as const satisfies Readonly<Record<Category, string>>;

/** What a category is about when only its words were recognised. */
export const WORDS_SUB_INTENTS = {
  complaint: "general_complaint",
  payment_inquiry: "general_account",
  scheduling: "general_scheduling",
  question: "general_question",
  praise: "general_praise",
  confirmation: "general_confirmation",
  opt_out: "possible_opt_out",
  other: "small_talk",
} as const satisfies Readonly<Record<Category, string>>;

/** Reached by words alone this is a fair guess for a person to look at, never enough to answer without one. */
export const WORDS_SCORE_MAX = 1.7;

export type WordHit = { readonly score: number; readonly index: number };

/** How much the words of a message suggest a category, and which word did so most. */
export const scoreWords = (words: readonly string[], category: Category): WordHit | null => {
  const seen = new Set<string>();
  let score = 0;
  let strongest = 0;
  let index = -1;
  words.forEach((word, position) => {
    const weight = weightOf(word, category);
    if (weight > 0 && !seen.has(word)) {
      seen.add(word);
      score += weight;
      if (weight > strongest) {
        strongest = weight;
        index = position;
      }
    }
  });
  return index < 0 ? null : { score: Math.min(score, WORDS_SCORE_MAX), index };
};

type Table = { readonly whole: ReadonlyMap<string, number>; readonly stems: readonly (readonly [string, number])[] };

const readTable = (text: string): Table => {
  const entries = text.split(" ").map((entry) => {
    const [word = "", weight = "0"] = entry.split(":");
    return [word, Number(weight)] as const;
  });
  return {
    whole: new Map(entries.filter(([word]) => !word.endsWith("*"))),
    stems: entries.filter(([word]) => word.endsWith("*")).map(([word, weight]) => [word.slice(0, -1), weight] as const),
  };
};

const TABLES: ReadonlyMap<string, Table> = new Map(Object.entries(WORDS).map(([category, text]) => [category, readTable(text)]));

const weightOf = (word: string, category: Category): number => {
  const table = TABLES.get(category);
  return table?.whole.get(word) ?? table?.stems.find(([stem]) => word.startsWith(stem))?.[1] ?? 0;
};
