/** How people write each month, in English and Spanish, the longer before what it begins with. */
export const MONTH_WORDS: readonly (readonly string[])[] = [
  ["january", "jan", "enero"],
  ["february", "feb", "febrero"],
  ["march", "mar", "marzo"],
  ["april", "apr", "abril"],
  ["may", "mayo"],
  ["june", "jun", "junio"],
  ["july", "jul", "julio"],
  ["august", "aug", "agosto"],
  ["september", "sept", "sep", "septiembre"],
  ["october", "oct", "octubre"],
  ["november", "nov", "noviembre"],
  ["december", "dec", "diciembre"],
];
