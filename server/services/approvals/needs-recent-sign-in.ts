import "server-only";

import { EFFECT_KINDS, EffectKind } from "#server/services/effects/effect-kinds.ts";

type Asked = { readonly effectKind: string; readonly requiredCount: number };

/** What lets somebody in, goes to many, or needs two people is approved only by whoever signed in a moment ago. */
export const needsRecentSignIn = ({ effectKind, requiredCount }: Asked): boolean =>
  requiredCount > 1 || EFFECT_KINDS[EffectKind.parse(effectKind)].needsRecentSignIn;
