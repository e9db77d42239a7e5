const BASE64_SLICE = 32_768;

/** A file as the server takes it: compressed with gzip, in base64. */
export const packFile = async (file: Blob): Promise<string> => {
  const packed = new Uint8Array(await new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
  let binary = "";
  for (let start = 0; start < packed.length; start += BASE64_SLICE) {
    binary += String.fromCodePoint(...packed.subarray(start, start + BASE64_SLICE));
  }
  return btoa(binary);
};

/** Offers a text to be saved under a name. */
export const saveText = (text: string, fileName: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
};
