"use client";

import { askToSignIn } from "#components/lib/sign-in-again.ts";

type Asked = { readonly slug: string; readonly format: "csv" | "pdf" };

/** What the browser got: a file it now saves, or the sentence of the refusal. */
export type Exported = { readonly kind: "saved"; readonly name: string } | { readonly kind: "refused"; readonly message: string };

/** Fetches the file of the referred cases and hands it to the browser; a sign-in that is too old is asked for once. */
export const exportReferrals = async ({ format, slug }: Asked, isSecond = false): Promise<Exported> => {
  const response = await fetch(`/api/referrals/${encodeURIComponent(slug)}/${format}`, { method: "POST" });
  if (response.ok) {
    const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? `referrals.${format}`;
    save(await response.blob(), name);
    return { kind: "saved", name };
  }
  const { error, message } = await refusal(response);
  return error === "sign_in_required" && !isSecond && (await askToSignIn())
    ? exportReferrals({ format, slug }, true)
    : { kind: "refused", message };
};

const refusal = async (response: Response): Promise<{ readonly error: string; readonly message: string }> => {
  const body: unknown = await response.json().catch(() => null);
  const read = (key: string): string | null => {
    const value: unknown = typeof body === "object" && body !== null ? Object(body)[key] : null;
    return typeof value === "string" ? value : null;
  };
  return { error: read("error") ?? "", message: read("message") ?? "the file could not be made" };
};

const save = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};
