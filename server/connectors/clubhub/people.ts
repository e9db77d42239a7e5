import type { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { JsonValue, VendorMember } from "../ports.ts";
import type { ClubHubClient } from "./client.ts";
import { CALLS_AT_ONCE, PASSES_MAX_COUNT, RECENT_VISIT_DAYS, VISIT_CALLS_PER_PAGE } from "./limits.ts";
import { instantOf, standingOf, toMember } from "./map.ts";
import type { MemberKind } from "./map.ts";
import { Cursor } from "./schemas.ts";
import type { Agreement, ClubHubAccount, MemberRow } from "./schemas.ts";

/** Something about one person that could not be read; the person is in the page all the same, without it. */
export type PersonFailure = { readonly externalId: string; readonly what: "agreement" | "visits"; readonly code: string };

export type PeoplePage = {
  readonly members: readonly VendorMember[];
  readonly cursor: JsonValue | null;
  readonly mayHaveMissed: boolean;
  readonly failures: readonly PersonFailure[];
};

type Input = {
  readonly client: ClubHubClient;
  readonly account: ClubHubAccount;
  readonly cursor: JsonValue | null;
  readonly now: () => Date;
};

/**
 * One page: first all members, then all prospects. The lists have no total and no fixed order, so people move between
 * pages while they are read; a list that shifted is read a second time, and the same person may come twice.
 */
export const listPeople = async ({ client, account, cursor, now }: Input): Promise<PeoplePage> => {
  const place = readCursor(cursor ?? { ...START, pageSize: account.pageSize });
  // The end of a page is looked at again while the page after the next is read: late enough to notice whatever moved before
  // the next one was, and without waiting for it. Behind the last page there is none to wait with.
  const [rows, hasEarlierMoved] = await Promise.all([
    client.listPage({ list: place.list, page: place.page, pageSize: place.pageSize }),
    hasMoved(client, { place, pagesBack: 2, id: place.olderId }),
  ]);
  const hasLastMoved = rows.length < place.pageSize && (await hasMoved(client, { place, pagesBack: 1, id: place.lastId }));
  const hasShifted = place.hasShifted || hasEarlierMoved || hasLastMoved;
  const kind: MemberKind = place.list === "members" ? "member" : "prospect";
  const details = kind === "member" ? await readDetails({ client, account, rows, now: now() }) : NO_DETAILS;
  return {
    members: unique(rows).map((row) =>
      toMember(row, {
        kind,
        timeZone: account.timeZone,
        agreement: details.agreements.get(row.id) ?? null,
        visits: details.visits.get(row.id) ?? null,
        consentFields: account.consentFields,
      }),
    ),
    cursor: nextPlace(place, { rows, hasShifted }),
    // The last pass that is made shifted, too: somebody may still be missing.
    mayHaveMissed: hasShifted && place.pass >= PASSES_MAX_COUNT,
    failures: details.failures,
  };
};

const START = { version: 1, list: "members", page: 1, pass: 1, lastId: null, olderId: null, hasShifted: false } as const satisfies Omit<
  Cursor,
  "pageSize"
>;

const readCursor = (raw: JsonValue): Cursor => {
  const parsed = Cursor.safeParse(raw);
  if (!parsed.success) {
    throw new ConnectorError("malformed", "the stored place in the ClubHub lists cannot be read", { cause: parsed.error });
  }
  return parsed.data;
};

type Landmark = { readonly place: Cursor; readonly pagesBack: number; readonly id: string | null };

/**
 * Asks for the one person who was last on an earlier page. When somebody else stands there now, people came or left in
 * front of that place since, and somebody may have slipped through between it and the page that followed.
 */
const hasMoved = async (client: ClubHubClient, { place, pagesBack, id }: Landmark): Promise<boolean> => {
  if (id === null) {
    return false;
  }
  const [person] = await client.listPage({ list: place.list, page: (place.page - pagesBack) * place.pageSize, pageSize: 1 });
  return person?.id !== id;
};

/** The end of a list is a page that is not full. */
const nextPlace = (
  place: Cursor,
  { rows, hasShifted }: { readonly rows: readonly MemberRow[]; readonly hasShifted: boolean },
): Cursor | null => {
  if (rows.length >= place.pageSize) {
    return { ...place, page: place.page + 1, lastId: rows.at(-1)?.id ?? null, olderId: place.lastId, hasShifted };
  }
  if (hasShifted && place.pass < PASSES_MAX_COUNT) {
    return { ...place, page: 1, pass: place.pass + 1, lastId: null, olderId: null, hasShifted: false };
  }
  return place.list === "members" ? { ...START, pageSize: place.pageSize, list: "prospects" } : null;
};

type Details = {
  readonly agreements: ReadonlyMap<string, z.output<typeof Agreement>>;
  readonly visits: ReadonlyMap<string, readonly Date[]>;
  readonly failures: readonly PersonFailure[];
};

const NO_DETAILS: Details = { agreements: new Map(), visits: new Map(), failures: [] };

type DetailInput = {
  readonly client: ClubHubClient;
  readonly account: ClubHubAccount;
  readonly rows: readonly MemberRow[];
  readonly now: Date;
};

const readDetails = async ({ client, account, rows, now }: DetailInput): Promise<Details> => {
  const agreements = new Map<string, z.output<typeof Agreement>>();
  const visits = new Map<string, readonly Date[]>();
  const failures: PersonFailure[] = [];
  const isRecent = (row: MemberRow): boolean => {
    const at = row.lastVisit === null ? null : instantOf(row.lastVisit, account.timeZone);
    return at !== null && now.getTime() - at.getTime() < RECENT_VISIT_DAYS * 86_400_000;
  };
  const visitors = account.visits === "none" ? [] : rows.filter(isRecent).slice(0, VISIT_CALLS_PER_PAGE);
  const work = [
    ...rows.filter((row) => standingOf(row).debt === "ask").map((row) => ({ row, what: "agreement" as const })),
    ...visitors.map((row) => ({ row, what: "visits" as const })),
  ];
  await inTurns(work, async ({ row, what }) => {
    try {
      if (what === "agreement") {
        agreements.set(row.id, await client.getAgreement(row.id));
      } else {
        const usages = await client.listUsages(row.id);
        visits.set(
          row.id,
          usages.flatMap(({ date }) => instantOf(date, account.timeZone) ?? []).toSorted((a, b) => a.getTime() - b.getTime()),
        );
      }
    } catch (error) {
      failures.push({ externalId: row.id, what, code: codeOfOnePerson(error) });
    }
  });
  return { agreements, visits, failures };
};

/** An error answer about one person is reported and the page goes on; anything else ends the page. */
const codeOfOnePerson = (error: unknown): string => {
  const code = error instanceof ConnectorError ? (error.code ?? "") : "";
  if (/^(server_error|404|5\d\d)$/.test(code)) {
    return code;
  }
  throw error;
};

const inTurns = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (let start = 0; start < items.length; start += CALLS_AT_ONCE) {
    await Promise.all(items.slice(start, start + CALLS_AT_ONCE).map(work));
  }
};

const unique = (rows: readonly MemberRow[]): MemberRow[] => [...new Map(rows.map((row) => [row.id, row])).values()];
