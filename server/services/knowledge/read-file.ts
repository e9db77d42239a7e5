import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { ARTICLE_BOUNDS } from "#server/domain/knowledge.ts";
import { decodeText, delimiterOf, parseTable } from "#server/services/imports/read-table.ts";

import { IMPORT_MAX_ARTICLES, UNPACKED_MAX_BYTES } from "./limits.ts";
import { sectionsOfHtml, sectionsOfText, type Section } from "./split-text.ts";

type Reader = (bytes: Buffer, title: string) => Promise<readonly Section[]> | readonly Section[];

/** The sections of a file by the ending of its name. @throws `invalid` for another kind, or one that cannot be read */
export const sectionsOfFile = async (fileName: string, bytes: Buffer): Promise<readonly Section[]> => {
  const [, title = "", ending = ""] = /^(.*)\.([a-z0-9]+)$/i.exec(fileName) ?? [];
  const reader = READERS.get(ending.toLowerCase());
  if (reader === undefined) {
    throw new DomainError("invalid", `only files of these kinds can be read: ${[...READERS.keys()].map((kind) => `.${kind}`).join(", ")}`);
  }
  try {
    return await reader(bytes, title.trim());
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError("invalid", "this file cannot be read", { cause: error });
  }
};

const readText: Reader = (bytes, title) => sectionsOfText(decodeText(bytes).text, title);
const readHtml: Reader = (bytes) => sectionsOfHtml(decodeText(bytes).text);

/** A question and an answer, or a title and a text, a row. */
const readCsv: Reader = (bytes) => {
  const { text } = decodeText(bytes);
  const { rows } = parseTable(text, delimiterOf(text));
  return rows
    .slice(0, IMPORT_MAX_ARTICLES)
    .flatMap(({ cells: [title = "", body = ""] }) =>
      title === "" || body === ""
        ? []
        : [{ title: title.slice(0, ARTICLE_BOUNDS.titleMaxCharacters), body: body.slice(0, ARTICLE_BOUNDS.bodyMaxCharacters) }],
    );
};

const readWord: Reader = async (bytes, title) => {
  if (unpackedSizeOf(bytes) > UNPACKED_MAX_BYTES) {
    throw new DomainError("invalid", "this file unpacks to more than 50 MB");
  }
  // Loaded when somebody hands in such a file, and not with every page.
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })) },
  );
  return sectionsOfHtml(`<title>${title.replaceAll(/[<&]/g, " ")}</title><main>${value}</main>`);
};

/** A PDF has no headings that a machine could tell: each page is a section. */
const readPdf: Reader = async (bytes, title) => {
  const { extractText, getDocumentProxy } = await import("unpdf");
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes), { verbosity: SILENT }), { mergePages: false });
  return text
    .flatMap((page, index) => sectionsOfText(page, text.length === 1 ? title : `${title}, page ${index + 1}`))
    .slice(0, IMPORT_MAX_ARTICLES);
};

/** What is wrong with a file is told to whoever handed it in, not to the log. */
const SILENT = 0;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ["txt", readText],
  ["md", readText],
  ["html", readHtml],
  ["htm", readHtml],
  ["csv", readCsv],
  ["docx", readWord],
  ["pdf", readPdf],
]);

/** Of an entry in the directory at the end of a zip: its mark, and where it says how large it unpacks (APPNOTE 6.3.10, 4.3.12). */
const ENTRY_MARK = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const UNPACKED_SIZE_OFFSET = 24;

const unpackedSizeOf = (zip: Buffer): number => {
  let total = 0;
  for (let at = zip.indexOf(ENTRY_MARK); at !== -1; at = zip.indexOf(ENTRY_MARK, at + ENTRY_MARK.length)) {
    total += at + UNPACKED_SIZE_OFFSET + 4 <= zip.length ? zip.readUInt32LE(at + UNPACKED_SIZE_OFFSET) : 0;
  }
  return total;
};
