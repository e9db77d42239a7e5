import { createParser, parseAsStringLiteral } from "nuqs/server";

import { isImportId } from "#components/imports/import-words.ts";
import { IMPORT_KINDS } from "#server/domain/csv-import.ts";

export const importParams = {
  /** Which import is on the screen; none = a new one. */
  import: createParser({ parse: (text) => (isImportId(text) ? text : null), serialize: String }),
  /** What a new table is about. */
  kind: parseAsStringLiteral(IMPORT_KINDS).withDefault("members"),
};
