import { createParser } from "nuqs/server";

import { isImportId } from "#components/imports/import-words.ts";

/** Which import is on the screen; none = a new one. */
export const importParams = { import: createParser({ parse: (text) => (isImportId(text) ? text : null), serialize: String }) };
