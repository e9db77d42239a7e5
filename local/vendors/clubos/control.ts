import type { Context, Hono } from "hono";
import { z } from "zod";
import type { ThreadAnswer } from "../thread.ts";
import type { ClubStore, Person, StoredMessage } from "./club-store.ts";
import { deskName, fullName } from "./club-store.ts";
import { CROWD_MAX_COUNT } from "./crowd.ts";
import { COMMON_FAULTS, faultInput } from "../_shared/faults.ts";
import { FaultInput } from "./faults.ts";
import { scheduleOf } from "./schedule.ts";
import type { ClubEvent } from "./schedule.ts";
import type { Sandbox } from "./sandbox.ts";

const Who = { club: z.string(), personExternalId: z.string().optional(), phone: z.string().optional() };
const TextInput = z.object({ ...Who, text: z.string().min(1) });
const StaffTextInput = z.object({ ...Who, text: z.string().min(1), staffName: z.string().min(1) });
const OptOutInput = z.object({ ...Who, isOptedOut: z.boolean() });
const StaffMarkInput = z.object(Who);
const CrowdInput = z.object({
  club: z.string(),
  count: z.int().min(1).max(CROWD_MAX_COUNT),
  greenCount: z.int().min(0).optional(),
  payPerVisitCount: z.int().min(0).optional(),
  areas: z.array(z.object({ code: z.string().regex(/^[2-9]\d{2}$/), state: z.string().length(2) })).optional(),
});
const RenameInput = z.object({ ...Who, lastName: z.string().min(1) });
const CommonFaultInput = faultInput(COMMON_FAULTS);
const HistoryInput = z.object({
  club: z.string(),
  items: z.array(
    z.object({
      personExternalId: z.string(),
      direction: z.enum(["inbound", "outbound"]),
      text: z.string().min(1),
      at: z.coerce.date(),
      staffName: z.string().optional(),
    }),
  ),
});

/** The levers of the stand-in. The real vendor has nothing of this kind. */
export const addControlRoutes = (app: Hono, sandbox: Sandbox, input: { readonly expireSessions: () => void }): void => {
  app.get("/_sandbox/health", (c) => c.json({ what: "ClubOS and ClubHub stand-in, not the real service" }));
  app.get("/_sandbox/people", (c) =>
    withStore(c, { sandbox, slug: c.req.query("club") }, (store) => c.json(store.people().map(publicPerson))),
  );
  app.post("/_sandbox/faults", async (c) => {
    const body: unknown = await c.req.json();
    const own = FaultInput.safeParse(body);
    if (own.success) {
      sandbox.faults.add(own.data);
    } else {
      sandbox.commonFaults.add(CommonFaultInput.parse(body));
    }
    return c.json({ ok: true });
  });
  app.delete("/_sandbox/faults", (c) => {
    sandbox.faults.clear();
    sandbox.commonFaults.clear();
    return c.json({ ok: true });
  });
  app.post("/_sandbox/sessions/expire", (c) => {
    input.expireSessions();
    return c.json({ ok: true });
  });
  app.post("/_sandbox/texts", async (c) => {
    const body = TextInput.parse(await c.req.json());
    return withPerson(c, { sandbox, who: body }, (store, person) => c.json(write(store, person, { text: body.text, staffName: null })));
  });
  app.post("/_sandbox/staff-texts", async (c) => {
    const body = StaffTextInput.parse(await c.req.json());
    return withPerson(c, { sandbox, who: body }, (store, person) => c.json(write(store, person, body)));
  });
  app.post("/_sandbox/opt-outs", async (c) => {
    const body = OptOutInput.parse(await c.req.json());
    return withPerson(c, { sandbox, who: body }, (store, person) => {
      store.setOptedOut(person.world.clubOsId, body.isOptedOut);
      return c.json({ ok: true });
    });
  });
  app.post("/_sandbox/renames", async (c) => {
    const body = RenameInput.parse(await c.req.json());
    return withPerson(c, { sandbox, who: body }, (store, person) => {
      store.overwriteProfile(person.world.clubOsId, { ...person.profile, lastName: body.lastName });
      return c.json({ ok: true });
    });
  });
  app.post("/_sandbox/crowd", async (c) => {
    const body = CrowdInput.parse(await c.req.json());
    return withStore(c, { sandbox, slug: body.club }, (store) => {
      store.addCrowd(body);
      return c.json({ ok: true });
    });
  });
  app.post("/_sandbox/staff-marks", async (c) => {
    const body = StaffMarkInput.parse(await c.req.json());
    return withPerson(c, { sandbox, who: body }, (store, person) => {
      store.markStaff(person.world.clubOsId);
      return c.json({ ok: true });
    });
  });
  app.get("/_sandbox/schedule", (c) =>
    withStore(c, { sandbox, slug: c.req.query("club") }, (store) => c.json(scheduleOf(store, sandbox.now()).map(publicEvent))),
  );
  app.post("/_sandbox/history", async (c) => {
    const body = HistoryInput.parse(await c.req.json());
    return withStore(c, { sandbox, slug: body.club }, (store) => c.json({ acceptedCount: backfill(store, body.items) }));
  });
  app.get("/_sandbox/log", (c) => {
    const since = Number(c.req.query("since") ?? 0);
    return c.json(sandbox.log.facts().filter(({ seq }) => seq > since));
  });
  app.get("/_sandbox/threads", (c) =>
    withPerson(c, { sandbox, who: { club: c.req.query("club") ?? "", personExternalId: c.req.query("person") } }, (store, person) =>
      c.json(threadOf(store, person)),
    ),
  );
  app.onError((error, c) =>
    error instanceof z.ZodError ? c.json({ error: z.prettifyError(error) }, 400) : c.json({ error: error.message }, 500),
  );
};

