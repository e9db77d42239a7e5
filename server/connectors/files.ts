/** Files of messages, on their way in and out. Types only. */

/** A file of a message that a vendor shows. */
export type VendorMedia = {
  /** Where the vendor keeps it. */
  readonly url: string;
  readonly type: string | null;
  /** As the sender called it. */
  readonly name?: string;
  /** In bytes, where it is known. */
  readonly sizeBytes?: number;
  /** The whole of it, where it came with the message. */
  readonly content?: Uint8Array<ArrayBuffer>;
};

/** A file that goes out with a message. */
export type SentFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array<ArrayBuffer>;
};

/** The bytes behind the address of a file. */
export type FetchedFile = { readonly content: Uint8Array<ArrayBuffer>; readonly type: string | null };

export type FilePort = {
  /** Asks only places of the vendor. @throws `rejected` (`not_found`) where it keeps the file no more, or it is longer than `maxBytes` */
  readonly fetch: (input: { readonly url: string; readonly maxBytes: number }) => Promise<FetchedFile>;
};
