import { locale } from "./texts";

/** What a column sorts by; null goes last in either direction. */
export type SortValue = string | number | null | undefined;

/** Orders rows by a value: numbers as numbers, words as the reader's language does ("node-10" after "node-9"). */
export function ordered<T>(rows: readonly T[], value: (row: T) => SortValue, descending: boolean): T[] {
  const words = new Intl.Collator(locale(), { numeric: true, sensitivity: "base" });
  const direction = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = value(left) ?? null;
    const b = value(right) ?? null;
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === "number" && typeof b === "number") return direction * (a - b);
    return direction * words.compare(String(a), String(b));
  });
}

/** True when every word of the query stands somewhere in the text, whatever the case. */
export function matches(haystack: string, query: string): boolean {
  const lower = haystack.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
