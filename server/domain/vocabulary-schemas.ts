import { z } from "zod";

import { CHANNEL_KINDS, PROVIDERS, ROLES, STAGES } from "./vocabulary.ts";

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;
export const Provider = z.enum(PROVIDERS);
export type Provider = z.infer<typeof Provider>;
export const ChannelKind = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof ChannelKind>;