type Where = { readonly sandbox: Sandbox; readonly slug: string | undefined };

const withStore = (c: Context, { sandbox, slug }: Where, work: (store: ClubStore) => Response): Response => {
  const club = sandbox.findClub(slug ?? "");
  return club === null ? c.json({ error: "no such club" }, 404) : work(sandbox.storeOf(club));
};

type WhoInput = { readonly club: string; readonly personExternalId?: string | undefined; readonly phone?: string | undefined };

type Whom = { readonly sandbox: Sandbox; readonly who: WhoInput };

const withPerson = (c: Context, { sandbox, who }: Whom, work: (store: ClubStore, person: Person) => Response): Response =>
  withStore(c, { sandbox, slug: who.club }, (store) => {
    const person = who.personExternalId === undefined ? store.findByPhone(who.phone ?? "") : store.findAnyId(who.personExternalId);
    return person === null ? c.json({ error: "no such person" }, 404) : work(store, person);
  });

const write = (store: ClubStore, person: Person, input: { readonly text: string; readonly staffName: string | null }) =>
  store.addMessage({
    personId: person.world.clubOsId,
    direction: input.staffName === null ? "inbound" : "outbound",
    medium: "text",
    text: input.text,
    author: input.staffName ?? fullName(person),
    way: input.staffName === null ? "phone" : "page",
  });

const backfill = (store: ClubStore, items: z.output<typeof HistoryInput>["items"]): number => {
  for (const item of items) {
    const person = store.findPerson(item.personExternalId);
    if (person !== null) {
      store.addMessage({
        personId: item.personExternalId,
        direction: item.direction,
        medium: "text",
        text: item.text,
        author: item.direction === "inbound" ? fullName(person) : (item.staffName ?? deskName(store.club)),
        way: item.direction === "inbound" ? "phone" : "page",
        sentAt: item.at,
      });
    }
  }
  return items.length;
};

const threadOf = (store: ClubStore, person: Person): ThreadAnswer => ({
  club: store.club.slug,
  member: person.world.id,
  messages: store
    .messages()
    .filter(({ personId }) => personId === person.world.clubOsId)
    .map(threadMessage),
});

const threadMessage = (message: StoredMessage): ThreadAnswer["messages"][number] => ({
  id: String(message.seq),
  from: message.direction === "inbound" ? "member" : "club",
  text: message.text,
  at: message.sentAt.toISOString(),
  status: message.direction === "inbound" ? "received" : "sent",
  author: message.way === "page" ? message.author : null,
  mediaUrls: [],
});

const publicPerson = (person: Person) => ({
  id: person.world.id,
  personExternalId: person.world.clubOsId,
  clubHubId: person.world.clubHubId,
  name: fullName(person),
  phone: person.world.phone,
  isOptedOut: person.isOptedOut,
});

const publicEvent = ({ attendees, ...event }: ClubEvent) => ({
  ...event,
  attendees: attendees.map(({ person, status }) => ({ name: fullName(person), email: person.profile.email, status })),
});
