import { z } from "zod";

/** Around every answer. `data` may be missing, null, an object, a list, or the word "success" (vendor's reference 4.0.10). */
export const Envelope = z.looseObject({
  code: z.string(),
  msg: z.string().nullish(),
  data: z.unknown().optional(),
  pagination: z.looseObject({ total: z.int().min(0) }).nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

export const Door = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  full_name: z.string().nullish(),
  is_bind_hub: z.boolean(),
  door_lock_relay_status: z.enum(["lock", "unlock"]).nullish().catch(null),
});
export type Door = z.infer<typeof Door>;

/** Somebody who is invited and has not signed in yet is let in like everybody else. */
export const User = z.looseObject({
  id: z.string().min(1),
  status: z.enum(["ACTIVE", "PENDING", "DEACTIVATED"]),
  employee_number: z.string().nullish(),
  user_email: z.string().nullish(),
  email: z.string().nullish(),
});
export type User = z.infer<typeof User>;

export const AccessPolicy = z.looseObject({ id: z.string().min(1), name: z.string().nullish() });

/** `_id` may be empty, and `actor.id` is empty for a stranger's card. */
export const LogPage = z.looseObject({
  hits: z.array(
    z.looseObject({
      _id: z.string().nullish(),
      _source: z.looseObject({
        actor: z.looseObject({ id: z.string().nullish(), display_name: z.string().nullish() }).nullish(),
        event: z.looseObject({ type: z.string(), result: z.string().nullish(), published: z.number() }),
        target: z.array(z.looseObject({ type: z.string(), id: z.string() })).nullish(),
      }),
    }),
  ),
  total: z.int().min(0).nullish(),
});
export type LogHit = z.infer<typeof LogPage>["hits"][number];

/** What every webhook has. */
export const WebhookEnvelope = z.looseObject({ event: z.string(), event_object_id: z.string().nullish(), data: z.unknown() });

const Extra = z.looseObject({ request_id: z.string().nullish() }).nullish();

export const UnlockWebhook = z.looseObject({
  data: z.looseObject({
    location: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
    actor: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
    object: z.looseObject({ result: z.string() }),
    extra: Extra,
  }),
  extra: Extra,
});
export type UnlockWebhook = z.infer<typeof UnlockWebhook>;
