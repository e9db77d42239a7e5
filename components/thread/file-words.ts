import { fileObstacle, sizeWords, type FileOffer } from "#server/domain/file-kinds.ts";

const KINDS: readonly (readonly [start: string, word: string])[] = [
  ["image/", "Picture"],
  ["audio/", "Sound"],
  ["video/", "Video"],
  ["application/pdf", "PDF"],
  ["text/", "Text"],
];

type Described = { readonly mediaType: string; readonly sizeBytes: number };

export const isPicture = ({ mediaType }: Pick<Described, "mediaType">): boolean => mediaType.startsWith("image/");

/** "PDF, 412 KB"; without the size where nobody knows it. */
export const fileWords = ({ mediaType, sizeBytes }: Described): string => {
  const kind = KINDS.find(([start]) => mediaType.startsWith(start))?.[1] ?? "File";
  return sizeBytes === 0 ? kind : `${kind}, ${sizeWords(sizeBytes)}`;
};

/** Where the bytes of a file are. */
export const filePath = (slug: string, attachmentId: string): string => `/api/attachments/${slug}/${attachmentId}`;

type Waiting = Described & { readonly state: { readonly kind: "sending" | "ready" | "refused" } };

/** Why a reply cannot go out with these files over this channel, as a sentence; null = it can. */
export const filesObstacle = (files: readonly Waiting[], offer: FileOffer): string | null => {
  if (files.length === 0) {
    return null;
  }
  if (offer.kind === "none") {
    return `${offer.why} Remove the files, or go on over another channel.`;
  }
  if (files.some(({ state }) => state.kind === "refused")) {
    return "Remove what cannot be sent.";
  }
  if (files.some(({ state }) => state.kind === "sending")) {
    return "The files are on their way. Send when they are here.";
  }
  const obstacle = fileObstacle(files, offer.rules);
  return obstacle === null ? null : `${obstacle.charAt(0).toUpperCase()}${obstacle.slice(1)}.`;
};
