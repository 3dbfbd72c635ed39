import { stepCall } from "@shera/kit";
import type { Choice } from "./model";

/** The step that fetches what the page reads; `range` as the page's own choice of it. */
export function stepOf(application: string, choice: Choice, range: string): string {
  const values: Record<string, string | boolean> = { application, environment: choice.environment };
  if (range === "own") {
    if (choice.since !== "") values["since"] = choice.since;
    if (choice.until !== "") values["until"] = choice.until;
  } else if (range !== "live") {
    values["since"] = range;
  }
  if (choice.pod !== "") values["pod"] = choice.pod;
  if (choice.container !== "") values["containers"] = choice.container;
  if (choice.grep !== "") values["grep"] = choice.grep;
  if (choice.regex) values["regex"] = true;
  if (choice.previous) values["previous"] = true;
  return stepCall("fetchLogs", values);
}
