/** Why a message that nobody asked for does not go out, or not yet: the sentence people read. Closed. */
export const SEND_REASONS = {
  suppressed: "this person must not be written to",
  to_minor: "this may not go to somebody under 18",
  balance_disputed: "the member disputes this debt, so a person deals with it",
  referred: "the debt was handed to an agency, so nothing goes out automatically",
  consent_refused: "this person refused messages of this kind",
  no_consent: "there is no proof that this person agreed to messages of this kind",
  no_written_consent: "advertising by text needs a written consent, and there is no proof of one",
  no_city_opt_in: "in New York City debts may be texted or mailed about only after a written opt-in",
  state_not_ticked: "nobody has cleared advertising by text in this person's state",
  recipient_unproven: "nobody knows whether this address belongs to the person who owes",
  shared_address_amount: "several people share this address, so no amount may stand in the message",
  no_opt_out_line: "the message does not say how to opt out",
  no_hour_left: "no hour is left that the rules and the club's quiet hours both allow",
  promised: "the member promised to pay and has until then",
  billing_gap: "the last message about money is too recent",
  billing_week: "this week's messages about money to this person are used up",
  person_day: "this person has had as many messages within a day as is allowed",
  makes_way: "something more urgent is about to go to this person",
  brand_day: "the carriers' daily budget of texts is used up",
  quiet_hours: "it is too early or too late where this person is",
} as const;

export type SendReason = keyof typeof SEND_REASONS;
