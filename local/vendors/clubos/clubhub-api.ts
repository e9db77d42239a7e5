import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { DemoClub } from "../../../prisma/demo.ts";
import type { ClubStore, Person } from "./club-store.ts";
import { agreementOf, memberOf, usagesOf } from "./clubhub-shapes.ts";
import type { Sandbox } from "./sandbox.ts";

/** A guess; the real lifetime is not known. */
const TOKEN_SECONDS = 24 * 60 * 60;
const DEFAULT_PAGE_SIZE = 50;
const SIGNING_KEY = "clubhub stand-in";

const Credentials = z.object({ username: z.string(), password: z.string() });
const Claims = z.object({ sub: z.string(), serial: z.number(), exp: z.number() });
/** As captured; what the number means is not known. */
const BAN_TYPE = 3;

const Ban = z.object({ member: z.object({ id: z.coerce.string() }), note: z.string().min(1) });
const Note = z.object({ member: z.object({ id: z.coerce.string() }), note: z.string().min(1) });

/** The back end of the club app: JSON, a bearer token, plain arrays without totals. */
export const addClubHubApi = (app: Hono, sandbox: Sandbox): { readonly expireTokens: () => void } => {
  /** Tokens of an older serial are refused as if they had expired. */
  let serial = 1;
  let driftedCount = 0;

  app.post("/api/login", async (c) => {
    const input = Credentials.safeParse(await c.req.json().catch(() => null));
    const club = sandbox.clubs.find(
      ({ clubHub }) => input.data !== undefined && clubHub.username === input.data.username && clubHub.password === input.data.password,
    );
    sandbox.log.append({ kind: "login", surface: "clubhub", club: club?.slug ?? null, isAccepted: club !== undefined }, sandbox.now());
    return club === undefined
      ? c.json({ message: "Unauthorized" }, 401)
      : c.json({ accessToken: signToken({ sub: club.slug, serial, exp: seconds(sandbox.now()) + TOKEN_SECONDS }, club) });
  });

  const withClub = (work: (c: Context, club: DemoClub, store: ClubStore) => Response | Promise<Response>) => (c: Context) => {
    const claims = readToken(c.req.header("authorization") ?? "");
    const club = claims === null ? null : sandbox.findClub(claims.sub);
    if (claims === null || club === null || claims.serial !== serial || claims.exp < seconds(sandbox.now())) {
      return c.json({ message: "Unauthorized" }, 401);
    }
    const isOwn = c.req.path.startsWith("/api/clubs/") ? c.req.param("id") === club.clubHub.clubId : true;
    return isOwn ? work(c, club, sandbox.storeOf(club)) : c.json({ message: "Forbidden" }, 403);
  };
  /** A list whose front grows between two pages moves everybody one place on. */
  const drifted = (c: Context, people: readonly Person[]): readonly Person[] => {
    if (Number(c.req.query("page") ?? 1) > 1 && sandbox.faults.strike("page_drift", c.req.path) !== null) {
      driftedCount += 1;
    }
    return [...people.slice(people.length - driftedCount), ...people.slice(0, people.length - driftedCount)];
  };
  const list = (c: Context, input: { readonly store: ClubStore; readonly isProspect: boolean }): Response => {
    const people = input.store.people().filter(({ world }) => (world.standing === "prospect") === input.isProspect);
    const rows = drifted(c, people).map((person) => memberOf(person, input.store.club));
    const isRenamed = sandbox.faults.strike("renamed_fields", c.req.path) !== null;
    const answer: readonly object[] = isRenamed ? rows.map(({ id, ...row }) => ({ ...row, memberId: id })) : rows;
    return c.json(pageOf(c, answer));
  };

  app.get(
    "/api/clubs/:id/members",
    withClub((c, _club, store) => list(c, { store, isProspect: false })),
  );
  app.get(
    "/api/clubs/:id/prospects",
    withClub((c, _club, store) => list(c, { store, isProspect: true })),
  );
  app.get(
    "/api/clubs/:id",
    withClub((c, club) => c.json({ id: Number(club.clubHub.clubId), name: club.name, timeZone: club.timeZone })),
  );
  app.get(
    "/api/members/:id",
    withClub((c, club, store) => ofPerson(c, store, (person) => memberOf(person, club))),
  );
  app.get(
    "/api/members/:id/agreement",
    withClub((c, _club, store) =>
      sandbox.faults.strike("agreement_error", c.req.path) === null
        ? ofPerson(c, store, agreementOf)
        : c.json({ message: "Server Error" }, 500),
    ),
  );
  app.get(
    "/api/members/:id/usages",
    withClub((c, _club, store) => ofPerson(c, store, (person) => pageOf(c, usagesOf(person)))),
  );
  app.post(
    "/api/clubs/:id/notes",
    withClub(async (c, _club, store) => {
      const input = Note.safeParse(await c.req.json().catch(() => null));
      const person = findByHubId(store, input.data?.member.id);
      if (input.data === undefined || person === null) {
        return c.json({ error: ["invalid value for parameter: note"] }, 400);
      }
      store.addNote(person.world.clubOsId, input.data.note);
      return c.json({ id: sandbox.log.facts().length, note: input.data.note });
    }),
  );

  const ofMember = (c: Context, store: ClubStore): Person | null => findByHubId(store, c.req.param("memberId"));
  app.on(
    ["PUT", "DELETE"],
    "/api/clubs/:id/members/:memberId/bans",
    withClub(async (c, _club, store) => {
      const person = ofMember(c, store);
      if (person === null) {
        return c.json({ message: "Not Found" }, 404);
      }
      if (c.req.method === "DELETE") {
        store.setBanned(person.world.clubOsId, { isBanned: false, note: "" });
        return c.body("");
      }
      const input = Ban.safeParse(await c.req.json().catch(() => null)).data;
      if (input === undefined || input.member.id !== person.world.clubHubId) {
        return c.json({ error: ["invalid value for parameter: member"] }, 400);
      }
      if (person.isStaff) {
        return c.json({ message: "Staff members cannot be banned" }, 400);
      }
      store.setBanned(person.world.clubOsId, { isBanned: true, note: input.note });
      return c.json({ isBanned: true, banType: BAN_TYPE, isAdminBan: false });
    }),
  );
  app.get("/api/clubs/:id/members/:memberId/bans", (c) => c.json({ message: "Method Not Allowed" }, 405));
  app.get(
    "/api/members/:id/bans",
    withClub((c, _club, store) =>
      ofPerson(c, store, ({ isBanned }) => {
        const isLate = sandbox.faults.strike("late_ban", c.req.path) !== null;
        return isBanned === isLate
          ? { isBanned: false, banType: null, isAdminBan: false }
          : { isBanned: true, banType: BAN_TYPE, isAdminBan: false };
      }),
    ),
  );

  return {
    expireTokens: () => {
      serial += 1;
    },
  };
};

