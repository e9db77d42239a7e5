import { plainWords } from "./plain-words.ts";

const WHO =
  "(?:i|we|they|he|she|someone|somebody|(?:a|the|our|your|one of our) (?:\\w+ )?(?:team|team member|manager|staff|staff member|person|colleague|coach|trainer|owner|front desk|desk|crew|associate|member of (?:our|the) (?:team|staff)))";
const ACT =
  "(?:call|phone|ring|text you|message you|email|contact|reach|get back|follow up|be in touch|be in contact|check|look|find out|see what|make sure|ensure|send|forward|pass|share|refund|credit|waive|cancel|freeze|unfreeze|pause|book|schedule|reschedule|reserve|hold|save|fix|repair|update|change|let you know|notify|inform|tell|remind|arrange|organi[sz]e|set|add|adjust|reverse|reset|unlock|order|ask|have|get|take care|handle|sort|work on|investigate|review|process|remove|move|replace|bring|meet you|confirm|connect|transfer|escalate|give you|honou?r|extend|apply|charge|bill|draft|deactivate|activate|assign|sign you|put)";

/** Sentences by which somebody of the club would owe the member an act, or claims to have done one. English, then Spanish. */
const PROMISES: readonly RegExp[] = [
  new RegExp(
    `\\b${WHO} (?:will|ll|shall|is going to|are going to|am going to|is gonna|gonna|going to|would) (?:\\w+ly |also |just |then |now |be able to |go ahead and |personally )*${ACT}\\b`,
  ),
  new RegExp(
    `\\b(?:ill|well|theyll|hell|shell|im going to|were going to|im gonna|were gonna|someonell) (?:\\w+ly |also |just |then |now |go ahead and )*${ACT}\\b`,
  ),
  new RegExp(
    `\\b(?:let me|allow me to|let us) (?:just |quickly )?(?:check|look|ask|find|confirm|get|see|connect|transfer|pass|put|talk|speak|grab|pull|verify|have|reach)\\b`,
  ),
  /\b(?:ive|weve|i have|we have|i just|we just|i went ahead and|has been|have been|is now|are now|its been|i already|we already)(?: just| already| now| also)* (?:booked|scheduled|rescheduled|cancell?ed|refunded|credited|waived|asked|notified|informed|passed|forwarded|sent|added|removed|reset|unlocked|updated|frozen|unfrozen|paused|reserved|saved|processed|flagged|escalated|contacted|called|let the|told|alerted|transferred|moved|changed|activated|deactivated|taken care of|charged|adjusted|reversed|applied|signed you up)\b/,
  /\b(?:i|we) (?:just |already |have |also )?(?:booked|cancell?ed|refunded|credited|waived|unlocked|notified|scheduled|rescheduled|reversed|froze|paused)\b/,
  /\bpayment (?:was|has been|is) (?:received|processed|posted|recorded|applied|confirmed|settled)\b|\b(?:we|i) (?:have )?received your payment\b/,
  /\b(?:door|gate|lock|bay|screen|simulator) (?:is|are|was|has been) (?:now |just )(?:open|opened|unlocked|reset|restarted|fixed|working)\b|\b(?:open|opened|unlocked) (?:it |the door )?for you\b/,
  /\b(?:im|were|i am|we are) (?:now |just )?(?:sending|booking|scheduling|cancell?ing|refunding|processing|asking|checking|notifying|forwarding|passing|connecting|transferring|escalating|looking into|resetting|unlocking|adding|removing)\b/,
  /\b(?:expect (?:a|our|to (?:hear|receive|get))|youll (?:hear|receive|get|be (?:contacted|refunded|called|credited|notified))|you will (?:hear|receive|get|be (?:contacted|refunded|called|credited|notified))|keep an eye out for (?:a|our)|consider it done|its (?:taken care of|all set|done|booked|cancelled|canceled)|youre (?:all set|booked|confirmed|signed up|on the list)|you are (?:all set|booked|confirmed|signed up)|(?:refund|credit|call|callback|email|text|link) is on (?:its|the) way|we promise|i promise|rest assured|will be (?:refunded|credited|waived|fixed|cancell?ed|repaired|resolved|contacted|taken care of|in touch|processed|sent|reset))\b/,
  /\b(?:te|le|les|los|las|lo|la|se lo|nos|me) (?:llam|contact|escrib|avis|envi|mand|reembols|devolv|confirm|inform|respond|notific|comunic|reserv|cancel|agend|apunt|ayud|pondr|hare|dare|dir)\w*(?:re|emos|ra|ran|are)\b/,
  /\b(?:llamaremos|llamare|contactaremos|avisaremos|avisare|reembolsaremos|devolveremos|enviaremos|enviare|mandaremos|confirmaremos|confirmare|cancelaremos|cancelare|reservaremos|revisaremos|revisare|verificare|verificaremos|preguntare|consultare|arreglaremos|repararemos|resolveremos|me encargo|me encargare|nos encargaremos|nos encargamos)\b/,
  /\b(?:voy a|vamos a|va a|van a|dejame|permiteme|permitame|dejeme) (?:\w+ )?(?:llamar|contactar|escribir|avisar|enviar|mandar|reembolsar|devolver|confirmar|revisar|verificar|preguntar|consultar|cancelar|reservar|agendar|arreglar|reparar|resolver|pedir|informar|comunicar|comunicarte|conectar|conectarte|ver|llamarte|avisarte|enviarte|mandarte|reembolsarte|ponerte|pasar)\w*\b/,
  /\b(?:se pondra|se pondran|nos pondremos|me pondre) en contacto\b|\b(?:alguien|un companero|el gerente|la gerente|un encargado|nuestro equipo) (?:te|le|lo|la|se)\b.*\b\w+(?:ra|ran)\b/,
  /\b(?:ya |he |hemos |ya he |ya hemos )(?:reserve|reservado|cancele|cancelado|envie|enviado|avise|avisado|reembolse|reembolsado|agende|agendado|notifique|notificado|hable|hablado|pedi|pedido|pasado|reiniciado|confirmado)\b|\b(?:tu reembolso|su reembolso) (?:esta en camino|sera)\b/,
];

