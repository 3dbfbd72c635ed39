import { h } from "./dom";
import { locale } from "./texts";

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "4 minutes ago", in the reader's language. */
export function ago(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "second");
}

/** Date and time to the second, in the reader's language and zone. */
export function exactly(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "long" }).format(at);
}

/** A time that keeps itself current and tells the exact one on hover. */
export function when(instant: string): HTMLElement {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return h("span", {}, instant);
  const element = h("time", { datetime: at.toISOString(), title: exactly(at) }, ago(at, new Date()));
  keepCurrent(element, at);
  return element;
}

function keepCurrent(element: HTMLElement, at: Date): void {
  const shown = new WeakRef(element);
  const timer = setInterval(() => {
    const alive = shown.deref();
    if (alive?.isConnected) alive.textContent = ago(at, new Date());
    else clearInterval(timer);
  }, 30_000);
}
