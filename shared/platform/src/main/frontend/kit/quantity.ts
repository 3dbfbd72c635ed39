import { number } from "./texts";

/** What a number counts; memory and storage are bytes, CPU is cores. */
export type Unit = "cpu" | "bytes" | "count";

const POWERS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** A quantity as people read it: 2.5, 3.1 GiB. */
export function quantity(value: number, unit: Unit): string {
  if (unit !== "bytes") return number(value);
  let power = 0;
  let rest = value;
  while (rest >= 1024 && power < POWERS.length - 1) {
    rest /= 1024;
    power += 1;
  }
  return `${number(rest >= 100 ? Math.round(rest) : Math.round(rest * 10) / 10)} ${POWERS[power]}`;
}