/** What sounds like a promise and owes nothing. */
const NO_PROMISE =
  /\b(?:ill|well|i will|we will) (?:\w+ )?(?:be (?:happy|glad|here|open|closed|delighted)|see you|love to)\b|\b(?:let me know|have (?:a|an) (?:great|good|nice|wonderful|amazing)|we have (?:a|an|the|many|lots|several|plenty|both|classes|open)|(?:can|could|may|might|do) (?:i|we|you)\b)/g;

/** The words of a draft that promise an act of a person, as plain words. */
export const findPromises = (draft: string): readonly string[] =>
  sentencesOf(draft).filter((sentence) => {
    const words = plainWords(sentence).replace(NO_PROMISE, " ");
    return PROMISES.some((pattern) => pattern.test(words));
  });

/** Statements about the account of the person addressed; prices and general rules are none. */
const ACCOUNT_STATEMENTS: readonly RegExp[] = [
  /\b(?:your|ur|the) (?:current |outstanding |remaining |account |past due |open |unpaid |total )*(?:balance|amount due|amount owed|past due amount|dues owed|debt)\b/,
  /\byou (?:currently |still |now )*(?:owe|have (?:a|an) (?:\w+ )?(?:balance|outstanding|overdue|unpaid|past due)|are (?:past due|behind|overdue|paid up|current on|not past due|in good standing))\b/,
  /\byoure (?:currently |all )?(?:past due|behind|overdue|paid up|caught up|current on|in good standing)\b/,
  /\byour (?:account|membership|plan|agreement|contract|payment|card|billing|autopay|last payment|next payment|last bill)(?: (?:on file|with us|here))? (?:is|was|has|shows?|expires?|expired|ends?|ended|renews?|started|began|failed|declined|went through|did not|didnt|of|for|ending|remains)\b/,
  /\byour (?:last (?:visit|check ?in|payment)|next (?:payment|billing|bill|due)|join date|billing date|due date|membership type|membership number|card ending|card on file|email on file|phone on file|address on file|date of birth)\b/,
  /\byou (?:last )?(?:visited|checked in|joined|signed up|paid) (?:us )?(?:on|in|last|\d)/,
  /\byou(?:re| are) (?:on|signed up for|enrolled in) (?:the|a|our) \w+(?: \w+)? (?:plan|membership)\b/,
  /\b(?:tu|su) (?:saldo|cuenta esta|membresia (?:es|esta|vence|vencio|termina)|plan (?:es|esta)|ultimo pago|proximo pago|pago (?:fue|esta)|ultima visita|tarjeta (?:termina|registrada|fue))\b/,
  /\b(?:debes|debe usted|usted debe|tienes un saldo|tiene un saldo|estas atrasad[oa]|esta atrasad[oa]|estas al dia|esta al dia con)\b/,
];

