/** What a file is, by its bytes and never by its name: what may be sent, what may be shown, and what it is called. */

export const FILE_KINDS = {
  jpeg: { mediaType: "image/jpeg", extensions: ["jpg", "jpeg"], isPicture: true },
  png: { mediaType: "image/png", extensions: ["png"], isPicture: true },
  gif: { mediaType: "image/gif", extensions: ["gif"], isPicture: true },
  webp: { mediaType: "image/webp", extensions: ["webp"], isPicture: true },
  pdf: { mediaType: "application/pdf", extensions: ["pdf"], isPicture: false },
  text: { mediaType: "text/plain", extensions: ["txt", "csv"], isPicture: false },
} as const satisfies Record<string, { mediaType: string; extensions: readonly [string, ...string[]]; isPicture: boolean }>;

export type FileKind = keyof typeof FILE_KINDS;

/** What a message over a channel may carry. */
export type FileRules = {
  readonly maxCount: number;
  /** Of all files of one message together. */
  readonly maxBytes: number;
  readonly kinds: readonly FileKind[];
};

/** Whether a channel takes files; else why not, as a sentence. */
export type FileOffer = { readonly kind: "taken"; readonly rules: FileRules } | { readonly kind: "none"; readonly why: string };

/** Chosen by us: a name longer than this is cut, because no list shows more of it. */
const NAME_MAX_CHARACTERS = 100;
/** Chosen by us: text is told by its beginning; no program reads on where that is none. */
const TEXT_LOOK_BYTES = 65_536;
/** Chosen by us: senders may put a few bytes before a PDF's first line, and readers look this far (Adobe's own do, ISO 32000 does not demand it). */
const PDF_LOOK_BYTES = 1_024;

/** What the bytes begin with decides. Null for whatever is none of the kinds: programs, archives, pages, drawings with scripts. */
export const sniffKind = (bytes: Uint8Array): FileKind | null => {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) {
    return "jpeg";
  }
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return "png";
  }
  if (isAscii(bytes, "GIF87a") || isAscii(bytes, "GIF89a")) {
    return "gif";
  }
  if (isAscii(bytes, "RIFF") && isAscii(bytes.subarray(8), "WEBP")) {
    return "webp";
  }
  if (isAscii(bytes, "%PDF-") || (!isAscii(bytes, "<") && latin1(bytes.subarray(0, PDF_LOOK_BYTES)).includes("\n%PDF-"))) {
    return "pdf";
  }
  return isPlainText(bytes) ? "text" : null;
};

/** Words without control characters, and no markup, which a program that opens it might obey. */
const isPlainText = (bytes: Uint8Array): boolean => {
  if (bytes.length === 0) {
    return false;
  }
  try {
    // A character may stand across the cut: `stream` lets its half pass.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, TEXT_LOOK_BYTES), { stream: true });
    // oxlint-disable-next-line no-control-regex -- these very characters are looked for.
    return !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text) && !/^\s*(?:<|#!|\{\\rtf)/.test(text);
  } catch {
    return false;
  }
};

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);

const isAscii = (bytes: Uint8Array, head: string): boolean =>
  startsWith(
    bytes,
    Array.from(head, (letter) => letter.charCodeAt(0)),
  );

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Characters that a file name must not have on some system, and those that show nothing or turn the reading direction around. */
// oxlint-disable-next-line no-control-regex -- these very characters are taken out.
const UNSAFE_IN_NAME = /[\u0000-\u001F\u007F-\u009F"*/:<>?\\|]|\p{Default_Ignorable_Code_Point}|\p{Surrogate}/gu;

/**
 * A name that is safe to show, store and save under; `fallback` where nothing of it is left. With a kind its ending says what the
 * file is, so that no program is told another story than the bytes.
 */
export const cleanFileName = (
  raw: string,
  { fallback, kind = null }: { readonly fallback: string; readonly kind?: FileKind | null },
): string => {
  const plain = raw
    .normalize("NFC")
    .replace(UNSAFE_IN_NAME, " ")
    .replace(/\s+/gu, " ")
    .replace(/^[\s.]+|[\s.]+$/gu, "");
  const name = plain === "" ? fallback : plain;
  const [, base = name, extension = ""] = /^(.+)\.([A-Za-z0-9]{1,8})$/.exec(name) ?? [];
  const endings: readonly string[] = kind === null ? [extension.toLowerCase()] : FILE_KINDS[kind].extensions;
  const ending = endings.includes(extension.toLowerCase()) ? extension : (endings[0] ?? "");
  const kept = ending === extension ? base : name;
  const cut = Array.from(kept).slice(0, NAME_MAX_CHARACTERS).join("").trimEnd();
  return ending === "" ? cut : `${cut}.${ending}`;
};

/** How a browser is told to treat a file (RFC 6266): the plain name for old ones, the whole one for the others. */
export const dispositionOf = (name: string, { isShown }: { readonly isShown: boolean }): string => {
  const plain = name.replaceAll(/[^\x20-\x7E]|["\\%]/g, "_");
  const whole = encodeURIComponent(name.replace(/\p{Surrogate}/gu, "")).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${isShown ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${whole}`;
};

/** "412 KB": thousands, as the systems of members and staff count. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1_000) {
    return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  }
  return bytes < 999_500 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

const KIND_WORDS = { jpeg: "pictures", png: "pictures", gif: "pictures", webp: "pictures", pdf: "PDF", text: "plain text" } as const;

/** "pictures, PDF and plain text". */
export const kindWords = (kinds: readonly FileKind[]): string => {
  const words = [...new Set(kinds.map((kind) => KIND_WORDS[kind]))];
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
};

type Weighed = { readonly mediaType: string; readonly sizeBytes: number };

/** Why these files cannot go out together over a channel with these rules; null = they can. */
export const fileObstacle = (files: readonly Weighed[], { maxCount, maxBytes, kinds }: FileRules): string | null => {
  if (files.length > maxCount) {
    return `a message here carries ${maxCount === 1 ? "one file" : `${maxCount} files`} at most`;
  }
  const allowed = new Set<string>(kinds.map((kind) => FILE_KINDS[kind].mediaType));
  if (files.some(({ mediaType }) => !allowed.has(mediaType))) {
    return `only ${kindWords(kinds)} can be sent here`;
  }
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes > maxBytes ? `the files of a message may weigh ${sizeWords(maxBytes)} together` : null;
};
