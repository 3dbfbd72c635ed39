/** Texts of a page by key, as the server chose them for the reader's language. */
export type TextMap = Readonly<Record<string, string>>;

let texts: TextMap = {};
let language = "en";

/** Gives this bundle its texts; called once, before anything is drawn. */
export function useTexts(map: TextMap, locale: string): void {
  texts = map;
  language = locale.replace("_", "-") || "en";
}

/** The language of the page as a BCP 47 tag, for dates and numbers. */
export function locale(): string {
  return language;
}

/** True when the server sent a text of this name. */
export function hasText(key: string): boolean {
  return key in texts;
}

/** The text of a key with `{0}`, `{1}`, ... filled in; a key without a text shows itself, so that the gap is seen. */
export function text(key: string, ...values: readonly (string | number)[]): string {
  const pattern = texts[key];
  if (pattern === undefined) return key;
  return pattern.replaceAll("''", "'").replace(/\{(\d+)\}/g, (whole, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A text that counts: `key.one` or `key.other`, by the rules of the language, with the count as `{0}`. */
export function counted(key: string, count: number, ...more: readonly (string | number)[]): string {
  const form = new Intl.PluralRules(language).select(count);
  return text(hasText(`${key}.${form}`) ? `${key}.${form}` : `${key}.other`, count, ...more);
}

/** A number as the reader writes it, with at most two digits after the point. */
export function number(value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}
