/** Asks a road of ours for a file and hands it to the browser. Throws what the server said, in a sentence for people. */
export const downloadFile = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(await sentenceOf(response));
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = nameOf(response.headers.get("content-disposition"));
  link.click();
  // The browser has taken the file by the next turn of its own work.
  setTimeout(() => URL.revokeObjectURL(address));
};

const nameOf = (disposition: string | null): string => /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "export";

const sentenceOf = async (response: Response): Promise<string> => {
  const said: unknown = await response.json().catch(() => null);
  const message = typeof said === "object" && said !== null && "message" in said && typeof said.message === "string" ? said.message : "";
  return message === "" ? "The file could not be made" : message.charAt(0).toUpperCase() + message.slice(1);
};
