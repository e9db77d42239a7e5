/** `(303) 555-0100`, as people write it. */
export const phoneText = (e164: string): string => `(${e164.slice(2, 5)}) ${e164.slice(5, 8)}-${e164.slice(8)}`;
