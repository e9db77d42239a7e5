import { TZDate } from "@date-fns/tz";
import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";
import { CHECK_IN_DAYS } from "./limits.ts";
import { addDays, dayAt } from "./map.ts";
import { callOfficial, understood } from "./official.ts";
import type { OlderAccount } from "./schemas.ts";

/**
 * The official API V1. Documented: HTTP Basic, the content type on every call, the envelope, the services and the form
 * of their times. That check-ins can be listed, and by which parameters, is a guess.
 */
const BASE_URL = "https://api.club-os.com";

const Id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const Envelope = z.looseObject({ status: z.boolean(), responses: z.array(z.looseObject({ message: z.string(), value: z.unknown() })) });
const CheckIns = z.array(z.looseObject({ memberId: Id, checkinTime: z.string() }));

export type V1Client = ReturnType<typeof createV1Client>;

export const createV1Client = (context: ConnectorContext, account: OlderAccount) => {
  const { baseUrl } = context.settings;
  const root = baseUrl === undefined ? BASE_URL : `${baseUrl.replace(/\/$/, "")}/v1`;
  const basic = Buffer.from(`${account.v1Username}:${account.v1Password}`).toString("base64");
  return {
    /** Check-ins of the last days by member, oldest first. */
    listCheckIns: async (): Promise<ReadonlyMap<string, readonly Date[]>> => {
      const today = dayAt(context.now(), account.timeZone);
      const query = new URLSearchParams({
        clubLocationId: account.locationId,
        startDate: written(addDays(today, -CHECK_IN_DAYS)),
        endDate: written(today),
      });
      const text = await callOfficial(context, {
        method: "GET",
        url: `${root}/checkins?${query}`,
        headers: { authorization: `Basic ${basic}`, "content-type": "application/json", accept: "application/json" },
        isAct: false,
        unauthorized: [401, 403],
      });
      const { status, responses } = understood(text, { schema: Envelope, isAct: false });
      if (!status) {
        throw new ConnectorError("rejected", "the older ClubOS API refused the call", { code: "status_false" });
      }
      const rows = responses.flatMap(({ value }) => understood(JSON.stringify(value), { schema: CheckIns, isAct: false }));
      const byMember = Map.groupBy(rows, ({ memberId }) => memberId);
      return new Map(
        [...byMember].map(([memberId, list]) => [
          memberId,
          list.map(({ checkinTime }) => instantOf(checkinTime, account.timeZone)).toSorted((a, b) => a.getTime() - b.getTime()),
        ]),
      );
    },
  };
};

/** `2026-11-20` as `11-20-2026`. */
const written = (day: string): string => {
  const [year, month, date] = day.split("-").map(Number);
  return `${month}-${date}-${year}`;
};

/** `M-d-YYYY HH:mm:ss`, the club's wall clock; an hour that comes twice is taken as its first. */
export const instantOf = (text: string, timeZone: string): Date => {
  const parts = /^(\d{1,2})-(\d{1,2})-(\d{4}) (\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (parts === null) {
    throw new ConnectorError("malformed", "ClubOS wrote a check-in's time in an unknown way");
  }
  const [month = 1, date = 1, year = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return new Date(new TZDate(year, month - 1, date, hour, minute, second, timeZone).getTime());
};
