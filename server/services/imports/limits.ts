/** Chosen by us: the people of a very large club are about 2 MB. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;
/** The same, compressed and in base64, as it comes from the browser. Next hands on no more than 10 MB of a request. */
export const UPLOAD_MAX_CHARS = 9 * 1024 * 1024;
/** Chosen by us: beyond it a table is no longer the people of one club. */
export const ROWS_MAX_COUNT = 50_000;
/** Chosen by us: longer than any address or note; a longer cell is a sign of a lost quote. */
export const CELL_MAX_CHARS = 2_000;
/** Chosen by us: one transaction stores so many rows; each takes two address locks. */
export const CHUNK_ROWS = 250;
/** Chosen by us: one step of the engine, a few seconds of work. */
export const CHUNKS_PER_STEP = 20;
/** Chosen by us: rows of which the preview says what will become of them, and rows it shows. */
export const PREVIEW_ROWS = 2_000;
export const PREVIEW_SHOWN_ROWS = 12;
/** Chosen by us: refused rows on the screen; the rest are in the file to download. */
export const REFUSALS_SHOWN = 100;
