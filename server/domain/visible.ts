/**
 * Characters that show nothing, or turn what follows around, written out as `⟨U+200B⟩`: whoever approves a text sees all
 * of it. A blank that is no usual blank is shown as well; line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Co}\p{Surrogate}\uFFF9-\uFFFB]|(?![ \t\n\r])[\p{Cc}\p{Z}]/gu;
