/** What people read of an effect, whatever became of it. */
export type EffectWords = {
  readonly done: string;
  readonly failed: string;
  readonly unknown: string;
  readonly needsHuman: string;
  readonly dropped: string;
};

export const EFFECT_WORDS = {
  "message.send": {
    done: "A message was sent.",
    failed: "A message could not be sent",
    unknown: "A message may or may not have been sent; Spotter is checking",
    needsHuman: "A message may have been sent; please check with the vendor",
    dropped: "A planned message was held at the last gate.",
  },
  "door.pulse": {
    done: "A door was unlocked for a moment.",
    failed: "A door could not be unlocked",
    unknown: "A door may or may not have been unlocked; Spotter is checking",
    needsHuman: "A door may have been unlocked; please look at it",
    dropped: "An unlock was held at the last gate.",
  },
  "access.set": {
    done: "A member's access was changed.",
    failed: "A member's access could not be changed",
    unknown: "A member's access may or may not have changed; Spotter tries again",
    needsHuman: "A member's access may not be as it should; please check it at the vendor",
    dropped: "A change of access was held at the last gate.",
  },
  "device.reset": {
    done: "A device's reset was started.",
    failed: "A device could not be reset",
    unknown: "A device may or may not be resetting; Spotter is checking",
    needsHuman: "A device may have been reset; please look at it",
    dropped: "A reset was held at the last gate.",
  },
  "invoice.issue": {
    done: "An invoice was issued.",
    failed: "An invoice could not be issued",
    unknown: "An invoice may or may not have been issued; Spotter tries again under the same key",
    needsHuman: "An invoice may have been issued; please check with the vendor",
    dropped: "An invoice was held at the last gate.",
  },
  "payLink.create": {
    done: "A payment link was made.",
    failed: "A payment link could not be made",
    unknown: "A payment link may or may not have been made; Spotter tries again under the same key",
    needsHuman: "A payment link may have been made; please check with the vendor",
    dropped: "A payment link was held at the last gate.",
  },
  "notice.post": {
    done: "The club's people were told.",
    failed: "The club's people could not be told",
    unknown: "The club's people may or may not have been told",
    needsHuman: "The club's people may not have been told; please look",
    dropped: "A notice was held at the last gate.",
  },
  "note.add": {
    done: "A note was written at the vendor.",
    failed: "A note could not be written at the vendor",
    unknown: "A note may or may not have been written",
    needsHuman: "A note may have been written; please check with the vendor",
    dropped: "A note was held at the last gate.",
  },
  "contact.save": {
    done: "A contact was saved at the vendor.",
    failed: "A contact could not be saved at the vendor",
    unknown: "A contact may or may not have been saved; Spotter tries again",
    needsHuman: "A contact may not have been saved; please check with the vendor",
    dropped: "A contact was held at the last gate.",
  },
  "campaign.send": {
    done: "A campaign was let go; its messages go out one by one.",
    failed: "A campaign could not begin",
    unknown: "A campaign may or may not have begun; Spotter tries again",
    needsHuman: "A campaign may not have begun; please look at it",
    dropped: "A campaign was held at the last gate.",
  },
  "lock.list": {
    done: "A list of doors to lock was let go; each is looked at once more and locked one by one.",
    failed: "A list of doors to lock could not begin",
    unknown: "A list of doors to lock may or may not have begun; Spotter tries again",
    needsHuman: "A list of doors to lock may not have begun; please look at it",
    dropped: "A list of doors to lock was held at the last gate.",
  },
  "referral.list": {
    done: "Members were referred to collections.",
    failed: "Members could not be referred to collections",
    unknown: "Members may or may not have been referred; Spotter tries again",
    needsHuman: "A referral may be incomplete; please look at it",
    dropped: "A referral was held at the last gate.",
  },
  "booking.book": {
    done: "A booking was made.",
    failed: "A booking could not be made",
    unknown: "A booking may or may not have been made",
    needsHuman: "A booking may have been made; please check the calendar",
    dropped: "A booking was held at the last gate.",
  },
  "booking.cancel": {
    done: "A booking was cancelled.",
    failed: "A booking could not be cancelled",
    unknown: "A booking may or may not have been cancelled; Spotter tries again",
    needsHuman: "A booking may not have been cancelled; please check the calendar",
    dropped: "A cancellation was held at the last gate.",
  },
} as const satisfies Record<string, EffectWords>;
