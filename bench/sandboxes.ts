import { z } from "zod";

const CALL_TIMEOUT_MS = 10_000;

const OpenPhoneMessage = z.object({
  id: z.string(),
  phoneNumberId: z.string(),
  direction: z.enum(["incoming", "outgoing"]),
  from: z.string(),
  to: z.array(z.string()),
  text: z.string(),
  source: z.enum(["api", "member", "staff"]),
  createdAt: z.coerce.date(),
});
const OpenPhoneEntry = z.discriminatedUnion("kind", [
  z.object({ seq: z.number(), at: z.coerce.date(), kind: z.literal("message"), message: OpenPhoneMessage }),
  z.object({ seq: z.number(), at: z.coerce.date(), kind: z.literal("status"), messageId: z.string(), status: z.string() }),
]);
const OpenPhonePage = z.object({ entries: z.array(OpenPhoneEntry), nextCursor: z.string().nullable() });

const ClubOsFact = z.object({
  seq: z.number(),
  at: z.coerce.date(),
  kind: z.string(),
  club: z.string().nullable(),
  personId: z.string().optional(),
  direction: z.enum(["inbound", "outbound"]).optional(),
  text: z.string().optional(),
});

export type OpenPhoneEntry = z.output<typeof OpenPhoneEntry>;
export type OpenPhoneMessage = z.output<typeof OpenPhoneMessage>;
export type ClubOsFact = z.output<typeof ClubOsFact>;

/** A member's phone: the text is accepted, and announced to the product, when this resolves. */
export const textByOpenPhone = (
  url: string,
  body: { readonly from: string; readonly toClub: string; readonly text: string },
): Promise<void> => post(`${url}/_sandbox/texts`, body);

export const textByClubOs = (
  url: string,
  body: { readonly club: string; readonly personExternalId: string; readonly text: string },
): Promise<void> => post(`${url}/_sandbox/texts`, body);

/**
 * From now on some sends are accepted and then answered with an error: their outcome is unknown. Half of these hang first,
 * so that the delivery, which comes by webhook after 0.7 s, overtakes the answer; the others fail at once.
 */
export const loseAnswers = (url: string, { ratio, hangMs }: { readonly ratio: number; readonly hangMs: number }): Promise<void> => {
  const shared = { operation: "send", probability: ratio / 2 };
  const faults = [
    { ...shared, kind: "timeout_after", seed: "hang", delayMs: hangMs },
    { ...shared, kind: "error_after", seed: "fail" },
  ];
  return post(`${url}/_sandbox/faults`, { faults });
};

/** From now on so many sends are accepted and answered with an error, and so many of the vendor's webhooks never come. */
export const loseAnswersOfSends = (
  url: string,
  { ratio, reportRatio }: { readonly ratio: number; readonly reportRatio: number },
): Promise<void> =>
  post(`${url}/_sandbox/faults`, {
    faults: [
      { kind: "error_after", operation: "send", probability: ratio, seed: "fail" },
      { kind: "lost_webhook", operation: "webhook", probability: reportRatio, seed: "silence" },
    ],
  });

/** Everything the OpenPhone sandbox has accepted, oldest first. */
export const openPhoneLog = async (url: string): Promise<readonly OpenPhoneEntry[]> => {
  const entries: OpenPhoneEntry[] = [];
  let cursor: string | null = "0";
  while (cursor !== null) {
    const page = OpenPhonePage.parse(await get(`${url}/_sandbox/log?cursor=${cursor}`));
    entries.push(...page.entries);
    cursor = page.nextCursor;
  }
  return entries;
};

export const clubOsLog = async (url: string): Promise<readonly ClubOsFact[]> => z.array(ClubOsFact).parse(await get(`${url}/_sandbox/log`));

export type Crowd = {
  readonly club: string;
  readonly count: number;
  readonly greenCount?: number;
  readonly payPerVisitCount?: number;
  readonly areas?: readonly { readonly code: string; readonly state: string }[];
};

/** Invented people more in the books of one club: new members, those who pay per visit, then prospects. */
export const addCrowd = (url: string, crowd: Crowd): Promise<void> => post(`${url}/_sandbox/crowd`, crowd);

/** Invented prospects more in the books of one club, whose every page takes `pageMs` from now on. */
export const growClub = async (
  url: string,
  { club, count, pageMs }: { readonly club: string; readonly count: number; readonly pageMs: number },
): Promise<void> => {
  await addCrowd(url, { club, count });
  await post(`${url}/_sandbox/faults`, { kind: "slow", path: "/api/clubs/", delayMs: pageMs, count: 1_000_000 });
};

const post = async (address: string, body: unknown): Promise<void> => {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  if (!answer.ok) {
    throw new Error(`The sandbox refused a text (${answer.status}): ${await answer.text()}`);
  }
  await answer.arrayBuffer();
};

const get = async (address: string): Promise<unknown> => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  if (!answer.ok) {
    throw new Error(`The sandbox refused ${address} (${answer.status}).`);
  }
  return answer.json();
};
