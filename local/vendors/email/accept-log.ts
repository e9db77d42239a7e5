export type Folder = "INBOX" | "Sent";

/** What the mail system has accepted, once and for good: the ground truth that tests compare the product against. */
export type Entry =
  /** A mail of a club's account that SMTP took. `raw` is the mail in base64. */
  | { readonly kind: "sent"; readonly club: string; readonly messageId: string; readonly to: readonly string[]; readonly raw: string }
  /** A mail that was put into a folder of the club's mailbox: it came in, or was filed. */
  | { readonly kind: "filed"; readonly club: string; readonly folder: Folder; readonly raw: string }
  /** The mailbox was rebuilt: every mail has another number from here on. */
  | { readonly kind: "renumbered"; readonly club: string };
