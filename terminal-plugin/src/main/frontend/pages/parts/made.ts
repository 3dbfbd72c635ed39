import { card, copyButton, h, quantity, remark, text } from "@shera/kit";

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
  readonly remarks: readonly string[];
  /** Ids of the recorded sessions in which the container was changed. */
  readonly recordings: readonly string[];
}

/** The text files that an image changes, as a patch, and what the patch does not have. */
export interface Patch {
  readonly patch: string;
  readonly binary: readonly string[];
  readonly left: readonly string[];
}

/** The patch, to be copied or saved, and what is not in it. */
export function patchPart({ patch, binary, left }: Patch, name: string): HTMLElement {
  const paths = (key: string, all: readonly string[]) =>
    all.length > 0 &&
    h("p", {}, text(key), " ", ...all.flatMap((path) => [h("code", {}, path.replaceAll(/\p{Cc}/gu, "?")), " "]));
  const none = patch === "" && h("p", { class: "shera-muted" }, text("package.patch.none"));
  const shown = patch !== "" && [
    h(
      "div",
      { class: "shera-row" },
      copyButton(() => patch),
      h(
        "button",
        { type: "button", class: "jenkins-button", onclick: () => save(patch, `${name}.patch`) },
        text("package.patch.save"),
      ),
    ),
    h("pre", { class: "shera-code shera-package__patch", tabindex: 0 }, patch),
  ];
  return h("div", {}, none, shown, paths("package.patch.binary", binary), paths("package.patch.left", left));
}

function save(content: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: "text/x-diff" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Says what was made, what environments say to it, and how the change goes back to git. */
export function madeCard(made: Made, doors: HTMLElement, patch: HTMLElement, releases: string): HTMLElement {
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
    ...made.remarks.map((one) => remark("warning", one)),
    facts,
    releases !== "" && deployLink(made, releases),
    h("h3", {}, text("package.dockerfile")),
    h("pre", { class: "shera-code", tabindex: 0 }, made.dockerfile),
    h("h3", {}, text("package.patch")),
    h("p", { class: "shera-muted" }, text("package.patch.why")),
    patch,
  ]);
}

function deployLink(made: Made, releases: string): HTMLElement {
  const address = `${releases}/?image=${encodeURIComponent(made.reference)}`;
  const link = h("a", { class: "jenkins-button shera-package__deploy", href: address }, text("package.deploy"));
  return h("div", { class: "shera-row" }, link);
}

function recording(id: string): HTMLElement {
  const page = location.pathname.replace(/\/package\/?$/, "/recordings/");
  return h("div", {}, h("a", { href: `${page}?recording=${id}` }, text("recording.watch")));
}

function fact(key: string, ...values: readonly HTMLElement[]): HTMLElement[] {
  return [h("dt", {}, text(key)), h("dd", {}, ...values)];
}
