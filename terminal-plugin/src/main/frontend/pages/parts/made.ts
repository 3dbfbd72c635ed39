import { card, copyButton, h, quantity, text } from "@shera/kit";

/** An image that was made by hand and pushed. */
export interface Made {
  readonly reference: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly layer: string;
  readonly bytesSent: number;
  readonly masked: readonly string[];
  readonly dockerfile: string;
  /** Ids of the recorded sessions in which the container was changed. */
  readonly recordings: readonly string[];
}

/** Says what was made, and what environments say to it. */
export function madeCard(made: Made, doors: HTMLElement): HTMLElement {
  const masked = made.masked.map((one) => h("div", {}, h("code", {}, one)));
  const facts = h(
    "dl",
    { class: "shera-facts" },
    ...fact(
      "package.reference",
      h("code", {}, made.reference),
      copyButton(() => made.reference),
    ),
    ...fact("package.newlayer", h("code", {}, made.layer)),
    ...(masked.length > 0 ? fact("package.masked", ...masked) : []),
    ...(made.recordings.length > 0 ? fact("recordings", ...made.recordings.map(recording)) : []),
    ...fact("package.doors", doors),
  );
  return card(text("package.made", `${made.repository}:${made.tag}`), [
    h("p", { role: "status" }, text("package.sent", quantity(made.bytesSent, "bytes"))),
    facts,
    h("h3", {}, text("package.dockerfile")),
    h("pre", { class: "shera-code", tabindex: 0 }, made.dockerfile),
  ]);
}

function recording(id: string): HTMLElement {
  const page = location.pathname.replace(/\/package\/?$/, "/recordings/");
  return h("div", {}, h("a", { href: `${page}?recording=${id}` }, text("recording.watch")));
}

function fact(key: string, ...values: readonly HTMLElement[]): HTMLElement[] {
  return [h("dt", {}, text(key)), h("dd", {}, ...values)];
}
