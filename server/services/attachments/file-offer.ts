import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import type { FileOffer } from "#server/domain/file-kinds.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";

/** Whether a message over a connection of this provider may carry files. */
export const fileOfferOf = (provider: string): FileOffer =>
  CONNECTORS[Provider.parse(provider)]?.setup.files ?? { kind: "none", why: "This channel takes no files." };

/** Whether this provider keeps files at such an address, and hands them out to us. */
export const isFetchable = (provider: string, url: string | null): boolean => {
  const pattern = CONNECTORS[Provider.parse(provider)]?.setup.fileAddress;
  return url !== null && pattern !== undefined && new RegExp(pattern).test(url);
};