export const findAccountStatements = (draft: string): readonly string[] =>
  sentencesOf(draft).filter((sentence) => ACCOUNT_STATEMENTS.some((pattern) => pattern.test(plainWords(sentence))));

/** Words meant for staff or for the machine, never for the member. */
const META: readonly RegExp[] = [
  /\bready to (?:send|be sent)\b/i,
  /^\W*(?:sure|certainly|of course|okay|ok|absolutely)?\W*here(?:'s|’s| is| are) (?:a|the|your|my|an) (?:\w+ )?(?:draft|reply|response|message|text|suggestion|answer)\b/i,
  /\b(?:draft|suggested|proposed|possible) (?:reply|response|message|answer|text)\b/i,
  /^\W*(?:draft|reply|response|message|subject|to|from|note|answer)\s*:/i,
  /\b(?:let me know if you(?:'d|’d| would)? (?:like|want) (?:me )?to (?:send|edit|adjust|change|revise) (?:this|it|the)|should i send|shall i send (?:this|it)|i(?:'ve|’ve| have) drafted|i would (?:reply|respond|answer|say)|would you like me to send this)\b/i,
  /\b(?:payment reminder for past due|the (?:member|contact|customer|prospect|user) (?:is|has|wants|asked|asks|was|should|needs)|this (?:member|contact|customer|prospect))\b/i,
  /\b(?:as an ai (?:language )?model|language model|system prompt|my (?:instructions|prompt|guidelines)|knowledge (?:base|article)|json|confidence (?:score|of|is|level)|risk ?flags?|needs (?:no )?approval)\b/i,
  // Names of tools, blocks and ids, and strings no person types.
  /\b[a-z]+(?:_[a-z0-9]+)+\b/i,
  /(?<![\w./:@=?&%-])[A-Za-z0-9+=]{24,}(?![\w./-])/,
  /\{\{?|\}\}|<\/?[a-z_]+>|\[(?:\w+ )?(?:name|first name|member|club|date|time|amount|link|phone|insert|your)\b[^\]]*\]|```/i,
];

export const findMeta = (draft: string): readonly string[] => META.flatMap((pattern) => pattern.exec(draft)?.[0].trim() ?? []);

/** A machine that says it is none. */
const DENIALS =
  /\b(?:im|i am) (?:definitely |actually |really |totally |100 )*(?:a (?:real |actual |live |human )+(?:person|human|being|one|member|staff|team member)?|human|not (?:a |an )?(?:bot|robot|ai|machine|computer|automated|artificial)|no (?:bot|robot))\b|\b(?:this is|youre (?:talking|texting|chatting|speaking) (?:to|with)) (?:a (?:real|live|actual|human)|not a bot)\b|\b(?:soy (?:una? )?(?:persona(?: real)?|human[oa])|no soy (?:un |una )?(?:bot|robot|maquina|ia))\b/;

export const findDenials = (draft: string): readonly string[] =>
  sentencesOf(draft).filter((sentence) => DENIALS.test(plainWords(sentence)));

const DOT = "\u2024";
/** Marks that end no sentence: a.m., p.m., St., decimals, hosts. */
const INNER_DOTS =
  /\b(?:[ap]\.m|e\.g|i\.e|mr|mrs|ms|dr|st|ave|approx|vs|no|sr|sra)\.(?=\s+[\p{Ll}\d(]|[,;)!?]|$)|(?<=\S)\.(?=[\p{L}\p{N}])/giu;

/** The sentences of a short text; a line break ends one. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .replace(INNER_DOTS, (marks) => marks.replaceAll(".", DOT))
    .split(/(?<=[.!?…¡¿])\s+|\n+/u)
    .map((sentence) => sentence.replaceAll(DOT, ".").trim())
    .filter((sentence) => sentence !== "");