const ofPerson = (c: Context, store: ClubStore, answer: (person: Person) => object): Response => {
  const person = findByHubId(store, c.req.param("id"));
  return person === null ? c.json({ message: "Not Found" }, 404) : c.json(answer(person));
};

const findByHubId = (store: ClubStore, id: string | undefined): Person | null =>
  store.people().find(({ world }) => world.clubHubId === id) ?? null;

const pageOf = <T>(c: Context, rows: readonly T[]): readonly T[] => {
  const size = Number(c.req.query("pageSize") ?? DEFAULT_PAGE_SIZE);
  const page = Number(c.req.query("page") ?? 1);
  return rows.slice((page - 1) * size, page * size);
};

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

const sign = (content: string): string => createHmac("sha256", SIGNING_KEY).update(content).digest("base64url");

const signToken = (claims: z.output<typeof Claims>, club: DemoClub): string => {
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ ...claims, email: club.clubHub.username, club_ids: [Number(club.clubHub.clubId)], role: "staff" })}`;
  return `${content}.${sign(content)}`;
};

const readToken = (header: string): z.output<typeof Claims> | null => {
  const [head = "", payload = "", signature = ""] = header.replace(/^Bearer /, "").split(".");
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(`${head}.${payload}`))];
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) {
    return null;
  }
  return Claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).data ?? null;
};
