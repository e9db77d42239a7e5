import { TZDate } from "@date-fns/tz";
import type { Context, Hono } from "hono";
import { z } from "zod";

import type { CheckIn, ClubStore } from "./club-store.ts";
import type { Sandbox } from "./sandbox.ts";

const NewCheckIn = z.object({
  memberId: z.coerce.string(),
  localCheckinId: z.coerce.string().min(1),
  checkinTime: z.string().regex(/^\d{1,2}-\d{1,2}-\d{4} \d{2}:\d{2}:\d{2}$/),
});

/**
 * The official API V1: HTTP Basic, a content type on every call, and one envelope for every answer. Documented, except
 * that check-ins can be listed and by which parameters: a guess.
 */
export const addOlderApi = (app: Hono, sandbox: Sandbox): void => {
  const signedIn = (work: (c: Context, store: ClubStore) => Response | Promise<Response>) => (c: Context) => {
    const club = sandbox.clubs.find(({ clubOsApi }) => c.req.header("authorization") === basic(clubOsApi.v1Username, clubOsApi.v1Password));
    if (club === undefined) {
      return c.json(answer(false, [{ message: "Unauthorized", value: null }]), 401);
    }
    if (c.req.header("content-type")?.startsWith("application/json") !== true) {
      return c.json(answer(false, [{ message: "Content-Type must be application/json", value: null }]), 415);
    }
    return c.req.query("clubLocationId") === club.clubOsApi.locationId
      ? work(c, sandbox.storeOf(club))
      : c.json(answer(false, [{ message: "Unknown clubLocationId", value: null }]));
  };
  app.get(
    "/v1/checkins",
    signedIn((c, store) => {
      const [from, to] = [c.req.query("startDate") ?? "", c.req.query("endDate") ?? ""].map(dayNumberOf);
      const found = allCheckIns(store).filter(({ time }) => dayNumberOf(time) >= (from ?? 0) && dayNumberOf(time) <= (to ?? 0));
      return c.json(
        answer(true, [
          {
            message: "Check-ins Found",
            value: found.map(({ personId, localCheckinId, time }) => ({ memberId: Number(personId), localCheckinId, checkinTime: time })),
          },
        ]),
      );
    }),
  );
  app.post(
    "/v1/checkins",
    signedIn(async (c, store) => {
      const input = NewCheckIn.safeParse(await c.req.json().catch(() => null)).data;
      if (input === undefined || store.findPerson(input.memberId) === null) {
        return c.json(answer(false, [{ message: "Invalid check-in", value: null }]));
      }
      const isKnown = store.checkIns().some(({ localCheckinId }) => localCheckinId === input.localCheckinId);
      if (!isKnown) {
        store.addCheckIn({ personId: input.memberId, localCheckinId: input.localCheckinId, time: input.checkinTime });
      }
      return c.json(answer(true, [{ message: isKnown ? "Check-in Found" : "Check-in Created", value: input.localCheckinId }]));
    }),
  );
};

const answer = (status: boolean, responses: readonly { readonly message: string; readonly value: unknown }[]) => ({ status, responses });

export const basic = (username: string, password: string): string => `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const allCheckIns = (store: ClubStore): CheckIn[] => [
  ...store.people().flatMap(({ world }) =>
    world.visits.map((at, index) => ({
      personId: world.clubOsId,
      localCheckinId: `${world.clubOsId}-${index}`,
      time: wallClock(at, store.club.timeZone),
    })),
  ),
  ...store.checkIns(),
];

/** `11-20-2026 17:30:00`, in the club's zone. */
const wallClock = (at: Date, timeZone: string): string => {
  const local = new TZDate(at.getTime(), timeZone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${local.getMonth() + 1}-${local.getDate()}-${local.getFullYear()} ${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}`;
};

/** Of a text that begins with `M-d-YYYY`. */
const dayNumberOf = (text: string): number => {
  const [, month = "", day = "", year = ""] = /^(\d{1,2})-(\d{1,2})-(\d{4})/.exec(text) ?? [];
  return Number(year) * 10_000 + Number(month) * 100 + Number(day);
};
