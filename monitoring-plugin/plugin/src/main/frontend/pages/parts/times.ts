/** Time of day where the reader is, to the millisecond. */
export function clock(time: string): string {
  const at = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  const millis = String(at.getMilliseconds()).padStart(3, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${millis}`;
}

/** An instant as the reader's own time, to the second; empty for what is none. */
export function local(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The reader's own time as an instant; empty where nothing was given. */
export function instant(input: HTMLInputElement): string {
  return input.value === "" ? "" : new Date(input.value).toISOString();
}
