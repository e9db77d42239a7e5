import { cue, type Cue } from "./cue.ts";

const AGREEMENT = "(membership|memberships|account|contract|subscription|agreement|plan|my gym|membresia|contrato|suscripcion|cuenta)";

/** The member's own money or agreement. */
export const PAYMENT_CUES = {
  balance: [
    cue(4.4, "how much .. (i owe|do i owe|am i behind|is owed|my bill|my dues|my payment|my next)", "cuanto debo"),
    cue(
      3.4,
      "(my|the|outstanding|current|account) (balance|bill|statement)",
      "how much .. (i owe|do i owe|am i behind|i am behind|is owed|is due|my bill|my account|my dues|my payment|my next)",
      "(i|we) .. (owe|am behind|are behind|past due|overdue)",
      "(what|whats|how much) .. (my (dues|payment|bill|balance|monthly|rate|membership (cost|fee))|i pay|am i paying|i paying)",
      "(cuanto debo|mi saldo|mi cuenta|mi pago|mi mensualidad)",
    ),
    cue(2.2, "(balance|bill|owe*|saldo|debo)"),
    cue(
      2.8,
      "(past due|overdue|amount due|past due notice|late notice|collections)",
      "when .. (my (payment|dues|bill|next payment)|payment due|am i billed|do i get (billed|charged)|is .. due|get charged)",
    ),
  ],
  charge_question: [
    cue(4.4, "(fee|fees|charge|charges|cargo) .. (on|to|from|in|en) (my|mi) (account|card|bill|statement|bank|cuenta)"),
    cue(
      2.6,
      "(what|whats|que) .. (charge|charges|cargo)",
      "(dont|do not|please stop|no me) (charge|bill|debit|draft|cobr*)",
      "(when|what day) (do|does|will|are|is) .. (draft*|bill|billed|charge|charged)",
      "(did|has|was|is) my payment .. ",
      "never (signed|authorized|agreed|joined|approved) .. ",
    ),
    cue(
      3.6,
      "(why|what) .. (charged|billed|debited|charge|charges|draft*|withdrawn|taken out|cobraron|cobro)",
      "(charged|billed|debited|drafted|cobraron|cobrado) .. (twice|double|again|wrong|extra|too much|more|dos veces|doble)",
      "(two|2|double|three|3|extra) (payments|charges|withdrawals|transactions)",
      "(double|duplicate|unauthorized|extra|unexpected|wrong|mystery|strange|unknown|random|annual|late) (charge*|billing|payment|withdrawal|fee)",
      "(you|yall|they|gym|club|you guys) (charged|billed|keep charging|keep billing|took) .. ",
      "(i|we) (was|were|got|been|am|keep|keep getting|am still|still) .. (charged|billed|debited|getting charged)",
      "(me cobraron|me estan cobrando|cargo)",
      "(stop|quit|keep|still|keeps) (charging|billing|taking|debiting)",
    ),
    cue(
      3,
      "(annual fee|late fee|maintenance fee|enhancement fee) .. (on my|why|waive*|what|remove*|charged)",
      "(waive|remove|take off|reverse) .. (fee|charge|fees|charges)",
      "(charge|charges|fee|fees) (on|to|from) my (card|account|bank|statement)",
    ),
  ],
  refund_request: [
    cue(
      3.6,
      "(refund*|money back|reimburs*|credit my account|give me back|reembols*|devolucion|devuelv*|chargeback|charge back|dispute (the|this|it|with|my))",
    ),
  ],
  freeze_request: [
    cue(
      3.8,
      `(freeze|freezing|pause|pausing|suspend|hold|unfreeze|reactivate|restart|congelar|pausar|suspender) .. ${AGREEMENT}`,
      `${AGREEMENT} .. (on hold|freeze|frozen|hold|paused|unfrozen|reactivated)`,
      `(freeze|pause|suspend) (my|it|me) .. (months|month|weeks|week|until|while|for|billing|dues|payments)`,
      "(freeze|pause) my (dues|payments|billing)",
      "(how|can|could|want|like|need) .. (freeze|pause) .. (month*|week*|while|summer|winter|injur*|travel*)",
    ),
  ],
  cancel_membership: [
    cue(
      3.8,
      `(cancel*|cancell*|terminate|end|ending|quit|quitting|close|stop|drop|get out of|cancelar|terminar|dar de baja) .. ${AGREEMENT}`,
      "(leaving|leave|quit|quitting|done with|dejar) (the|your|this|el) (gym|club|gimnasio)",
      "(cancel|cancelling|canceling) (me|us|my kids|everything)",
      "(not|dont|no longer) .. (renew|renewing|be a member|continue my membership|want (my|the|this) membership)",
      "(moving|moved|relocating|relocated) .. (cancel*|away|out of|state|city|membership)",
      "cancellation (form|request|notice|letter)",
      "(how (do|can|would) i|i want to|i need to|id like to|want to|ready to) (quit|cancel|leave|get out)$",
      "get out of (my|the|this|your) .. ",
    ),
    cue(
      2.6,
      "(want|need|like|going|trying|have|requested|asked|how (do|can) i|please|quiero|quisiera|necesito) .. (cancel|cancelar)(?!( [^ ]+){0,5} (class|classes|session*|appointment*|booking*|reservation*|tour|lesson*|slot|spot|bay|yoga|spin|clase*|cita*|reserva*))",
    ),
  ],
  change_plan: [
    cue(
      3.4,
      `(upgrade|downgrade|switch|change|move|transfer|add .. to|cambiar) .. (${AGREEMENT}|tier|package|premium|basic|unlimited|family plan)`,
      "(my|the) (contract|agreement|membership|plan) (end*|expire*|renew*|up|is up|term|run*)",
      "(when|does) .. my (contract|agreement|membership|plan) .. (end|expire|renew|up|over|run out)",
      "(copy of|see) my (contract|agreement)",
      "(upgrade|downgrade) (me|my|to)",
      "(buyout|buy out|early termination)",
    ),
  ],
  update_payment_method: [
    cue(
      3.6,
      "(update|change|new|different|replace|add|switch|actualizar|cambiar|nueva) .. (card|credit card|debit card|bank|billing|payment method|payment info*|account number|routing|tarjeta)",
      "(card|tarjeta) .. (expired|expire*|declined|stolen|lost|replaced|reissued|changed|compromised|rechazad*|vencid*)",
      "card (on file|number|ending)",
      "(auto ?pay|autopay|automatic payment*|pago automatico)",
    ),
  ],
  payment_failed: [
    cue(
      3.4,
      "(payment|pago|card|transaction|pmt) .. (declined|failed|didnt go|not go|wont go|bounced|rejected|returned|didnt work|not work*|error|rechazado)",
      "(declined|insufficient funds|nsf|bounced)",
    ),
  ],
  promise_to_pay: [
    cue(
      3.2,
      "(ill|i will|i can|i|we will|well|i am going to|im going to|going to|will|puedo|voy a) (pay|make a payment|catch up|take care of it|have it|have the money|pagar|send|get it paid) .. ",
      "(get paid|payday|paycheck|me pagan|cobro) .. ",
      "pay (you|it|this|that|the rest|half|some|part|on|by|next|when) .. (friday|monday|tuesday|wednesday|thursday|saturday|sunday|tomorrow|tonight|week|month|payday|1st|15th|check|paid|later|now|today)",
    ),
  ],
  payment_plan: [
    cue(
      3.4,
      "(payment|installment|pay) (plan|plans|arrangement*)",
      "(can|could|will|ill) (do|give|send|pay) \\$ ?[0-9]+ .. (now|today|then|rest|friday|next|each|every|month|week)",
      "the rest (on|next|later|in|by)",
      "(split|break) .. (payment*|up|into|balance)",
      "(installments|pay .. (half|monthly|over time|little at a time))",
      "plan de pago*",
    ),
  ],
  paid_already: [
    cue(
      3.4,
      "(already|just|i|ya|have|did|did pay|had) (paid|pague|made (a|the|my) payment|sent (the|my|a) payment|took care of)",
      "(paid|pague) .. (already|last week|yesterday|today|in full|this morning|online|cash|at the desk|last month|ayer|ya)",
      "(got|receive*|see|process*) (my|the) payment",
    ),
  ],
  how_to_pay: [
    cue(
      3.4,
      "(payment|pay) link",
      "link .. (pay|payment)",
      "(how|where|can) (do|can|could|should|i) .. (pay|make a payment|pagar) .. (bill|balance|dues|account|online|by|with|over|cash|my|it|this|mi|here|now|phone|cuenta)",
      "(make|do|submit|process|hacer) (a|my|the|un|mi) (payment|pago)",
      "pay (my|the|off my|off the) (bill|balance|dues|account|past due|fees|fee|invoice|amount)",
      "pay (it|this|that) off",
      "pagar mi",
      "como (pago|puedo pagar|le pago)",
    ),
  ],
  receipt: [
    cue(3, "(receipt|receipts|invoice|invoices|itemized|tax|hsa|fsa|recibo|factura|payment history|proof of payment|proof of membership)"),
  ],
  hardship: [
    cue(
      3.2,
      "(lost my job|laid off|unemployed|out of work|cant afford|cannot afford|cant pay|cannot pay|can not pay|unable to pay|dont have the money|no money|tight (right )?now|hard times|struggling|financial (hardship|trouble|difficult*)|medical bills|perdi mi trabajo|no puedo pagar|sin trabajo|no tengo dinero|money is tight|hours (got )?cut)",
    ),
  ],
  dues: [
    cue(
      2.6,
      "(my|mis) (dues|payments|fees|rate|bill|billing|pagos|cuotas)",
      "(dues|billing) (date|day|question|issue|problem|cycle|department)",
      "my (monthly|membership) (payment|rate|fee|price)",
      "(billing|mensualidad)",
      "(price|rate|dues) (increase|went up|go up|going up|raised|hike)",
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Cue[]>>;
