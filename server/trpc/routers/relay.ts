import "server-only";

import { getRelay, GetRelayInput } from "#server/services/relay/get-relay.ts";
import { offerPairing, OfferPairingInput } from "#server/services/relay/offer-pairing.ts";
import { revokeRelay, RevokeRelayInput } from "#server/services/relay/revoke-relay.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const relayRouter = router({
  status: clubProcedure.input(GetRelayInput).query(({ ctx, input }) => getRelay(ctx.service, input)),
  pair: clubProcedure.input(OfferPairingInput).mutation(({ ctx, input }) => offerPairing(ctx.service, input)),
  revoke: clubProcedure.input(RevokeRelayInput).mutation(({ ctx, input }) => revokeRelay(ctx.service, input)),
});
