/**
 * What every vendor sandbox answers to `GET /_sandbox/threads?club=…`, so that the phone page needs one reader.
 * OpenPhone takes `&member=<E.164>`, ClubOS `&person=<id of the world>`.
 */
export type ThreadAnswer = {
  readonly club: string;
  readonly member: string;
  /** Oldest first. */
  readonly messages: readonly ThreadMessage[];
};

export type ThreadMessage = {
  readonly id: string;
  readonly from: "member" | "club";
  readonly text: string;
  /** ISO instant. */
  readonly at: string;
  readonly status: string;
  /** The person of the club who wrote it in the vendor's own app; `null` for the member and for what came by API. */
  readonly author: string | null;
  readonly mediaUrls: readonly string[];
};
