import type { SentenceTranslation } from "#server/domain/article-translations.ts";

/** Sentences that demo clubs have approved in Spanish. The rest is left to be translated in the app. */
const SPANISH: ReadonlyMap<string, string> = new Map([
  ["Wifi is free for members and guests.", "El wifi es gratis para miembros e invitados."],
  ["The front desk tells you the wifi password.", "En la recepción le dan la contraseña del wifi."],
  ["Gift cards are sold at the front desk and online.", "Las tarjetas de regalo se venden en la recepción y en línea."],
  ["Gift cards come in $25, $50 and $100.", "Hay tarjetas de regalo de $25, $50 y $100."],
  ["Gift cards never expire.", "Las tarjetas de regalo no vencen."],
  ["Lost items are kept at the front desk for 30 days.", "Los objetos perdidos se guardan 30 días en la recepción."],
  ["Keys, phones and wallets are kept in the safe.", "Las llaves, los teléfonos y las carteras se guardan en la caja fuerte."],
  ["Guests sign a waiver at the front desk.", "Los invitados firman una exención de responsabilidad en la recepción."],
  ["Guests must be 18 or older.", "Los invitados deben tener 18 años o más."],
  ["You can freeze your membership for 1 to 3 months.", "Puede congelar su membresía de 1 a 3 meses."],
  ["A freeze costs $10 a month.", "Congelar la membresía cuesta $10 al mes."],
  ["We have showers in both locker rooms.", "Tenemos regaderas en los dos vestidores."],
  ["Towels are $2 at the front desk.", "Las toallas cuestan $2 en la recepción."],
  ["Soap and shampoo are in the showers.", "En las regaderas hay jabón y champú."],
  ["Lockers are free during your visit.", "Los casilleros son gratis durante su visita."],
  ["Bring your own padlock.", "Traiga su propio candado."],
  ["Lockers are emptied every night.", "Los casilleros se vacían cada noche."],
  ["We rent clubs for right and left handed players.", "Rentamos palos para diestros y zurdos."],
  ["Golf balls are included with every bay.", "Las pelotas de golf están incluidas con cada bahía."],
  ["A golf lesson takes one hour.", "Una clase de golf dura una hora."],
]);

/** Of some sentences those that are approved in Spanish. */
export const spanishOf = (sentences: readonly string[]): readonly SentenceTranslation[] =>
  sentences.flatMap((sentence) => {
    const text = SPANISH.get(sentence);
    return text === undefined ? [] : [{ language: "es", sentence, text }];
  });
