import { card, empty, fill, h, number, pill, problemNotice, Table, text } from "@shera/kit";
import { short } from "./words";

/** As much of CycloneDX as is shown. */
interface Bom {
  readonly metadata?: { readonly properties?: readonly { readonly name: string; readonly value: string }[] };
  readonly components?: readonly Component[];
}

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly evidence?: { readonly occurrences?: readonly { readonly location: string }[] };
}

const SHOWN = 100;
const KINDS = ["maven", "deb", "apk", "system", "other"] as const;
type Kind = (typeof KINDS)[number];

/** The software of an image: how much of which kind, to be searched, and to be kept as a file. */
export function sbomCard(address: string, digest: string): HTMLElement {
  const url = `${address}?digest=${encodeURIComponent(digest)}`;
  const body = h("div", { "aria-live": "polite" }, h("p", { class: "shera-muted" }, text("sbom.reading")));
  read(url).then(
    ([bom, signer]) => fill(body, ...drawn(bom, signer, `${url}&download=true`, digest)),
    (thrown: unknown) => fill(body, problemNotice(thrown)),
  );
  return card(text("sbom"), [body]);
}

async function read(url: string): Promise<[Bom, string]> {
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(text("sbom.none"));
  return [(await answer.json()) as Bom, answer.headers.get("X-Shera-Signed-By") ?? ""];
}

function drawn(bom: Bom, signer: string, download: string, digest: string): HTMLElement[] {
  const all = bom.components ?? [];
  const counts = KINDS.map((kind) => [kind, all.filter((one) => kindOf(one) === kind).length] as const);
  const unread = (bom.metadata?.properties ?? []).filter((one) => one.name === "io.shera.sbom.unread");
  const facts = h(
    "p",
    { class: "shera-row" },
    h("b", {}, text("sbom.count", number(all.length))),
    ...counts
      .filter(([kind, count]) => count > 0 && kind !== "system")
      .map(([kind, count]) => pill("idle", `${text(`sbom.${kind}`)} ${number(count)}`)),
    ...all.filter((one) => kindOf(one) === "system").map((one) => pill("idle", `${one.name} ${one.version ?? ""}`)),
    signer === "" ? pill("warn", text("sbom.unsigned")) : pill("ok", text("sbom.signed", signer)),
    h("a", { class: "jenkins-button", href: download, download: `${short(digest)}.cdx.json` }, text("sbom.download")),
  );
  return [facts, ...notes(unread.map((one) => one.value)), search(all.filter((one) => kindOf(one) !== "system"))];
}

function notes(unread: readonly string[]): HTMLElement[] {
  if (unread.length === 0) return [];
  return [
    h(
      "details",
      {},
      h("summary", {}, text("sbom.unread", unread.length)),
      h("ul", {}, ...unread.map((why) => h("li", {}, why))),
    ),
  ];
}

function search(all: readonly Component[]): HTMLElement {
  const hint = text("sbom.search");
  const input = h("input", { class: "jenkins-input", type: "search", placeholder: hint, "aria-label": hint });
  const more = h("p", { class: "shera-muted", role: "status" });
  const table = new Table<Component>({
    label: text("sbom"),
    key: (row) => row["bom-ref"],
    columns: [
      { title: text("name"), cell: (row) => h("span", { title: row.purl ?? "" }, nameOf(row)), value: nameOf },
      { title: text("version"), cell: (row) => row.version ?? "–" },
      { title: text("sbom.kind"), cell: (row) => text(`sbom.${kindOf(row)}`), value: kindOf },
      { title: text("sbom.where"), cell: places },
    ],
    whenEmpty: () => empty(text("sbom.nothing")),
  });
  const show = () => {
    const query = input.value.trim().toLowerCase();
    const found = all.filter((one) =>
      `${nameOf(one)} ${one.version ?? ""} ${where(one)}`.toLowerCase().includes(query),
    );
    table.show(found.slice(0, SHOWN));
    more.textContent = found.length > SHOWN ? text("sbom.more", SHOWN, found.length) : "";
  };
  input.addEventListener("input", show);
  show();
  return h("div", { class: "shera-sbom" }, all.length > 10 && input, table.element, more);
}

function kindOf(one: Component): Kind {
  if (one.type === "operating-system") return "system";
  const type = /^pkg:(maven|deb|apk)\//.exec(one.purl ?? "")?.[1];
  return type === undefined ? "other" : (type as Kind);
}

function nameOf(one: Component): string {
  return one.group === undefined ? one.name : `${one.group}:${one.name}`;
}

function where(one: Component): string {
  return (one.evidence?.occurrences ?? []).map((place) => place.location).join(" ");
}

function places(one: Component): HTMLElement | string {
  const all = one.evidence?.occurrences ?? [];
  const first = all[0]?.location;
  if (first === undefined) return "–";
  return h(
    "code",
    { title: all.map((place) => place.location).join("\n") },
    all.length > 1 ? `${first} +${all.length - 1}` : first,
  );
}
