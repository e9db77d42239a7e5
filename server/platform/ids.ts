import "server-only";

import { PREFIX, type Id, type Kind } from "#server/domain/ids.ts";
import { typeid } from "typeid-js";

/** A fresh id. Reads clock and chance, which is why it lives beside the clock and not in the domain. */
export const newId = <K extends Kind>(kind: K): Id<K> => `${PREFIX[kind]}_${typeid().getSuffix()}`;
