type Result = { readonly kind: "stored"; readonly id: string; readonly name: string } | { readonly kind: "failed"; readonly why: string };

/** A file on its way to the server. */
export type Upload = { readonly result: Promise<Result>; readonly cancel: () => void };

type Input = {
  readonly file: File;
  readonly slug: string;
  /** With what part of it has left, 0 to 1. */
  readonly onProgress: (share: number) => void;
};

/** Sends a file to the club's own road. Never rejects. `fetch` tells nothing of how far a body has come, so it is the older way. */
export const upload = ({ file, onProgress, slug }: Input): Upload => {
  const request = new XMLHttpRequest();
  const result = new Promise<Result>((resolve) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener("load", () => resolve(readAnswer(request)));
    request.addEventListener("error", () => resolve({ kind: "failed", why: "the server could not be reached" }));
    request.addEventListener("abort", () => resolve({ kind: "failed", why: "it was taken away" }));
  });
  request.open("POST", `/api/attachments/${slug}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.send(file);
  return { result, cancel: () => request.abort() };
};

const readAnswer = ({ responseText, status }: XMLHttpRequest): Result => {
  const said = parse(responseText);
  if (status === 201 && typeof said["id"] === "string" && typeof said["name"] === "string") {
    return { kind: "stored", id: said["id"], name: said["name"] };
  }
  return { kind: "failed", why: typeof said["message"] === "string" ? said["message"] : "the server did not take it" };
};

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null ? { ...said } : {};
  } catch {
    return {};
  }
};
