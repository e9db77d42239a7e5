import { matchesAny, plainWords } from "./plain-words.ts";

/** Written by a phone or a mailbox on its own: answering it would start two machines talking. */
export const isAutoReply = (text: string): boolean => {
  const words = plainWords(text);
  if (CANNED.has(words) || matchesAny(words, SAYS_SO)) {
    return true;
  }
  // A person who mentions being away usually asks for something; a machine does not.
  return !/[?¿]/.test(text) && !matchesAny(words, ASKS_FOR_SOMETHING) && matchesAny(words, SOUNDS_AWAY);
};

/** Advertising and fraud that is sent to any number. Two weak signs or one strong one. */
export const isSpam = (text: string): boolean => {
  const words = plainWords(text);
  const weakSigns = WEAK_SPAM.filter((pattern) => pattern.test(words)).length + (LINK.test(text) ? 1 : 0);
  return matchesAny(words, STRONG_SPAM) || weakSigns >= 2;
};

/** Whole texts that phones offer when a call is declined or while driving. */
const CANNED = new Set([
  "cant talk right now",
  "cant talk right now whats up",
  "cant talk right now call me later",
  "i cant talk right now",
  "sorry i cant talk right now",
  "sorry i cant talk right now ill call you later",
  "ill call you later",
  "sorry ill call you later",
  "ill call you back",
  "can i call you later",
  "can i call you back later",
  "im in a meeting",
  "im driving",
  "im driving right now",
  "i am driving",
  "in a meeting",
  "in a meeting call you later",
  "please text me",
  "estoy conduciendo",
  "estoy manejando",
  "estoy en una reunion",
  "te llamo despues",
  "te llamo mas tarde",
  "no puedo hablar ahora",
]);

const SAYS_SO = [
  /^(?:automatic reply|auto ?reply|auto ?response|auto ?responder|autoreply|automated (?:reply|response)|out of office|respuesta automatica)\b/,
  /\b(?:this is an? (?:automated|automatic|auto)|i have an automated|este es un mensaje automatico) ?(?:message|reply|response|text|email)?\b/,
  /\b(?:this (?:mailbox|inbox|number) is (?:not|un)? ?(?:monitored|unmonitored)|do not reply to this (?:message|email|text)|no reply is monitored)\b/,
  /\b(?:do not disturb while driving|driving focus turned on|im driving with (?:focus|do not disturb)|not receiving notifications|(?:has|have) notifications silenced|with driving focus)\b/,
  /^(?:delivery status notification|undeliverable|undelivered mail|mail delivery (?:failed|subsystem)|returned mail|message blocked|delivery has failed)\b/,
  /\b(?:is no longer (?:with|employed (?:by|at)) the company|has left the company)\b/,
];

const SOUNDS_AWAY = [
  /^(?:hi |hello |hey )?(?:thanks|thank you) for (?:contacting|reaching out to|calling|texting|your (?:message|email|call|text|inquiry)).*\b(?:get back|respond|reply|return your|be in touch|business hours|shortly|as soon as)\b/,
  /\bi(?: a)?m (?:currently )?(?:driving|out of (?:the )?office|away from my (?:desk|phone|email)|on (?:vacation|annual leave|parental leave|pto)).*\b(?:get back|respond|reply|return|see your message|check your message|when i get (?:to|there|where)|call you|text you|limited access)\b/,
  /\bi will be out of (?:the )?office\b.*\b(?:return|until|limited access|respond|reply|urgent)\b/,
  /\b(?:i am|im) (?:currently )?out of (?:the )?office (?:until|from|with|and will|through)\b/,
  /^i(?: a)?m (?:currently )?driving (?:right now )?(?:and )?(?:ill|i will|will|cant|cannot)\b/,
  /\b(?:estoy|estare) (?:fuera de (?:la )?oficina|conduciendo|manejando)\b.*\b(?:respondere|contestare|regreso|vuelvo|respondo|cuando llegue)\b/,
  /^gracias por (?:su|tu) (?:mensaje|llamada|correo).*\b(?:responderemos|contestaremos|respondere|a la brevedad|pronto)\b/,
];

const ASKS_FOR_SOMETHING = [
  /\b(?:can (?:i|you|we)|could (?:i|you|we)|freeze|cancel|reschedule|book|move my|my (?:class|membership|session|appointment|booking|payment|account))\b/,
];

const LINK = /\b(?:https?:\/\/|www\.|bit\.ly|tinyurl|t\.co\/|[a-z0-9-]+\.(?:xyz|top|click|info|shop|icu|vip|live|ru|cn)\b)/i;

const STRONG_SPAM = [
  /\b(?:bitcoin|crypto|forex|ethereum) (?:invest\w*|trading|profit\w*|wallet|giveaway|opportunity|signals?)\b/,
  /\b(?:seo (?:services?|agency|experts?|packages?)|rank (?:your (?:website|site|business)|on google|higher on google)|first page of google|backlinks?|guest post\w*|web(?:site)? (?:design|development) (?:services?|agency)|google my business listing)\b/,
  /\b(?:unpaid tolls?|toll (?:balance|violation|invoice)|ezpass|e zpass|usps (?:package|parcel|delivery)|your (?:package|parcel) (?:is on hold|could not be delivered|cannot be delivered))\b/,
  /\b(?:business (?:loan|funding|line of credit)s?|working capital|merchant cash advance|pre ?approved for (?:a |up to )|payday loan|no credit check loan)\b/,
  /\b(?:youve|you have|youre|you are|your number has|your number was) (?:been )?(?:won|a winner|the winner|selected (?:to|for|as)|chosen (?:to|for|as)) (?:a |an |our |the |to |for |todays |receive )?(?:\w+ )?(?:prize|iphone|gift card|reward|cash|lottery|win|winner|giveaway|receive|claim)\b/,
  /\b(?:hot singles|sexy girls|adult dating|viagra|cialis|online casino|nigerian prince|inheritance fund)\b/,
  /\b(?:earn|make) (?:up to )?\d[\d ]* ?(?:dollars |usd |k )?(?:a|per|every|each) (?:day|week|hour)\b.*\b(?:home|online|part time|remote|job|whatsapp|telegram)\b/,
];

const WEAK_SPAM = [
  /\b(?:congratulations|congrats|felicidades)\b.*\b(?:won|selected|winner|prize|claim|ganado|ganador)\b/,
  /\b(?:claim (?:your|it|now|here)|act now|limited time offer|click (?:here|the link|below)|tap the link|verify your (?:account|identity|information)|account (?:has been )?(?:suspended|locked|limited)|final notice|urgent action)\b/,
  /\b(?:investment opportunity|guaranteed returns?|passive income|financial freedom|double your money|risk free)\b/,
  /\b(?:free (?:iphone|gift card|money|cash|trial offer)|you (?:have )?won|cash prize|lottery|sweepstakes)\b/,
  /\b(?:whatsapp|telegram|wechat)\b/,
  /\b(?:remote job|work from home|part time job|hiring now|job offer|recruiter|hr manager)\b/,
  /\b(?:increase (?:your )?(?:sales|leads|traffic|revenue|members)|grow your (?:gym|business|instagram|followers)|more (?:leads|clients|members) for your (?:gym|business|club)|boost your (?:sales|online presence)|lead generation|digital marketing agency)\b/,
];
