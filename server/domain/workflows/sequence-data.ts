/** Texts and reasons of sequences; `templates.ts` and `outcomes.ts` hold them to what they must be. */

const ASKED = ["first_name", "club_name", "club_phone"] as const;

export const SEQUENCE_TEMPLATES = {
  new_lead_hello: {
    name: "New lead, first note",
    purpose: "marketing",
    brief: "A first text to somebody who has just asked about the club. Say hello, offer a visit or an answer, ask one easy question.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, this is {{club_name}}. Thanks for your interest! Would you like to come by for a look around?"],
  },
  new_lead_question: {
    name: "New lead, second note",
    purpose: "marketing",
    brief:
      "A second text to a lead who has not answered the first. Ask what they are looking for; no pressure, no offer the knowledge does not state.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, it's {{club_name}} again. What are you hoping to train for? I can tell you what we have for it."],
  },
  new_lead_last: {
    name: "New lead, last note",
    purpose: "marketing",
    brief:
      "A last text to a lead who has not answered. Friendly, says that you will not keep writing, and that a reply is welcome at any time.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, I will leave you in peace after this one. Whenever you want to see {{club_name}}, just reply here."],
  },
  no_show_missed: {
    name: "Missed booking, first note",
    purpose: "service",
    brief: "A kind note to somebody who missed a booking. No blame. Ask whether all is well and offer help with another time.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, we missed you at {{club_name}}. I hope all is well! Shall I help you find another time?"],
  },
  no_show_again: {
    name: "Missed booking, second note",
    purpose: "service",
    brief: "A second, last note to somebody who missed a booking and did not answer. Short, no blame, a reply is welcome.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, if you would like to book again at {{club_name}}, just reply with a day that suits you."],
  },
  silent_lead_nudge: {
    name: "Silent lead, first note",
    purpose: "marketing",
    brief: "A nudge to a lead who asked something, got an answer, and fell silent. Ask whether anything is still open. No pressure.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, it's {{club_name}}. Did that answer your question, or is there anything else I can tell you?"],
  },
  silent_lead_last: {
    name: "Silent lead, last note",
    purpose: "marketing",
    brief: "A last note to a lead who fell silent. Friendly, says that the door stays open, asks nothing of them.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, no hurry at all. Whenever you feel like visiting {{club_name}}, just reply here."],
  },
  win_back_miss: {
    name: "Long absent, first note",
    purpose: "marketing",
    brief:
      "A warm note to a member who has not been in for some weeks. Say they are missed and ask whether something keeps them away. No blame, no offer.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: [
      "Hi {{first_name}}, we have not seen you at {{club_name}} for a while and miss you. Is there anything we can do to help you come back?",
    ],
  },
  win_back_last: {
    name: "Long absent, last note",
    purpose: "marketing",
    brief: "A last note to a member who has not been in for weeks and did not answer. Offer help with a fresh start. No blame, no offer.",
    fields: ASKED,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, starting again is the hardest part. Tell us a day and someone at {{club_name}} will be there to help."],
  },
} as const;

export const SEQUENCE_REASONS = {
  step_due: "the next step of a sequence is due",
  enters_sequence: "would begin a sequence, and be written to later",
  step_passed: "this step is not for this person; the next one comes in its time",
  step_running: "the step before is still on its way",
  exit_replied: "the sequence ended: the person replied",
  exit_booked: "the sequence ended: the person booked",
  exit_paid: "the sequence ended: the person paid",
  exit_joined: "the sequence ended: the person joined",
  exit_visited: "the sequence ended: the person came in",
  exit_opted_out: "the sequence ended: the person opted out",
  exit_left: "the sequence ended: the membership ended",
  exit_agent_off: "the sequence ended: Spotter was switched off for this person",
  exit_switched_off: "the sequence ended: it was switched off",
  exit_not_sent: "the sequence ended: a step could not be sent",
  exit_step_removed: "the sequence ended: the step that was next was taken out of it",
  step_other_channel: "the next step of a sequence is due; its own channel does not lead to this person, so the best other one is taken",
  exit_too_late: "the sequence ended: a step was not sent in time",
} as const;
